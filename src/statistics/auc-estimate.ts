import type { Estimate } from "./estimate.js";

/**
 * Area under the ROC curve with DeLong's components, in one pass over the sorted scores: of a positive sample the share of negatives
 * below it, of a negative one the share of positives above it, ties counting half. Undefined without two positives and two negatives.
 * Source: E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson (1988); X. Sun and W. Xu (2014) for the ranks.
 * @param order positions of the scores, ascending
 * @example aucEstimate(Float64Array.of(0.1, 0.35, 0.4, 0.8), Uint8Array.of(0, 1, 0, 1), Uint32Array.of(0, 1, 2, 3))?.value // 0.75
 */
export function aucEstimate(
  scores: Float64Array,
  isPositive: Uint8Array,
  order: Uint32Array,
): Estimate | undefined {
  const samples = scores.length;
  let positives = 0;
  for (let i = 0; i < samples; i++) positives += isPositive[i]!;
  const negatives = samples - positives;
  if (positives < 2 || negatives < 2) return undefined;
  const parts = new Float64Array(samples);
  let positivesBelow = 0;
  let negativesBelow = 0;
  let pairsTwice = 0;
  for (let start = 0; start < samples; ) {
    let end = start;
    let positivesHere = 0;
    const score = scores[order[start]!]!;
    while (end < samples && scores[order[end]!] === score) positivesHere += isPositive[order[end++]!]!;
    const negativesHere = end - start - positivesHere;
    const below = (negativesBelow + negativesHere / 2) / negatives;
    const above = (positives - positivesBelow - positivesHere / 2) / positives;
    for (let i = start; i < end; i++) {
      const at = order[i]!;
      parts[at] = isPositive[at] === 1 ? below : above;
    }
    pairsTwice += positivesHere * (2 * negativesBelow + negativesHere);
    positivesBelow += positivesHere;
    negativesBelow += negativesHere;
    start = end;
  }
  const value = pairsTwice / (2 * positives * negatives);
  const positiveScale = 1 / Math.sqrt(positives * (positives - 1));
  const negativeScale = 1 / Math.sqrt(negatives * (negatives - 1));
  for (let i = 0; i < samples; i++) {
    parts[i] = (parts[i]! - value) * (isPositive[i] === 1 ? positiveScale : negativeScale);
  }
  return { value, parts };
}
