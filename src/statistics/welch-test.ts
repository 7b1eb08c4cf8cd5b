import { studentQuantile, studentTwoSided } from "./student-distribution.js";

/** How many values, their mean, and their variance with n - 1. */
export interface Moments {
  n: number;
  mean: number;
  variance: number;
}

/**
 * Welch's t test of two means and the interval of their difference, first less second, whatever their
 * variances. Undefined for fewer than two values on a side, and where neither side varies. Source: B. L.
 * Welch (1947); scipy, `ttest_ind(equal_var=False)`.
 * @example welchTest({ n: 2, mean: 1, variance: 0 }, { n: 2, mean: 1, variance: 0 }, 0.95) // undefined
 */
export function welchTest(
  first: Moments,
  second: Moments,
  level: number,
): { difference: number; low: number; high: number; p: number } | undefined {
  if (first.n < 2 || second.n < 2) return undefined;
  const [a, b] = [first.variance / first.n, second.variance / second.n];
  const standardError = Math.sqrt(a + b);
  if (!(standardError > 0 && Number.isFinite(standardError))) return undefined;
  const degreesOfFreedom = (a + b) ** 2 / (a ** 2 / (first.n - 1) + b ** 2 / (second.n - 1));
  const difference = first.mean - second.mean;
  const half = studentQuantile(0.5 + level / 2, degreesOfFreedom) * standardError;
  return {
    difference,
    low: difference - half,
    high: difference + half,
    p: studentTwoSided(difference / standardError, degreesOfFreedom),
  };
}
