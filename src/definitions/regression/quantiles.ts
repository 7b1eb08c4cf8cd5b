/**
 * The value below which a share of sorted numbers lies, where that share of their count is no whole number;
 * else the mean of the two values that it lies between. Source: Hyndman and Fan (1996), definition 2.
 * @example averagedQuantile(Float64Array.of(1, 2, 3, 4), 0.5) // 2.5
 */
export function averagedQuantile(sorted: Float64Array, share: number): number {
  const rank = share * sorted.length;
  const at = Math.min(Math.max(Math.ceil(rank), 1), sorted.length);
  if (at - rank > Number.EPSILON) return sorted[at - 1]!;
  return (sorted[at - 1]! + sorted[Math.min(at, sorted.length - 1)]!) / 2;
}
