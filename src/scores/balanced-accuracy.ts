import { blockwiseSum } from "./blockwise-sum.js";
import type { ConfusionTable } from "./confusion-table.js";

/**
 * Mean recall of the classes that occur in y_true: 0..1, higher is better, always defined. A class that is only predicted does
 * not count in the mean. Source: scikit-learn 1.9, `balanced_accuracy_score` (not adjusted for chance).
 * @example balancedAccuracy(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 0, 0, 1), yPred: Int32Array.of(0, 0, 0, 0) })) // 0.5
 */
export function balancedAccuracy({ actual, correct }: ConfusionTable): number {
  let classes = 0;
  const sum = blockwiseSum(actual.length, (from, to) => {
    let recalls = 0;
    for (let code = from; code < to; code++) {
      if (actual[code] === 0) continue;
      classes += 1;
      recalls += correct[code]! / actual[code]!;
    }
    return recalls;
  });
  return sum / classes;
}
