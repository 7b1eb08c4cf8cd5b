import { squaredErrors } from "./errors.js";
import { squaredDeviations } from "./influences.js";
import { sumOfSquaredErrors } from "./mean-squared-error.js";
import type { ErrorScore } from "./score.js";
import { explainedShare, isConstant, variation } from "./variation.js";
import { weightedSum, weightedVariation } from "./weighted-sums.js";

/**
 * Coefficient of determination, 1 - Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)²: at most 1, higher is
 * better, 0 as good as always predicting the mean, below 0 worse. A constant y_true gives 1 if every
 * prediction is exact, else 0. Undefined for fewer than two samples. Source: scikit-learn 1.9, `r2_score`.
 * @example r2(Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 4)) // 0.5
 */
export function r2(yTrue: Float64Array, yPred: Float64Array): number | undefined {
  if (yTrue.length < 2) return undefined;
  return explainedShare(sumOfSquaredErrors(yTrue, yPred), variation(yTrue));
}

export const r2Score = {
  name: "r2",
  title: "R²",
  kind: "regression",
  needsScore: false,
  binaryOnly: false,
  range: [-Infinity, 1],
  direction: "higher",
  best: 1,
  headline: true,
  meaning:
    "Share of the variance of y_true that the model explains: 0 is as good as always predicting the mean.",
  of: r2,
  whyUndefined: "it takes two samples at least",
  caution: ({ yTrue }) =>
    isConstant(yTrue)
      ? "by convention 1 if every prediction is exact, else 0: y_true has one value only"
      : undefined,
  isHeavyTailed: () => true,
  by: "share",
  unexplained: (sample) => squaredErrors(sample),
  total: squaredDeviations,
  weighted(sample) {
    const { yTrue } = sample;
    const squares = squaredErrors(sample);
    return (weights) =>
      yTrue.length < 2
        ? undefined
        : explainedShare(weightedSum(squares, weights), weightedVariation(yTrue, weights));
  },
} as const satisfies ErrorScore;
