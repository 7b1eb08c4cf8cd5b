import { type RegressionScore, regressionRecords } from "./registry.js";
import type { RegressionSample } from "./sample.js";
import { type Scores, scoreSheet } from "./score-sheet.js";

/**
 * All scores of a regression model, by their names in the registry, and what a reader must know about them:
 * why one is undefined, and so absent, or what to keep in mind. Each score's own file defines it.
 * @example regressionScores({ yTrue: Float64Array.of(3, -0.5, 2, 7), yPred: Float64Array.of(2.5, 0, 2, 8) }).scores.max_error // 1
 */
export function regressionScores(sample: RegressionSample): Scores<RegressionScore> {
  const sheet = scoreSheet<RegressionScore>();
  for (const record of regressionRecords) {
    const value = record.of(sample.yTrue, sample.yPred);
    sheet.enter(record.name, value, () => record.whyUndefined ?? "");
    const caution = value === undefined ? undefined : record.caution?.(sample, value);
    if (caution !== undefined) sheet.caution(record.name, caution);
  }
  return { scores: sheet.scores, notes: sheet.notes };
}
