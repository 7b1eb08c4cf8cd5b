import { macroAverage, weightedAverage } from "./class-average.js";
import { positiveName, weightless } from "./classification-context.js";
import type { ConfusionTable } from "./confusion-table.js";
import { type AddClassGradient, addMacroGradient, addWeightedGradient } from "./count-gradient.js";
import type { CountScore } from "./score.js";
import { share } from "./share.js";

/**
 * Harmonic mean of the class's precision and recall: 2 TP / (2 TP + FN + FP), 0..1, higher is better.
 * Undefined where the class is neither true nor predicted of any sample; 0 where it is, but never rightly.
 * Source: scikit-learn 1.9, `f1_score` (which answers 0 where undefined, and warns).
 * @example f1(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 0, 1, 1), yPred: Int32Array.of(0, 1, 1, 1) }), 1) // 0.8
 */
export function f1(table: ConfusionTable, code: number): number | undefined {
  return share(2 * (table.correct[code] ?? 0), (table.actual[code] ?? 0) + (table.predicted[code] ?? 0));
}

const addF1: AddClassGradient = ({ actual, predicted, correct }, gradient, code, weight) => {
  const whole = (actual[code] ?? 0) + (predicted[code] ?? 0);
  if (whole === 0) return;
  const byMargin = (2 * weight * correct[code]!) / whole ** 2;
  gradient.correct[code]! += (2 * weight) / whole;
  gradient.actual[code]! -= byMargin;
  gradient.predicted[code]! -= byMargin;
};

const facts = {
  kind: "classification",
  needsScore: false,
  range: [0, 1],
  direction: "higher",
  best: 1,
  by: "counts",
} as const;

export const f1Score = {
  ...facts,
  name: "f1",
  title: "F1",
  binaryOnly: true,
  headline: true,
  meaning: "Harmonic mean of precision and recall of the positive class.",
  of: f1,
  whyUndefined: (context) => `${positiveName(context)} occurs neither in y_true nor in y_pred`,
  addGradient: (table, gradient, positive) => addF1(table, gradient, positive, 1),
  // With J = TP / (TP + FN + FP), the Jaccard index.
  share: {
    of: "either",
    count: ({ correct, actual, predicted }, positive) => {
      const hits = correct[positive] ?? 0;
      return [hits, (actual[positive] ?? 0) + (predicted[positive] ?? 0) - hits];
    },
    score: (jaccard) => (2 * jaccard) / (1 + jaccard),
  },
} as const satisfies CountScore;

export const f1MacroScore = {
  ...facts,
  name: "f1_macro",
  title: "F1 (macro)",
  binaryOnly: false,
  headline: true,
  meaning: "Mean of the classes' F1 scores, every class counting the same.",
  of: (table) => macroAverage(table, f1),
  caution: weightless,
  addGradient: addMacroGradient(addF1),
  everyClass: true,
} as const satisfies CountScore;

export const f1WeightedScore = {
  ...facts,
  name: "f1_weighted",
  title: "F1 (weighted)",
  binaryOnly: false,
  headline: false,
  meaning: "Mean of the classes' F1 scores, each weighted by its number of true samples.",
  of: (table) => weightedAverage(table, f1),
  addGradient: addWeightedGradient(addF1, f1),
} as const satisfies CountScore;
