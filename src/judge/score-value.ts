import { classificationContext, whyUndefined } from "../scores/classification-sample.js";
import { classificationRecords, regressionRecords, type ScoreName } from "../scores/registry.js";
import type { ClassificationSample } from "../scores/sample.js";
import { type Scores, scoreSheet } from "../scores/score-sheet.js";
import { errorScore } from "../scores/weighted-errors.js";
import type { JudgedClasses, JudgedSample } from "./pairing/judged-sample.js";

/** A score's value by its own definition; without a value the reason, where the score applies at all. */
export interface ScoreValue {
  value: number | undefined;
  why: string | undefined;
}

/**
 * What a score is, whether or not there is a way to judge it.
 * @returns undefined where the score does not apply: of the other kind, or about a positive class that there
 * is not
 */
export function scoreValue(sample: JudgedSample, score: ScoreName): ScoreValue | undefined {
  const sheet = scoreSheet<ScoreName>();
  if (sample.kind === "regression") {
    const record = regressionRecords.find(({ name }) => name === score);
    if (!record) return undefined;
    sheet.enter(score, errorScore(record, sample), () => record.whyUndefined ?? "");
    return entered(sheet, score);
  }
  const record = classificationRecords.find(({ name }) => name === score);
  if (!record || (record.binaryOnly && sample.positive === undefined)) return undefined;
  if (record.needsScore && sample.scores.length === 0) {
    return { value: undefined, why: "it was logged without y_score" };
  }
  const context = classificationContext(withRows(sample));
  const { table, positive = sample.labels.length } = context;
  const value = record.by === "counts" ? record.of(table, positive) : record.of(context);
  sheet.enter(score, value, () => whyUndefined(record, context));
  return entered(sheet, score);
}

function entered({ scores, notes }: Scores<ScoreName>, score: ScoreName): ScoreValue {
  return { value: scores[score], why: notes[0]?.reason || undefined };
}

/** As the scores' definitions take it: the probabilities of several classes row by row. */
export function withRows(judged: JudgedClasses): ClassificationSample {
  const { labels, yTrue, yPred, positive, scores, weights } = judged;
  const sample = {
    labels,
    yTrue,
    yPred,
    ...(positive === undefined ? {} : { positive }),
    ...(weights ? { weights } : {}),
  };
  const [first] = scores;
  if (first === undefined) return sample;
  if (scores.length === 1) return { ...sample, yScore: first };
  const yScore = new Float64Array(yTrue.length * scores.length);
  for (const [column, ofClass] of scores.entries()) {
    for (let row = 0; row < ofClass.length; row++) yScore[row * scores.length + column] = ofClass[row]!;
  }
  return { ...sample, yScore };
}
