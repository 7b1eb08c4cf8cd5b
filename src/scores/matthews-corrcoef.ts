import { type ConfusionTable, marginProducts } from "./confusion-table.js";

/**
 * Correlation of the true and the predicted labels (Gorodkin's R_K for more than two classes): -1..1, higher is better, 0 as
 * good as chance. By convention 0 where y_true or y_pred has one label only, so it is always defined.
 * Source: scikit-learn 1.9, `matthews_corrcoef`.
 *
 * The sums are integers and exact up to 94 million samples, where the square of their number reaches 2^53.
 * @example matthewsCorrcoef(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 0, 1, 1), yPred: Int32Array.of(0, 0, 1, 1) })) // 1
 */
export function matthewsCorrcoef(table: ConfusionTable): number {
  const { samples, totalCorrect } = table;
  const { actualByPredicted, actualByActual, predictedByPredicted } = marginProducts(table);
  const covariance = totalCorrect * samples - actualByPredicted;
  const actualVariance = samples * samples - actualByActual;
  const predictedVariance = samples * samples - predictedByPredicted;
  if (actualVariance === 0 || predictedVariance === 0) return 0;
  return covariance / Math.sqrt(actualVariance * predictedVariance);
}
