import type { ErrorScore } from "./score.js";

/**
 * Largest |y_pred - y_true|, in the unit of y_true: 0.., lower is better, always defined.
 * Source: scikit-learn 1.9, `max_error`.
 * @example maxError(Float64Array.of(3, 2, 7, 1), Float64Array.of(4, 2, 7, 1)) // 1
 */
export function maxError(yTrue: Float64Array, yPred: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < yTrue.length; i++) {
    const error = Math.abs(yPred[i]! - yTrue[i]!);
    if (error > largest) largest = error;
  }
  return largest;
}

export const maxErrorScore = {
  name: "max_error",
  title: "Maximum error",
  kind: "regression",
  needsScore: false,
  binaryOnly: false,
  range: [0, Infinity],
  direction: "lower",
  best: 0,
  headline: true,
  meaning: "Size of the largest error, in the unit of y_true.",
  of: maxError,
  by: "extreme",
  noInterval: "the largest error of other samples is not bounded by these",
  noTest: "the largest of some errors says too little of others",
  // As scikit-learn's, it has no weights.
  weighted({ yTrue, yPred }) {
    const largest = maxError(yTrue, yPred);
    return () => largest;
  },
} as const satisfies ErrorScore;
