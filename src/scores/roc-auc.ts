import { absentClasses, unevenSum } from "./classification-context.js";
import type { RankedScores } from "./ranked-scores.js";
import type { ProbabilityScore } from "./score.js";

/**
 * Area under the ROC curve: the chance that a positive sample is scored above a negative one, ties counting
 * half. 0..1, higher is better, 0.5 as good as chance. Undefined without positives or without negatives. Only
 * the order of the scores matters. Source: scikit-learn 1.9, `roc_auc_score` of two classes; Hanley and
 * McNeil (1982).
 *
 * The count of ordered pairs is an integer and exact up to 134 million samples.
 * @example rocAuc({ positives: Float64Array.of(0.35, 0.8), negatives: Float64Array.of(0.1, 0.4) }) // 0.75
 */
export function rocAuc({ positives, negatives }: RankedScores): number | undefined {
  if (positives.length === 0 || negatives.length === 0) return undefined;
  let below = 0;
  let notAbove = 0;
  let twicePairsInOrder = 0;
  for (let i = 0; i < positives.length; i++) {
    const score = positives[i]!;
    while (below < negatives.length && negatives[below]! < score) below += 1;
    if (notAbove < below) notAbove = below;
    while (notAbove < negatives.length && negatives[notAbove] === score) notAbove += 1;
    twicePairsInOrder += below + notAbove;
  }
  return twicePairsInOrder / (2 * positives.length * negatives.length);
}

export const rocAucScore = {
  name: "roc_auc",
  title: "ROC AUC",
  kind: "classification",
  needsScore: true,
  binaryOnly: false,
  range: [0, 1],
  direction: "higher",
  best: 1,
  headline: true,
  meaning: "Chance that a positive sample is scored above a negative one, ties counting half.",
  of({ probabilities }) {
    return probabilities!.check.unevenRows > 0 ? undefined : probabilities!.ranking().rocAuc;
  },
  whyUndefined(context) {
    const { table, positive, probabilities } = context;
    if (positive === undefined) return absentClasses(context) ?? unevenSum(probabilities!.check.worstSum);
    const missing = (table.actual[positive] ?? 0) === 0 ? "positive" : "negative";
    return `y_true has one class only: there is no ${missing} sample to rank`;
  },
  by: "ranking",
  ranking: "auc",
} as const satisfies ProbabilityScore;
