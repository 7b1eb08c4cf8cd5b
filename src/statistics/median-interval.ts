import { normalQuantile } from "./normal-distribution.js";
import { selectRank } from "./select-rank.js";

/**
 * Interval of a median between two of the values, without assuming anything of their distribution: the number
 * of values below the median is binomial, by its normal approximation. Undefined for fewer than 8 values,
 * where that does not hold. Source: W. J. Conover (1999), Practical Nonparametric Statistics, 3.2.
 * @param values in any order; they change places
 * @example medianInterval(Float64Array.of(1, 10, 3, 8, 5, 6, 7, 4, 9, 2), 0.95) // { low: 2, high: 9 }
 */
export function medianInterval(
  values: Float64Array,
  level: number,
): { low: number; high: number } | undefined {
  const n = values.length;
  if (n < 8) return undefined;
  const half = (normalQuantile(0.5 + level / 2) * Math.sqrt(n)) / 2;
  const rank = Math.max(Math.floor(n / 2 - half + 0.5), 1);
  const low = selectRank(values, rank - 1);
  return { low, high: selectRank(values, n - rank, rank - 1) };
}
