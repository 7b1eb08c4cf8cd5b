import { sumOfSquaredErrors } from "./mean-squared-error.js";
import { explainedShare, variation } from "./variation.js";

/**
 * Coefficient of determination, 1 - Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)²: at most 1, higher is better, 0 as good as
 * always predicting the mean, below 0 worse. A constant y_true gives 1 if every prediction is exact, else 0. Undefined for
 * fewer than two samples. Source: scikit-learn 1.9, `r2_score`.
 * @example r2(Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 4)) // 0.5
 */
export function r2(yTrue: Float64Array, yPred: Float64Array): number | undefined {
  if (yTrue.length < 2) return undefined;
  return explainedShare(sumOfSquaredErrors(yTrue, yPred), variation(yTrue));
}
