import type { Estimate, Interval } from "./estimate.js";
import { studentInterval } from "./grouped-interval.js";

/** So many slow waves measure how much the mean of dependent samples varies: the degrees of freedom. */
export const waves = 8;
/** With fewer samples that are as good as independent, even that errs. */
export const leastIndependent = 40;

/**
 * Interval and p-value of an estimate whose samples follow each other in time and depend on their neighbours:
 * the long-run variance is the mean of the squared sums with the 8 slowest cosines, so that Student's t has 8
 * degrees of freedom. Of the losses of two forecasts this is the Diebold-Mariano test. Sources: F. Diebold
 * and R. Mariano (1995), Comparing Predictive Accuracy; E. Lazarus, D. Lewis, J. Stock and M. Watson (2018),
 * HAR Inference (the equal-weighted cosine test).
 * @param order the samples' positions, the earliest first
 * @returns undefined where the samples depend on each other for so long that fewer than 40 are as good as
 * independent, or do not vary
 * @example orderedInterval({ value: 1, parts: Float64Array.of(1, -1) }, Int32Array.of(0, 1), 0.95) // undefined
 */
export function orderedInterval(
  { value, parts }: Estimate,
  order: Int32Array,
  level: number,
): Interval | undefined {
  const n = parts.length;
  if (n < leastIndependent || n / dependentFor(parts, order) < leastIndependent) return undefined;
  let squares = 0;
  for (let wave = 1; wave <= waves; wave++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += parts[order[i]!]! * Math.cos((Math.PI * wave * (i + 0.5)) / n);
    squares += sum * sum;
  }
  const standardError = Math.sqrt((2 * squares * (n - 1)) / (waves * n));
  return studentInterval(value, standardError, waves, level);
}

/**
 * How many neighbours in time say as much as one independent sample: 1 plus twice the autocorrelations,
 * summed up to where 5 times that sum ends. 1 or more. Source: A. Sokal (1997), Monte Carlo Methods in
 * Statistical Mechanics.
 * @example dependentFor(Float64Array.of(1, -1, 1, -1), Int32Array.of(0, 1, 2, 3)) // 1
 */
export function dependentFor(parts: Float64Array, order: Int32Array): number {
  const n = parts.length;
  let variance = 0;
  for (let i = 0; i < n; i++) variance += parts[i]! * parts[i]!;
  if (!(variance > 0)) return 1;
  let length = 1;
  for (let lag = 1; lag < n / 3 && lag < 5 * length; lag++) {
    let product = 0;
    for (let i = lag; i < n; i++) product += parts[order[i]!]! * parts[order[i - lag]!]!;
    length += (2 * product) / variance;
  }
  return Math.max(1, length);
}
