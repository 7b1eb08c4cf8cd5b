import { classificationRecords, regressionRecords, type ScoreName } from "../../scores/registry.js";
import type { ScoreRecord } from "../../scores/score.js";
import { rankScores } from "../../statistics/rank-scores.js";
import { countScore } from "../count-scores.js";
import type { JudgedSample } from "../pairing/judged-sample.js";
import { sampleScores } from "../sample-scores.js";

/** What each sample contributes to a score that is a mean over the samples. */
export interface SampleLosses {
  /** Whether each is 0 or 1: right or wrong. */
  isShare: boolean;
  /** The mean of `values` over all samples is 0, unless they are shares. */
  values: Float64Array;
  /** The rank of each among all, around 0; undefined for shares. */
  ranks: Float64Array | undefined;
  /** What is to be added to a mean of `values` to get the score. */
  centre: number;
  /** 1 where a greater score is worse, -1 where a smaller one is. */
  worse: 1 | -1;
}

const isMean = (record: ScoreRecord) =>
  record.by === "counts" ? record.name === "accuracy" : record.by === "mean" && record.direction !== "zero";

/** The scores that are means over the samples, so that every slice has its own, by the kind of experiment. */
export const meanScores: Record<JudgedSample["kind"], readonly ScoreName[]> = {
  classification: classificationRecords.filter(isMean).map(({ name }) => name),
  regression: regressionRecords.filter(isMean).map(({ name }) => name),
};

/** Undefined where the score is no mean over samples, or the sample does not have it. */
export function sampleLosses(sample: JudgedSample, score: ScoreName): SampleLosses | undefined {
  if (!meanScores[sample.kind].includes(score)) return undefined;
  if (sample.kind === "classification" && countScore(score)) {
    const { yTrue, yPred } = sample;
    const values = new Float64Array(yTrue.length);
    for (let i = 0; i < values.length; i++) values[i] = yTrue[i] === yPred[i] ? 1 : 0;
    return { isShare: true, values, ranks: undefined, centre: 0, worse: -1 };
  }
  const found = sampleScores(sample, (name) => name === score)[0]?.estimate();
  if (!found) return undefined;
  // The parts of a mean are the deviations from it, scaled.
  const { value, parts } = found;
  const n = parts.length;
  const scale = Math.sqrt(n * (n - 1));
  const values = n === 1 ? new Float64Array(1) : parts;
  if (n > 1) for (let i = 0; i < n; i++) values[i]! *= scale;
  return { isShare: false, values, ranks: rankScores(values), centre: value, worse: 1 };
}
