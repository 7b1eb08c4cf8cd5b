import { normalTail } from "./normal-distribution.js";

/** How many values, their sum, and the sum of their squares. */
export interface PowerSums {
  n: number;
  sum: number;
  squares: number;
}

/**
 * How likely the first values would be this far above or below the second ones if it were by chance which are
 * which, two-sided, by the normal approximation of all ways to divide them. Of ranks this is the Mann-Whitney
 * test with the variance corrected for ties, without continuity correction. 1 where all are equal. Source:
 * scipy, `mannwhitneyu(method="asymptotic", use_continuity=False)`.
 * @example permutationTest({ n: 2, sum: 0, squares: 0 }, { n: 2, sum: 0, squares: 0 }) // 1
 */
export function permutationTest(first: PowerSums, second: PowerSums): number {
  const n = first.n + second.n;
  const mean = (first.sum + second.sum) / n;
  const spread = first.squares + second.squares - n * mean * mean;
  const variance = ((first.n * second.n) / n) * (spread / (n - 1));
  if (!(variance > 0)) return 1;
  return Math.min(1, 2 * normalTail(Math.abs(first.sum - first.n * mean) / Math.sqrt(variance)));
}
