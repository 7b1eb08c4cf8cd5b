import { type RankedScores, rankedScores } from "../../scores/ranked-scores.js";
import type { ClassificationSample } from "../../scores/sample.js";
import { remembered } from "../remembered.js";
import { type ClassCounts, positiveOf } from "./counts.js";

/**
 * The counts at each threshold, from the highest score down: so many positives and negatives are scored at
 * least this high. One entry a distinct score.
 */
export interface ScoreCurve {
  readonly thresholds: Float64Array;
  readonly tp: Float64Array;
  readonly fp: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

type Scored = ClassificationSample;

/** The scores of two classes, split by the true class, ascending. */
export const ranked = remembered((sample: Scored) =>
  rankedScores(sample.yTrue, positiveOf(sample), sample.yScore!),
);

/** The same of scores that are rounded to float32, by which more of them tie. Rounding keeps the order. */
export const ranked32 = remembered((sample: Scored) => {
  const { positives, negatives } = ranked(sample);
  return { positives: positives.map(Math.fround), negatives: negatives.map(Math.fround) };
});

export const curve = remembered((sample: Scored) => curveOf(ranked(sample)));
export const curve32 = remembered((sample: Scored) => curveOf(ranked32(sample)));

/** Of several classes: each class's column of y_score against all others. */
export const classesRanked = remembered(({ labels, yTrue, yScore }: Scored) =>
  labels.map((_, code) => rankedScores(yTrue, code, yScore!, code, labels.length)),
);

/** The counts at each threshold of ranked scores. */
function curveOf({ positives, negatives }: RankedScores): ScoreCurve {
  const most = positives.length + negatives.length;
  const thresholds = new Float64Array(most);
  const tp = new Float64Array(most);
  const fp = new Float64Array(most);
  let points = 0;
  let positive = positives.length;
  let negative = negatives.length;
  while (positive > 0 || negative > 0) {
    const ofPositive = positive > 0 ? positives[positive - 1]! : -Infinity;
    const ofNegative = negative > 0 ? negatives[negative - 1]! : -Infinity;
    const score = ofPositive > ofNegative ? ofPositive : ofNegative;
    while (positive > 0 && positives[positive - 1] === score) positive -= 1;
    while (negative > 0 && negatives[negative - 1] === score) negative -= 1;
    thresholds[points] = score;
    tp[points] = positives.length - positive;
    fp[points] = negatives.length - negative;
    points += 1;
  }
  return {
    thresholds: thresholds.subarray(0, points),
    tp: tp.subarray(0, points),
    fp: fp.subarray(0, points),
    positives: positives.length,
    negatives: negatives.length,
  };
}

/** The counts where scores above the threshold are positive. */
export function countsAbove(
  { positives, negatives }: RankedScores,
  threshold: number,
  orEqual = false,
): ClassCounts {
  const tp = countAbove(positives, threshold, orEqual);
  const fp = countAbove(negatives, threshold, orEqual);
  return { tp, fp, fn: positives.length - tp, tn: negatives.length - fp };
}

/** How many of ascending scores are above the threshold; with `orEqual`, also those that are equal to it. */
function countAbove(scores: Float64Array, threshold: number, orEqual = false): number {
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const isAbove = orEqual ? scores[middle]! >= threshold : scores[middle]! > threshold;
    if (isAbove) high = middle;
    else low = middle + 1;
  }
  return scores.length - low;
}
