import { absoluteErrors } from "./errors.js";
import { explainedInfluences, weightedShare, weightedSum } from "./influences.js";
import { meanAbsoluteError } from "./mean-absolute-error.js";
import { median } from "./median.js";
import type { ErrorScore } from "./score.js";
import { explainedShare, isConstant } from "./variation.js";

/**
 * Share of the absolute error that the model explains: 1 - mean |y_pred - y_true| / mean |y_true - median of
 * y_true|. At most 1, higher is better, 0 as good as always predicting the median, below 0 worse. A constant
 * y_true gives 1 if every prediction is exact, else 0. Undefined for fewer than two samples. Source:
 * scikit-learn 1.9, `d2_absolute_error_score`.
 * @example d2AbsoluteError(Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 4)) // 0.5
 */
export function d2AbsoluteError(yTrue: Float64Array, yPred: Float64Array): number | undefined {
  if (yTrue.length < 2) return undefined;
  const middle = new Float64Array(yTrue.length).fill(median(yTrue));
  return explainedShare(meanAbsoluteError(yTrue, yPred), meanAbsoluteError(yTrue, middle));
}

export const d2AbsoluteErrorScore = {
  name: "d2_absolute_error_score",
  title: "D² of the absolute error",
  kind: "regression",
  needsScore: false,
  binaryOnly: false,
  range: [-Infinity, 1],
  direction: "higher",
  best: 1,
  headline: false,
  meaning:
    "Share of the absolute error that the model explains: 0 is as good as always predicting the median.",
  of: d2AbsoluteError,
  whyUndefined: "it takes two samples at least",
  caution: ({ yTrue }) =>
    isConstant(yTrue)
      ? "by convention 1 if every prediction is exact, else 0: y_true has one value only"
      : undefined,
  by: "ratio",
  influences(sample) {
    const { yTrue } = sample;
    const middle = median(yTrue);
    // A median is where the sum of distances is least: that it moves, too, changes nothing to first order.
    return explainedInfluences(
      absoluteErrors(sample),
      absoluteErrors({ yTrue, yPred: new Float64Array(yTrue.length).fill(middle) }),
    );
  },
  weighted(sample) {
    const errors = absoluteErrors(sample);
    const { yTrue } = sample;
    const order = Uint32Array.from(yTrue.keys()).sort((a, b) => yTrue[a]! - yTrue[b]!);
    return (weights) =>
      weightedShare(weightedSum(errors, weights), distancesFromMedian(yTrue, order, weights));
  },
} as const satisfies ErrorScore;

/** Sum of the distances from the weighted median. @param order the rows by ascending value */
function distancesFromMedian(values: Float64Array, order: Uint32Array, weights: Float64Array): number {
  let half = 0;
  for (let row = 0; row < weights.length; row++) half += weights[row]! / 2;
  // Any value between the middle two has the same sum.
  let [below, at] = [0, 0];
  while (at < order.length - 1 && below + weights[order[at]!]! < half) below += weights[order[at++]!]!;
  const middle = values[order[at]!]!;
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += weights[row]! * Math.abs(values[row]! - middle);
  return sum;
}
