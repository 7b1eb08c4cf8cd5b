import { macroAverage, weightedAverage } from "./class-average.js";
import { neverPredicted, positiveName } from "./classification-context.js";
import type { ConfusionTable } from "./confusion-table.js";
import { type AddClassGradient, addMacroGradient, addWeightedGradient } from "./count-gradient.js";
import type { CountScore } from "./score.js";
import { share } from "./share.js";

/**
 * Share of the samples predicted as the class that belong to it: TP / (TP + FP), 0..1, higher is better.
 * Undefined where no sample is predicted as the class. Source: scikit-learn 1.9, `precision_score` (which
 * answers 0 there, and warns).
 * @example precision(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 0, 1, 1), yPred: Int32Array.of(0, 1, 1, 1) }), 0) // 1
 * @example precision(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 1), yPred: Int32Array.of(0, 0) }), 1) // undefined
 */
export function precision(table: ConfusionTable, code: number): number | undefined {
  return share(table.correct[code], table.predicted[code]);
}

const addPrecision: AddClassGradient = ({ predicted, correct }, gradient, code, weight) => {
  const whole = predicted[code] ?? 0;
  if (whole === 0) return;
  gradient.correct[code]! += weight / whole;
  gradient.predicted[code]! -= (weight * correct[code]!) / whole ** 2;
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

export const precisionScore = {
  ...facts,
  name: "precision",
  title: "Precision",
  binaryOnly: true,
  meaning: "Share of the samples predicted as the positive class that really belong to it.",
  of: precision,
  whyUndefined: (context) => `no sample is predicted as ${positiveName(context)}`,
  addGradient: (table, gradient, positive) => addPrecision(table, gradient, positive, 1),
  share: {
    of: "predicted",
    count: ({ correct, predicted }, positive) => [correct[positive] ?? 0, predicted[positive] ?? 0],
  },
} as const satisfies CountScore;

export const precisionMacroScore = {
  ...facts,
  name: "precision_macro",
  title: "Precision (macro)",
  binaryOnly: false,
  meaning: "Mean of the classes' precisions, every class counting the same.",
  of: (table) => macroAverage(table, precision),
  caution: neverPredicted,
  addGradient: addMacroGradient(addPrecision),
  classShares: "precisions",
  everyClass: true,
} as const satisfies CountScore;

export const precisionWeightedScore = {
  ...facts,
  name: "precision_weighted",
  title: "Precision (weighted)",
  binaryOnly: false,
  meaning: "Mean of the classes' precisions, each weighted by its number of true samples.",
  of: (table) => weightedAverage(table, precision),
  caution: neverPredicted,
  addGradient: addWeightedGradient(addPrecision, precision),
  classShares: "precisions",
} as const satisfies CountScore;
