import { addAccuracyGradient, shareRight } from "./accuracy.js";
import { macroAverage, weightedAverage } from "./class-average.js";
import { neverTrue, positiveName } from "./classification-context.js";
import type { ConfusionTable } from "./confusion-table.js";
import { type AddClassGradient, addMacroGradient } from "./count-gradient.js";
import type { CountScore } from "./score.js";
import { share } from "./share.js";

/**
 * Share of the samples of the class that are predicted as such: TP / (TP + FN), 0..1, higher is better.
 * Undefined where no sample belongs to the class. Source: scikit-learn 1.9, `recall_score` (which answers 0
 * there, and warns).
 * @example recall(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 0, 1, 1), yPred: Int32Array.of(0, 1, 1, 1) }), 0) // 0.5
 */
export function recall(table: ConfusionTable, code: number): number | undefined {
  return share(table.correct[code], table.actual[code]);
}

export const addRecall: AddClassGradient = ({ actual, correct }, gradient, code, weight) => {
  const whole = actual[code] ?? 0;
  if (whole === 0) return;
  gradient.correct[code]! += weight / whole;
  gradient.actual[code]! -= (weight * correct[code]!) / whole ** 2;
};

const facts = {
  kind: "classification",
  needsScore: false,
  range: [0, 1],
  direction: "higher",
  best: 1,
  headline: false,
  by: "counts",
} as const;

export const recallScore = {
  ...facts,
  name: "recall",
  title: "Recall",
  binaryOnly: true,
  meaning: "Share of the samples of the positive class that the model found.",
  of: recall,
  whyUndefined: (context) => `no sample of y_true is ${positiveName(context)}`,
  addGradient: (table, gradient, positive) => addRecall(table, gradient, positive, 1),
  share: {
    of: "actual",
    count: ({ correct, actual }, positive) => [correct[positive] ?? 0, actual[positive] ?? 0],
  },
} as const satisfies CountScore;

export const recallMacroScore = {
  ...facts,
  name: "recall_macro",
  title: "Recall (macro)",
  binaryOnly: false,
  meaning: "Mean of the classes' recalls, every class counting the same.",
  of: (table) => macroAverage(table, recall),
  caution: neverTrue,
  addGradient: addMacroGradient(addRecall),
  everyClass: true,
} as const satisfies CountScore;

/** Each class's recall times its share of the samples: what is right, as the accuracy is. */
export const recallWeightedScore = {
  ...facts,
  name: "recall_weighted",
  title: "Recall (weighted)",
  binaryOnly: false,
  meaning: "Mean of the classes' recalls, each weighted by its number of true samples.",
  of: (table) => weightedAverage(table, recall),
  addGradient: addAccuracyGradient,
  share: shareRight,
} as const satisfies CountScore;
