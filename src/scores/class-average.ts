import { blockwiseSum } from "./blockwise-sum.js";
import { type ConfusionTable, occurs } from "./confusion-table.js";

/** A score of one class, such as `precision`. */
export type ClassScore = (table: ConfusionTable, code: number) => number | undefined;

/**
 * Plain mean of a score over the classes that occur in y_true or in y_pred, one that is undefined counting 0:
 * in the score's range, higher is better, always defined. Source: scikit-learn 1.9, `average="macro"`.
 * @example macroAverage(confusionTable({ labels: ["a", "b", "c"], yTrue: Int32Array.of(0, 0, 1, 1), yPred: Int32Array.of(0, 1, 1, 1) }), recall) // 0.75
 */
export function macroAverage(table: ConfusionTable, score: ClassScore): number {
  let classes = 0;
  const sum = blockwiseSum(table.actual.length, (from, to) => {
    let scores = 0;
    for (let code = from; code < to; code++) {
      if (!occurs(table, code)) continue;
      classes += 1;
      scores += score(table, code) ?? 0;
    }
    return scores;
  });
  return sum / classes;
}

/**
 * Mean of a score over the classes, each weighted by its number of true samples, one that is undefined
 * counting 0: in the score's range, higher is better, always defined. Source: scikit-learn 1.9,
 * `average="weighted"`.
 * @example weightedAverage(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 0, 0, 1), yPred: Int32Array.of(0, 0, 0, 0) }), recall) // 0.75
 */
export function weightedAverage(table: ConfusionTable, score: ClassScore): number {
  const sum = blockwiseSum(table.actual.length, (from, to) => {
    let scores = 0;
    for (let code = from; code < to; code++) scores += table.actual[code]! * (score(table, code) ?? 0);
    return scores;
  });
  return sum / table.samples;
}
