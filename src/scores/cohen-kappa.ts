import { type ConfusionTable, marginProducts } from "./confusion-table.js";

/**
 * Agreement of the true and the predicted labels beyond chance, (p_o - p_e) / (1 - p_e): -1..1, higher is better, 0 as good
 * as chance. Undefined where y_true and y_pred have one and the same label throughout: chance already agrees everywhere.
 * Source: scikit-learn 1.9, `cohen_kappa_score` without weights.
 * @example cohenKappa(confusionTable({ labels: ["a", "b"], yTrue: Int32Array.of(0, 0, 1, 1), yPred: Int32Array.of(0, 1, 1, 1) })) // 0.5
 */
export function cohenKappa(table: ConfusionTable): number | undefined {
  const { samples, totalCorrect } = table;
  const disagreementByChance = samples * samples - marginProducts(table).actualByPredicted;
  if (disagreementByChance === 0) return undefined;
  return 1 - ((samples - totalCorrect) * samples) / disagreementByChance;
}
