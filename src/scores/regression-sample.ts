import { type RegressionScore, regressionRecords } from "./registry.js";
import type { RegressionSample } from "./sample.js";
import { type Scores, scoreSheet } from "./score-sheet.js";
import { errorScore } from "./weighted-errors.js";

/**
 * All scores of a regression model, by their names in the registry, and what a reader must know about them:
 * why one is undefined, and so absent, or what to keep in mind. Each score's own file defines it.
 * @example regressionScores({ yTrue: Float64Array.of(3, -0.5, 2, 7), yPred: Float64Array.of(2.5, 0, 2, 8) }).scores.max_error // 1
 */
export function regressionScores(sample: RegressionSample): Scores<RegressionScore> {
  const sheet = scoreSheet<RegressionScore>();
  const counted = countedSamples(sample);
  for (const record of regressionRecords) {
    const value = errorScore(record, sample);
    sheet.enter(record.name, value, () => record.whyUndefined ?? "");
    const caution = value === undefined ? undefined : record.caution?.(counted, value);
    if (caution !== undefined) sheet.caution(record.name, caution);
  }
  return { scores: sheet.scores, notes: sheet.notes };
}

/** The samples that count: those of weight 0 leave nothing to say. */
function countedSamples({ yTrue, yPred, weights }: RegressionSample): RegressionSample {
  if (!weights) return { yTrue, yPred };
  const counts = (_: number, row: number) => weights[row]! > 0;
  return { yTrue: yTrue.filter(counts), yPred: yPred.filter(counts) };
}
