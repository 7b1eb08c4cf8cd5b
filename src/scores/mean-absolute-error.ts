import { blockwiseSum } from "./blockwise-sum.js";
import { absoluteErrors } from "./errors.js";
import type { ErrorScore } from "./score.js";

/**
 * Mean of |y_pred - y_true|, in the unit of y_true: 0.., lower is better, always defined.
 * Source: scikit-learn 1.9, `mean_absolute_error`.
 * @example meanAbsoluteError(Float64Array.of(3, -0.5, 2, 7), Float64Array.of(2.5, 0, 2, 8)) // 0.5
 */
export function meanAbsoluteError(yTrue: Float64Array, yPred: Float64Array): number {
  const sum = blockwiseSum(yTrue.length, (from, to) => {
    let errors = 0;
    for (let i = from; i < to; i++) errors += Math.abs(yPred[i]! - yTrue[i]!);
    return errors;
  });
  return sum / yTrue.length;
}

export const meanAbsoluteErrorScore = {
  name: "mean_absolute_error",
  title: "Mean absolute error",
  kind: "regression",
  needsScore: false,
  binaryOnly: false,
  range: [0, Infinity],
  direction: "lower",
  best: 0,
  headline: true,
  meaning: "Mean size of the error, in the unit of y_true.",
  of: meanAbsoluteError,
  by: "mean",
  losses: absoluteErrors,
} as const satisfies ErrorScore;
