import type { Deviation } from "./skewed-t.js";

/** How many values, their mean, and the sums of the second and third powers of their deviations from it. */
export interface CentralSums {
  n: number;
  mean: number;
  squares: number;
  cubes: number;
}

/**
 * How much the first mean is above the second, with its deviation, whatever their variances: Welch's t test
 * where there is no skewness. Undefined for fewer than two values on a side, and where neither side varies.
 * Source: B. L. Welch (1947); scipy, `ttest_ind(equal_var=False)`.
 * @example welchDeviation({ n: 2, mean: 1, squares: 0, cubes: 0 }, { n: 2, mean: 1, squares: 0, cubes: 0 }) // undefined
 */
export function welchDeviation(first: CentralSums, second: CentralSums): Deviation | undefined {
  if (first.n < 2 || second.n < 2) return undefined;
  const scale = Math.sqrt(Math.max(first.squares, second.squares));
  const [a, b] = [first, second].map(({ n, squares }) => squares / (scale * scale) / (n * (n - 1))) as [
    number,
    number,
  ];
  const variance = a + b;
  if (!(variance > 0 && Number.isFinite(scale))) return undefined;
  const [cubesA, cubesB] = [first, second].map(
    ({ n, cubes }) => cubes / (scale * scale * scale) / (n * (n - 1)) ** 1.5,
  ) as [number, number];
  return {
    value: first.mean - second.mean,
    standardError: scale * Math.sqrt(variance),
    skew: Math.min(1, Math.max(-1, (cubesA - cubesB) / variance ** 1.5)),
    degreesOfFreedom: variance ** 2 / (a ** 2 / (first.n - 1) + b ** 2 / (second.n - 1)),
  };
}
