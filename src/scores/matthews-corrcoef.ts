import { type ConfusionTable, marginProducts } from "./confusion-table.js";
import type { CountScore } from "./score.js";

/**
 * Correlation of the true and the predicted labels (Gorodkin's R_K for more than two classes): -1..1, higher
 * is better, 0 as good as chance. By convention 0 where y_true or y_pred has one label only, so it is always
 * defined. Source: scikit-learn 1.9, `matthews_corrcoef`.
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

export const matthewsCorrcoefScore = {
  name: "matthews_corrcoef",
  title: "Matthews correlation",
  kind: "classification",
  needsScore: false,
  binaryOnly: false,
  range: [-1, 1],
  direction: "higher",
  best: 1,
  headline: true,
  meaning: "Correlation of the true and the predicted labels: 1 perfect, 0 no better than chance.",
  by: "counts",
  of: matthewsCorrcoef,
  caution({ table }) {
    const constant = [
      ...(table.actual.includes(table.samples) ? ["y_true"] : []),
      ...(table.predicted.includes(table.samples) ? ["y_pred"] : []),
    ];
    if (constant.length === 0) return undefined;
    const have = constant.length === 1 ? "has" : "have";
    return `0 by convention: ${constant.join(" and ")} ${have} one label only`;
  },
  addGradient(table, gradient) {
    const { samples, totalCorrect, actual, predicted } = table;
    const { actualByPredicted, actualByActual, predictedByPredicted } = marginProducts(table);
    const covariance = totalCorrect * samples - actualByPredicted;
    const ofActual = samples ** 2 - actualByActual;
    const ofPredicted = samples ** 2 - predictedByPredicted;
    if (ofActual === 0 || ofPredicted === 0) return;
    const root = Math.sqrt(ofActual * ofPredicted);
    const value = covariance / root;
    for (let code = 0; code < actual.length; code++) {
      gradient.correct[code] = samples / root;
      gradient.actual[code] = -predicted[code]! / root + (value * actual[code]!) / ofActual;
      gradient.predicted[code] = -actual[code]! / root + (value * predicted[code]!) / ofPredicted;
    }
    gradient.samples = totalCorrect / root - value * (samples / ofActual + samples / ofPredicted);
  },
} as const satisfies CountScore;
