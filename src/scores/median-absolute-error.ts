import { absoluteErrors } from "./errors.js";
import { magnitudesAt } from "./median.js";
import type { ErrorScore } from "./score.js";
import { ascendingOrder, weightedMedian } from "./weighted-median.js";

/**
 * Median of |y_pred - y_true|, in the unit of y_true: 0.., lower is better, always defined. Of an even number
 * of samples the mean of the middle two. Source: scikit-learn 1.9, `median_absolute_error`.
 * @example medianAbsoluteError(Float64Array.of(3, -0.5, 2, 7), Float64Array.of(2.5, 0, 2, 8)) // 0.5
 */
export function medianAbsoluteError(yTrue: Float64Array, yPred: Float64Array): number {
  const [lower, upper] = magnitudesAt(
    absoluteErrors({ yTrue, yPred }),
    (yTrue.length - 1) >> 1,
    yTrue.length >> 1,
  );
  return (lower + upper) / 2;
}

export const medianAbsoluteErrorScore = {
  name: "median_absolute_error",
  title: "Median absolute error",
  kind: "regression",
  needsScore: false,
  binaryOnly: false,
  range: [0, Infinity],
  direction: "lower",
  best: 0,
  headline: true,
  meaning:
    "Size of the error that half of the samples stay below, in the unit of y_true: outliers hardly count.",
  of: medianAbsoluteError,
  by: "median",
  weighted(sample) {
    const sizes = absoluteErrors(sample);
    const order = ascendingOrder(sizes);
    return (weights) => weightedMedian(sizes, order, weights);
  },
} as const satisfies ErrorScore;
