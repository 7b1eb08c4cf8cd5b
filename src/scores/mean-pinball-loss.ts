import { absoluteErrors } from "./errors.js";
import { meanAbsoluteError } from "./mean-absolute-error.js";
import type { ErrorScore } from "./score.js";

/**
 * Pinball loss of the median (alpha 0.5): half the mean absolute error, in the unit of y_true. 0.., lower is
 * better, always defined. Source: scikit-learn 1.9, `mean_pinball_loss` with its default alpha.
 * @example meanPinballLoss(Float64Array.of(1, 2, 3), Float64Array.of(0, 2, 3)) // 0.16666666666666666
 */
export function meanPinballLoss(yTrue: Float64Array, yPred: Float64Array): number {
  return meanAbsoluteError(yTrue, yPred) / 2;
}

export const meanPinballLossScore = {
  name: "mean_pinball_loss",
  title: "Mean pinball loss (median)",
  kind: "regression",
  needsScore: false,
  binaryOnly: false,
  range: [0, Infinity],
  direction: "lower",
  best: 0,
  headline: false,
  meaning: "Pinball loss of the median (alpha 0.5), half the mean absolute error, in the unit of y_true.",
  of: meanPinballLoss,
  by: "mean",
  losses(sample) {
    const losses = absoluteErrors(sample);
    for (let row = 0; row < losses.length; row++) losses[row]! /= 2;
    return losses;
  },
} as const satisfies ErrorScore;
