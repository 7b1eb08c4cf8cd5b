/** Positions of the values, the smallest value first. */
export function ascendingOrder(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
}

/**
 * The value at which half of the weight is reached; where it is reached exactly, the mean of that value and of
 * the next that counts. "Exactly" is to 2.2e-16 in the unit of the weights. Source: scikit-learn 1.9,
 * `_weighted_percentile` with `average=True`.
 * @param order of the values, ascending
 * @example weightedMedian(Float64Array.of(1, 2, 3), Int32Array.of(0, 1, 2), Float64Array.of(1, 1, 2)) // 2.5
 */
export function weightedMedian(values: Float64Array, order: Int32Array, weights: Float64Array): number {
  let total = 0;
  for (let i = 0; i < order.length; i++) total += weights[order[i]!]!;
  const half = total / 2;
  let reached = 0;
  let at = -1;
  while (at < order.length - 1 && (at < 0 || reached < half)) reached += weights[order[++at]!]!;
  const value = values[order[at]!]!;
  if (reached - half > Number.EPSILON) return value;
  let next = at + 1;
  while (next < order.length && weights[order[next]!] === 0) next += 1;
  return next < order.length ? (value + values[order[next]!]!) / 2 : value;
}
