import { macroAverage } from "./class-average.js";
import { weightless } from "./classification-context.js";
import type { ConfusionTable } from "./confusion-table.js";
import { type AddClassGradient, addMacroGradient } from "./count-gradient.js";
import type { CountScore } from "./score.js";
import { share } from "./share.js";

/**
 * The samples that are the class both truly and predicted, of those that are either: TP / (TP + FN + FP),
 * 0..1, higher is better. Undefined where the class is neither true nor predicted of any sample. Source:
 * scikit-learn 1.9, `jaccard_score` (which answers 0 where undefined, and warns).
 * @example jaccard(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 0, 1, 1), yPred: Int32Array.of(0, 1, 1, 1) }), 0) // 0.5
 */
export function jaccard({ actual, predicted, correct }: ConfusionTable, code: number): number | undefined {
  return share(correct[code], (actual[code] ?? 0) + (predicted[code] ?? 0) - (correct[code] ?? 0));
}

const addJaccard: AddClassGradient = ({ actual, predicted, correct }, gradient, code, weight) => {
  const hits = correct[code] ?? 0;
  const either = (actual[code] ?? 0) + (predicted[code] ?? 0) - hits;
  if (either === 0) return;
  const byMargin = (weight * hits) / either ** 2;
  gradient.correct[code]! += weight / either + byMargin;
  gradient.actual[code]! -= byMargin;
  gradient.predicted[code]! -= byMargin;
};

export const jaccardMacroScore = {
  name: "jaccard_macro",
  title: "Jaccard index (macro)",
  kind: "classification",
  needsScore: false,
  binaryOnly: false,
  range: [0, 1],
  direction: "higher",
  best: 1,
  headline: false,
  meaning:
    "Mean of the classes' overlaps: samples both true and predicted, as a share of those that are either.",
  by: "counts",
  of: (table) => macroAverage(table, jaccard),
  caution: weightless,
  addGradient: addMacroGradient(addJaccard),
  everyClass: true,
} as const satisfies CountScore;
