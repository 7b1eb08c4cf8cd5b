import { absentClasses } from "./classification-context.js";
import type { RankedScores } from "./ranked-scores.js";
import type { ProbabilityScore } from "./score.js";

/**
 * Sum over the thresholds, from the highest score down, of the recall gained there times the precision there:
 * 0..1, higher is better, the share of positives as good as chance. Samples with the same score share a
 * threshold. Undefined without positives. Source: scikit-learn 1.9, `average_precision_score` of two classes
 * (which answers 0 without positives, and warns).
 * @example averagePrecision({ positives: Float64Array.of(0.4, 0.8), negatives: Float64Array.of(0.1, 0.6) }) // 0.8333333333333333
 */
export function averagePrecision({ positives, negatives }: RankedScores): number | undefined {
  if (positives.length === 0) return undefined;
  let sum = 0;
  let lost = 0; // Kahan's compensation: there can be millions of terms
  let negative = negatives.length;
  for (let positive = positives.length; positive > 0; ) {
    const score = positives[positive - 1]!;
    const before = positive;
    while (positive > 0 && positives[positive - 1] === score) positive -= 1;
    while (negative > 0 && negatives[negative - 1]! >= score) negative -= 1;
    const truePositives = positives.length - positive;
    const falsePositives = negatives.length - negative;
    const term = ((before - positive) * truePositives) / (truePositives + falsePositives) - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
  }
  return sum / positives.length;
}

export const averagePrecisionScore = {
  name: "average_precision",
  title: "Average precision",
  kind: "classification",
  needsScore: true,
  binaryOnly: false,
  range: [0, 1],
  direction: "higher",
  best: 1,
  headline: true,
  meaning:
    "Precision averaged over the recall gained at each threshold: the precision-recall curve in one figure.",
  of: ({ probabilities }) => probabilities!.ranking().averagePrecision,
  whyUndefined: (context) =>
    context.positive === undefined
      ? (absentClasses(context) ?? "")
      : "y_true has no sample of the positive class",
  by: "ranking",
  ranking: "average precision",
} as const satisfies ProbabilityScore;
