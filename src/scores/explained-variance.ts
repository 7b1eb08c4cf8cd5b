import { explainedShare, variation } from "./variation.js";

/**
 * 1 - Var(y_true - y_pred) / Var(y_true): at most 1, higher is better. Unlike R² it forgives a constant offset of the
 * predictions. A constant y_true gives 1 if all errors are equal, else 0; so does a single sample, always 1. Always defined.
 * Source: scikit-learn 1.9, `explained_variance_score`.
 * @example explainedVariance(Float64Array.of(1, 2, 3), Float64Array.of(11, 12, 13)) // 1
 */
export function explainedVariance(yTrue: Float64Array, yPred: Float64Array): number {
  const errors = new Float64Array(yTrue.length);
  for (let i = 0; i < errors.length; i++) errors[i] = yTrue[i]! - yPred[i]!;
  return explainedShare(variation(errors), variation(yTrue));
}
