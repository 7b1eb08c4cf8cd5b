import { normalQuantile } from "./normal-distribution.js";

/**
 * Interval of a median between two of the sorted values, without assuming anything of their distribution: the number of values below the
 * median is binomial, by its normal approximation. Undefined for fewer than 8 values, where that does not hold.
 * Source: W. J. Conover (1999), Practical Nonparametric Statistics, 3.2.
 * @example medianInterval(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 0.95) // { low: 2, high: 9 }
 */
export function medianInterval(
  sorted: Float64Array,
  level: number,
): { low: number; high: number } | undefined {
  const n = sorted.length;
  if (n < 8) return undefined;
  const half = (normalQuantile(0.5 + level / 2) * Math.sqrt(n)) / 2;
  const rank = Math.max(Math.floor(n / 2 - half + 0.5), 1);
  return { low: sorted[rank - 1]!, high: sorted[n - rank]! };
}
