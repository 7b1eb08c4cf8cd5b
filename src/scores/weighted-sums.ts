import { blockwiseSum } from "./blockwise-sum.js";

/**
 * Sum of the values times their weights.
 * @example weightedSum(Float64Array.of(1, 2), Float64Array.of(3, 1)) // 5
 */
export function weightedSum(values: Float64Array, weights: Float64Array): number {
  return blockwiseSum(values.length, (from, to) => {
    let block = 0;
    for (let i = from; i < to; i++) block += values[i]! * weights[i]!;
    return block;
  });
}

/** Sum of the weights. */
export function sumOf(weights: Float64Array): number {
  return blockwiseSum(weights.length, (from, to) => {
    let block = 0;
    for (let i = from; i < to; i++) block += weights[i]!;
    return block;
  });
}

/**
 * Mean of the values by their weights. Source: numpy, `average`.
 * @example weightedMean(Float64Array.of(1, 2), Float64Array.of(3, 1)) // 1.25
 */
export function weightedMean(values: Float64Array, weights: Float64Array): number {
  return weightedSum(values, weights) / sumOf(weights);
}

/**
 * Weighted sum of the squared deviations from the weighted mean, as `variation`; exactly 0 where all values
 * that count are equal.
 * @example weightedVariation(Float64Array.of(1, 2, 3), Float64Array.of(1, 0, 1)) // 2
 */
export function weightedVariation(values: Float64Array, weights: Float64Array): number {
  if (isConstantWhereCounted(values, weights)) return 0;
  const sum = sumOf(weights);
  const mean = weightedSum(values, weights) / sum;
  let missed = 0;
  const squares = blockwiseSum(values.length, (from, to) => {
    let deviations = 0;
    let block = 0;
    for (let i = from; i < to; i++) {
      const deviation = values[i]! - mean;
      deviations += weights[i]! * deviation;
      block += weights[i]! * deviation * deviation;
    }
    missed += deviations;
    return block;
  });
  return squares - (missed * missed) / sum;
}

function isConstantWhereCounted(values: Float64Array, weights: Float64Array): boolean {
  let first: number | undefined;
  for (let i = 0; i < values.length; i++) {
    if (weights[i] === 0) continue;
    first ??= values[i]!;
    if (values[i] !== first) return false;
  }
  return true;
}
