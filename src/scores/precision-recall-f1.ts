import type { ConfusionTable } from "./confusion-table.js";

/**
 * Share of the samples predicted as the class that belong to it: TP / (TP + FP), 0..1, higher is better. Undefined where no
 * sample is predicted as the class. Source: scikit-learn 1.9, `precision_score` (which answers 0 there, and warns).
 * @example precision(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 0, 1, 1), yPred: Int32Array.of(0, 1, 1, 1) }), 0) // 1
 * @example precision(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 1), yPred: Int32Array.of(0, 0) }), 1) // undefined
 */
export function precision(table: ConfusionTable, code: number): number | undefined {
  return share(table.correct[code], table.predicted[code]);
}

/**
 * Share of the samples of the class that are predicted as such: TP / (TP + FN), 0..1, higher is better. Undefined where no
 * sample belongs to the class. Source: scikit-learn 1.9, `recall_score` (which answers 0 there, and warns).
 * @example recall(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 0, 1, 1), yPred: Int32Array.of(0, 1, 1, 1) }), 0) // 0.5
 */
export function recall(table: ConfusionTable, code: number): number | undefined {
  return share(table.correct[code], table.actual[code]);
}

/**
 * Harmonic mean of the class's precision and recall: 2 TP / (2 TP + FN + FP), 0..1, higher is better. Undefined where the
 * class is neither true nor predicted of any sample; 0 where it is, but never rightly.
 * Source: scikit-learn 1.9, `f1_score` (which answers 0 where undefined, and warns).
 * @example f1(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 0, 1, 1), yPred: Int32Array.of(0, 1, 1, 1) }), 1) // 0.8
 */
export function f1(table: ConfusionTable, code: number): number | undefined {
  return share(2 * (table.correct[code] ?? 0), (table.actual[code] ?? 0) + (table.predicted[code] ?? 0));
}

/** A code that is not in the table (an absent positive class) counts nothing. */
function share(part = 0, whole = 0): number | undefined {
  return whole === 0 ? undefined : part / whole;
}
