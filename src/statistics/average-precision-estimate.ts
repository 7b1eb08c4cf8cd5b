import { type Estimate, influenceEstimate } from "./estimate.js";

/**
 * Average precision with each sample's influence on it. With A and B the shares of samples that are positive and negative and scored at
 * least t, precision is A / (A + B); a sample changes it at every threshold up to its own score, and a positive one adds a step of the
 * curve as well. Undefined without positives. Source: the definition, differentiated; the value is scikit-learn's `average_precision_score`.
 * @param order positions of the scores, ascending
 * @example averagePrecisionEstimate(Float64Array.of(0.1, 0.4, 0.6, 0.8), Uint8Array.of(0, 1, 0, 1), Uint32Array.of(0, 1, 2, 3))?.value // 0.8333333333333333
 */
export function averagePrecisionEstimate(
  scores: Float64Array,
  isPositive: Uint8Array,
  order: Uint32Array,
): Estimate | undefined {
  const samples = scores.length;
  let positives = 0;
  for (let i = 0; i < samples; i++) positives += isPositive[i]!;
  if (positives === 0) return undefined;
  const influences = new Float64Array(samples);
  let positivesFrom = positives; // at or above the threshold
  let negativesFrom = samples - positives;
  let gain = 0; // by one more positive sample at or above
  let loss = 0; // by one more negative sample at or above
  let value = 0;
  for (let start = 0; start < samples; ) {
    let end = start;
    let here = 0;
    const score = scores[order[start]!]!;
    while (end < samples && scores[order[end]!] === score) here += isPositive[order[end++]!]!;
    const all = positivesFrom + negativesFrom;
    const precision = positivesFrom / all;
    value += (here * precision) / positives;
    gain += (here * negativesFrom) / (all * all);
    loss += (here * positivesFrom) / (all * all);
    for (let i = start; i < end; i++) {
      const at = order[i]!;
      influences[at] = isPositive[at] === 1 ? precision + gain : -loss;
    }
    positivesFrom -= here;
    negativesFrom -= end - start - here;
    start = end;
  }
  const scale = samples / positives;
  for (let i = 0; i < samples; i++) influences[i] = scale * (influences[i]! - value * isPositive[i]!);
  return influenceEstimate(value, influences);
}
