import { blockwiseSum } from "./blockwise-sum.js";
import { squaredErrors } from "./errors.js";
import type { ErrorScore } from "./score.js";

/**
 * Mean of (y_pred - y_true)², in the squared unit of y_true: 0.., lower is better, always defined.
 * Source: scikit-learn 1.9, `mean_squared_error`.
 * @example meanSquaredError(Float64Array.of(3, -0.5, 2, 7), Float64Array.of(2.5, 0, 2, 8)) // 0.375
 */
export function meanSquaredError(yTrue: Float64Array, yPred: Float64Array): number {
  return sumOfSquaredErrors(yTrue, yPred) / yTrue.length;
}

/**
 * Square root of the mean squared error, in the unit of y_true: 0.., lower is better, always defined.
 * Source: scikit-learn 1.9, `root_mean_squared_error`.
 * @example rootMeanSquaredError(Float64Array.of(0, 0), Float64Array.of(3, 3)) // 3
 */
export function rootMeanSquaredError(yTrue: Float64Array, yPred: Float64Array): number {
  return Math.sqrt(meanSquaredError(yTrue, yPred));
}

/** Sum of (y_pred - y_true)², which R² needs too. */
export function sumOfSquaredErrors(yTrue: Float64Array, yPred: Float64Array): number {
  return blockwiseSum(yTrue.length, (from, to) => {
    let squares = 0;
    for (let i = from; i < to; i++) {
      const error = yPred[i]! - yTrue[i]!;
      squares += error * error;
    }
    return squares;
  });
}

export const meanSquaredErrorScore = {
  name: "mean_squared_error",
  title: "Mean squared error",
  kind: "regression",
  needsScore: false,
  binaryOnly: false,
  range: [0, Infinity],
  direction: "lower",
  best: 0,
  headline: false,
  meaning: "Mean of the squared error, in the squared unit of y_true.",
  of: meanSquaredError,
  isHeavyTailed: () => true,
  by: "mean",
  losses: (sample) => squaredErrors(sample),
} as const satisfies ErrorScore;

export const rootMeanSquaredErrorScore = {
  name: "root_mean_squared_error",
  title: "Root mean squared error",
  kind: "regression",
  needsScore: false,
  binaryOnly: false,
  range: [0, Infinity],
  direction: "lower",
  best: 0,
  headline: true,
  meaning: "Square root of the mean squared error, in the unit of y_true: large errors weigh more.",
  of: rootMeanSquaredError,
  isHeavyTailed: () => true,
  by: "root",
  losses: (sample) => squaredErrors(sample),
} as const satisfies ErrorScore;
