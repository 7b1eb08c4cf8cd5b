import { blockwiseSum } from "./blockwise-sum.js";
import { classNames } from "./classification-context.js";
import { type ConfusionTable, codesWhere } from "./confusion-table.js";
import { addRecall } from "./recall.js";
import type { CountScore } from "./score.js";

/**
 * Mean recall of the classes that occur in y_true: 0..1, higher is better, always defined. A class that is
 * only predicted does not count in the mean. Source: scikit-learn 1.9, `balanced_accuracy_score` (not
 * adjusted for chance).
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

export const balancedAccuracyScore = {
  name: "balanced_accuracy",
  title: "Balanced accuracy",
  kind: "classification",
  needsScore: false,
  binaryOnly: false,
  range: [0, 1],
  direction: "higher",
  best: 1,
  headline: true,
  meaning: "Mean recall of the classes in y_true, so that a rare class counts as much as a frequent one.",
  by: "counts",
  of: balancedAccuracy,
  caution: ({ table, labels }) => {
    const left = codesWhere(table, (code) => table.actual[code] === 0 && table.predicted[code]! > 0);
    return left.length > 0 ? `leaves out ${classNames(left, labels)}, absent from y_true` : undefined;
  },
  addGradient(table, gradient) {
    const classes = table.actual.reduce((count, each) => count + Number(each > 0), 0);
    table.actual.forEach((_, code) => {
      addRecall(table, gradient, code, 1 / classes);
    });
  },
  everyClass: true,
} as const satisfies CountScore;
