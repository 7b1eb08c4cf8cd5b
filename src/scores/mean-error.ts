import { blockwiseSum } from "./blockwise-sum.js";
import { errors } from "./errors.js";
import type { ErrorScore } from "./score.js";

/**
 * Mean of y_pred - y_true, the bias, in the unit of y_true: 0 is best, above 0 the model predicts too high on
 * average. Always defined. Source: the statistical bias of a predictor; scikit-learn has no function for it.
 * @example meanError(Float64Array.of(1, 2, 3), Float64Array.of(2, 2, 5)) // 1
 */
export function meanError(yTrue: Float64Array, yPred: Float64Array): number {
  const sum = blockwiseSum(yTrue.length, (from, to) => {
    let block = 0;
    for (let i = from; i < to; i++) block += yPred[i]! - yTrue[i]!;
    return block;
  });
  return sum / yTrue.length;
}

export const meanErrorScore = {
  name: "mean_error",
  title: "Mean error",
  kind: "regression",
  needsScore: false,
  binaryOnly: false,
  range: [-Infinity, Infinity],
  direction: "zero",
  best: 0,
  headline: true,
  meaning: "Mean of y_pred - y_true, in the unit of y_true: above 0 the model predicts too high.",
  of: meanError,
  by: "mean",
  losses: errors,
} as const satisfies ErrorScore;
