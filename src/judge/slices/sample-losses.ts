import { classificationRecords, regressionRecords, type ScoreName } from "../../scores/registry.js";
import type { ScoreRecord } from "../../scores/score.js";
import { type BinnedValues, binnedPopulation, binnedValues } from "../../statistics/binned-population.js";
import type { Population } from "../../statistics/subset-mean-p.js";
import { countScore } from "../count-scores.js";
import type { JudgedSample } from "../pairing/judged-sample.js";
import { sampleScores } from "../sample-scores.js";

/** What each sample contributes to a score that is a mean over the samples. */
export interface SampleLosses {
  /** Whether each is 0 or 1: right or wrong. */
  isShare: boolean;
  /** The mean of `values` over all samples is 0, unless they are shares. */
  values: Float64Array;
  /**
   * The values once more, so that the losses of any part of the samples are known by counts; not for shares.
   */
  binned: BinnedValues | undefined;
  /** Whether a few samples may make up most of it. */
  isHeavyTailed: boolean;
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

/** Undefined where the score is no mean over samples, the samples are weighted, or do not have it. */
export function sampleLosses(sample: JudgedSample, score: ScoreName): SampleLosses | undefined {
  if (sample.weights || !meanScores[sample.kind].includes(score)) return undefined;
  if (sample.kind === "classification" && countScore(score)) {
    const { yTrue, yPred } = sample;
    const values = new Float64Array(yTrue.length);
    for (let i = 0; i < values.length; i++) values[i] = yTrue[i] === yPred[i] ? 1 : 0;
    return { isShare: true, values, binned: undefined, isHeavyTailed: false, centre: 0, worse: -1 };
  }
  const found = sampleScores(sample, (name) => name === score)[0]?.estimate();
  if (!found) return undefined;
  // The parts of a mean are the deviations from it, scaled.
  const { value, parts } = found;
  const n = parts.length;
  const scale = Math.sqrt(n * (n - 1));
  const values = n === 1 ? new Float64Array(1) : parts;
  if (n > 1) for (let i = 0; i < n; i++) values[i]! *= scale;
  const isHeavyTailed =
    sample.kind === "regression" &&
    regressionRecords.find(({ name }) => name === score)?.isHeavyTailed?.(sample.yTrue) === true;
  return { isShare: false, values, binned: binnedValues(values), isHeavyTailed, centre: value, worse: 1 };
}

/** The losses of all samples, counted once. */
export function populationOfAll(losses: SampleLosses): Population {
  let found = populations.get(losses);
  if (!found) populations.set(losses, (found = binnedPopulation(losses.binned!)));
  return found;
}

const populations = new WeakMap<SampleLosses, Population>();
