import type { ClassRanking } from "./class-ranking.js";
import type { RankedEstimate } from "./ranked-estimate.js";

/**
 * Area under the ROC curve with DeLong's components: of a positive sample the share of negatives below it, of
 * a negative one the share of positives above it, ties counting half. Undefined without two positives and two
 * negatives. Source: E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson (1988); X. Sun and W. Xu (2014) for
 * the ranks.
 * @example aucEstimate(classRanking(Float64Array.of(0.1, 0.35, 0.4, 0.8), Int32Array.of(0, 1, 0, 1), 1))?.value // 0.75
 */
export function aucEstimate({
  positives,
  negatives,
  positivesAt,
  negativesAt,
}: ClassRanking): RankedEstimate | undefined {
  if (positives < 2 || negatives < 2) return undefined;
  const thresholds = positivesAt.length;
  const ofPositives = 2 * thresholds + 1;
  const parts = new Float64Array(ofPositives + thresholds);
  let positivesBelow = 0;
  let negativesBelow = 0;
  let pairsTwice = 0;
  for (let j = 0; j < thresholds; j++) {
    const here = positivesAt[j]!;
    const equal = negativesAt[2 * j + 1]!;
    negativesBelow += negativesAt[2 * j]!;
    parts[2 * j] = (positives - positivesBelow) / positives;
    parts[2 * j + 1] = (positives - positivesBelow - here / 2) / positives;
    parts[ofPositives + j] = (negativesBelow + equal / 2) / negatives;
    pairsTwice += here * (2 * negativesBelow + equal);
    positivesBelow += here;
    negativesBelow += equal;
  }
  const value = pairsTwice / (2 * positives * negatives);
  const positiveScale = 1 / Math.sqrt(positives * (positives - 1));
  const negativeScale = 1 / Math.sqrt(negatives * (negatives - 1));
  for (let place = 0; place < parts.length; place++) {
    parts[place] = (parts[place]! - value) * (place < ofPositives ? negativeScale : positiveScale);
  }
  return { value, parts };
}
