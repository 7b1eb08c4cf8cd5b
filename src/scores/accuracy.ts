import type { ConfusionTable } from "./confusion-table.js";
import type { CountGradient } from "./count-gradient.js";
import type { CountedShare, CountScore } from "./score.js";

/**
 * Share of the samples whose predicted label is the true one: 0..1, higher is better, always defined.
 * Source: scikit-learn 1.9, `accuracy_score`.
 * @example accuracy(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 0, 1, 1), yPred: Int32Array.of(0, 1, 1, 1) })) // 0.75
 */
export function accuracy(table: ConfusionTable): number {
  return table.totalCorrect / table.samples;
}

/** Adds the derivatives of the accuracy. */
export function addAccuracyGradient(table: ConfusionTable, gradient: CountGradient): void {
  gradient.correct.fill(1 / table.samples);
  gradient.samples = -accuracy(table) / table.samples;
}

/** The samples that are right, of all. */
export const shareRight: CountedShare = {
  of: "all",
  count: ({ totalCorrect, samples }) => [totalCorrect, samples],
};

export const accuracyScore = {
  name: "accuracy",
  title: "Accuracy",
  kind: "classification",
  needsScore: false,
  binaryOnly: false,
  range: [0, 1],
  direction: "higher",
  best: 1,
  headline: true,
  meaning: "Share of the samples that the model labelled correctly.",
  by: "counts",
  of: accuracy,
  addGradient: addAccuracyGradient,
  share: shareRight,
} as const satisfies CountScore;
