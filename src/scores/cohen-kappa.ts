import { type ConfusionTable, codesWhere, marginProducts } from "./confusion-table.js";
import { labelList } from "./label-list.js";
import type { CountScore } from "./score.js";

/**
 * Agreement of the true and the predicted labels beyond chance, (p_o - p_e) / (1 - p_e): -1..1, higher is
 * better, 0 as good as chance. Undefined where y_true and y_pred have one and the same label throughout:
 * chance already agrees everywhere. Source: scikit-learn 1.9, `cohen_kappa_score` without weights.
 * @example cohenKappa(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 0, 1, 1), yPred: Int32Array.of(0, 1, 1, 1) })) // 0.5
 */
export function cohenKappa(table: ConfusionTable): number | undefined {
  const { samples, totalCorrect } = table;
  const disagreementByChance = samples * samples - marginProducts(table).actualByPredicted;
  if (disagreementByChance === 0) return undefined;
  return 1 - ((samples - totalCorrect) * samples) / disagreementByChance;
}

export const cohenKappaScore = {
  name: "cohen_kappa",
  title: "Cohen's kappa",
  kind: "classification",
  needsScore: false,
  binaryOnly: false,
  range: [-1, 1],
  direction: "higher",
  best: 1,
  headline: false,
  meaning: "Agreement of the true and the predicted labels beyond what chance would give.",
  by: "counts",
  of: cohenKappa,
  whyUndefined({ table, labels }) {
    const present = codesWhere(table, (code) => table.actual[code]! > 0);
    return `every label of y_true and y_pred is ${labelList(present.map((code) => labels[code]!))}: chance alone agrees everywhere`;
  },
  addGradient(table, gradient) {
    const { samples, totalCorrect, actual, predicted } = table;
    const wrong = (samples - totalCorrect) * samples;
    const wrongByChance = samples ** 2 - marginProducts(table).actualByPredicted;
    if (wrongByChance === 0) return;
    const ratio = wrong / wrongByChance;
    for (let code = 0; code < actual.length; code++) {
      gradient.correct[code] = samples / wrongByChance;
      gradient.actual[code] = (-ratio * predicted[code]!) / wrongByChance;
      gradient.predicted[code] = (-ratio * actual[code]!) / wrongByChance;
    }
    gradient.samples = (2 * ratio * samples - (2 * samples - totalCorrect)) / wrongByChance;
  },
} as const satisfies CountScore;
