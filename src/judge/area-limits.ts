import { aucEstimate } from "../statistics/auc-estimate.js";
import { aucLimits } from "../statistics/auc-limits.js";
import { classRanking } from "../statistics/class-ranking.js";
import type { Estimate } from "../statistics/estimate.js";
import { limitsOfSum } from "../statistics/limits-of-sum.js";
import { addRanked } from "../statistics/ranked-estimate.js";
import type { Limits } from "../statistics/share-limits.js";
import type { JudgedClasses } from "./pairing/judged-sample.js";
import { classCounts } from "./too-few-for-scores.js";

/** With so many samples of a class and of the others DeLong's interval holds. */
const enoughForDeLong = 100;

/**
 * Limits of ROC AUC where a class is too rare for DeLong's normal interval: Newcombe's of the area of each
 * such class, with what DeLong's variance has beyond theirs. Undefined where every class is frequent enough.
 */
export function areaLimits(
  { yTrue, scores, scored, labels }: JudgedClasses,
  area: Estimate,
): ((z: number) => Limits) | undefined {
  const samples = yTrue.length;
  const counts = classCounts({ labels, yTrue });
  const rare = scores.flatMap((ofClass, i) => {
    const positives = counts[scored[i]!]!;
    if (Math.min(positives, samples - positives) >= enoughForDeLong) return [];
    const ranking = classRanking(ofClass, yTrue, scored[i]!);
    const found = aucEstimate(ranking)!;
    const { parts } = addRanked(
      { value: 0, parts: new Float64Array(samples) },
      found,
      ranking,
      1 / scores.length,
    );
    return [{ value: found.value, positives, variance: sumOfSquares(parts) }];
  });
  if (rare.length === 0) return undefined;
  const variance = sumOfSquares(area.parts);
  return (z) =>
    limitsOfSum(
      area.value,
      rare.map(({ value, positives, variance: ofClass }) => {
        const { low, high } = aucLimits(value, positives, samples - positives, z);
        return {
          below: (value - low) / scores.length,
          above: (high - value) / scores.length,
          variance: ofClass,
        };
      }),
      variance,
      z,
    );
}

function sumOfSquares(parts: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < parts.length; i++) squares += parts[i]! * parts[i]!;
  return squares;
}

/** How two estimates of the same samples go together, -1..1; 0 where one does not vary. */
export function partsCorrelation(first: Float64Array, second: Float64Array): number {
  let product = 0;
  for (let i = 0; i < first.length; i++) product += first[i]! * second[i]!;
  const spread = Math.sqrt(sumOfSquares(first) * sumOfSquares(second));
  return spread > 0 ? product / spread : 0;
}
