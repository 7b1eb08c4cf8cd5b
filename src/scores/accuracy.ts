import type { ConfusionTable } from "./confusion-table.js";

/**
 * Share of the samples whose predicted label is the true one: 0..1, higher is better, always defined.
 * Source: scikit-learn 1.9, `accuracy_score`.
 * @example accuracy(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 0, 1, 1), yPred: Int32Array.of(0, 1, 1, 1) })) // 0.75
 */
export function accuracy(table: ConfusionTable): number {
  return table.totalCorrect / table.samples;
}
