import {
  drawnStatistics,
  leftOut,
  mostDraws,
  type Resampled,
  type ResampledTogether,
  sortedDraws,
} from "./bootstrap-draws.js";
import type { Interval } from "./estimate.js";
import { intervalOfLimits } from "./interval-of-limits.js";
import { normalQuantile, normalTail } from "./normal-distribution.js";

/** Share of the draws that may lie on one side of the value: of more, draws do not do as new samples would. */
const mostOnOneSide = 0.8;

/**
 * The bias-corrected and accelerated bootstrap interval of a statistic, and p of its being 0 by the same
 * limits turned round; of more than 50,000 samples, which are drawn fewer times than 1,000, the normal
 * interval with the draws' deviation. The same seed gives the same numbers on every computer. Source: B. Efron
 * (1987), Better Bootstrap Confidence Intervals; scipy, `bootstrap(method="BCa")`.
 * @param value of all samples
 * @returns without an interval, the reason as a part of a sentence
 * @example bootstrapInterval(1, { count: 3, valueOf: () => 1 }, 0.95, 0) // { why: "3 samples are fewer than 20" }
 */
export function bootstrapInterval(
  value: number,
  { valueOf, ...resampled }: Resampled,
  level: number,
  seed: number,
): Interval | { why: string } {
  const together = { ...resampled, valuesOf: (rows: Int32Array) => [valueOf(rows)] };
  return bootstrapIntervals([value], together, level, seed)[0]!;
}

/**
 * The same of several statistics, each made of the same draws.
 * @param values of all samples
 * @example bootstrapIntervals([1], { count: 3, valuesOf: () => [1] }, 0.95, 0) // [{ why: "3 samples are fewer than 20" }]
 */
export function bootstrapIntervals(
  values: readonly number[],
  resampled: ResampledTogether,
  level: number,
  seed: number,
): (Interval | { why: string })[] {
  if (values.length === 0) return [];
  const found = drawnStatistics(resampled, values.length, seed);
  if ("why" in found) return values.map(() => found);
  const { draws } = found;
  // Of few draws no more than their deviation is known.
  const parts = draws < mostDraws / 2 ? undefined : leftOut(resampled, values.length);
  return values.map((value, i) => {
    const sorted = sortedDraws(found.values[i]!, draws);
    if ("why" in sorted) return sorted;
    const below = shareBelow(sorted, value);
    if (below > mostOnOneSide || below < 1 - mostOnOneSide) return { why: onOneSide(below) };
    const wider = (z: number) => expanded(z, resampled.effective);
    if (!parts) return normalInterval(value, sorted, level, wider);
    const bias = normalQuantile(below);
    const a = acceleration(parts[i]!);
    return intervalOfDraws(value, { sorted, draws }, level, (z) => {
      const shifted = bias + Math.sign(z) * wider(Math.abs(z));
      return bias + shifted / Math.max(1 - a * shifted, 1e-9);
    });
  });
}

function onOneSide(below: number): string {
  const [share, what] = below > 0.5 ? [below, "less"] : [1 - below, "more"];
  return `${Math.floor(100 * share)} of 100 draws from these samples give ${what}: it hangs on how many there are`;
}

/**
 * The bootstrap interval of the difference of two statistics of the same samples: percentiles of the draws, as
 * much farther out as Student's t is wider than the normal distribution. It is not corrected for bias: two
 * statistics that are alike have it alike, and the correction would add its own error to the difference.
 * Source: T. Hesterberg (2015), What Teachers Should Know About the Bootstrap.
 * @returns without an interval, the reason as a part of a sentence
 * @example bootstrapDifference(1, { count: 3, valueOf: () => 1 }, 0.95, 0) // { why: "3 samples are fewer than 20" }
 */
export function bootstrapDifference(
  value: number,
  { valueOf, ...resampled }: Resampled,
  level: number,
  seed: number,
): Interval | { why: string } {
  const found = drawnStatistics({ ...resampled, valuesOf: (rows) => [valueOf(rows)] }, 1, seed);
  if ("why" in found) return found;
  const { draws } = found;
  const sorted = sortedDraws(found.values[0]!, draws);
  if ("why" in sorted) return sorted;
  const wider = (z: number) => expanded(z, resampled.effective ?? resampled.groups?.count ?? resampled.count);
  if (draws < mostDraws / 2) return normalInterval(value, sorted, level, wider);
  return intervalOfDraws(value, { sorted, draws }, level, (z) => Math.sign(z) * wider(Math.abs(z)));
}

function normalInterval(
  value: number,
  sorted: Float64Array,
  level: number,
  wider: (z: number) => number,
): Interval {
  const standardError = deviation(sorted);
  const limitsAt = (z: number) => ({
    low: value - wider(z) * standardError,
    high: value + wider(z) * standardError,
  });
  return intervalOfLimits(value, limitsAt, standardError, level);
}

/** @param place where a limit so many deviations away is among the draws, in their own deviations */
function intervalOfDraws(
  value: number,
  { sorted, draws }: { sorted: Float64Array; draws: number },
  level: number,
  place: (z: number) => number,
): Interval {
  const endpoint = (z: number) => quantile(sorted, 1 - normalTail(place(z)));
  const limitsAt = (z: number) => ({ low: endpoint(-z), high: endpoint(z) });
  const interval = intervalOfLimits(value, limitsAt, deviation(sorted), level);
  // What no draw shows is rarer than one of them, and no more is known of it.
  return { ...interval, p: Math.max(interval.p, 1 / draws) };
}

/** Student's quantile of a normal one, to the first order, and the deviation with n - 1 in place of n. */
function expanded(z: number, effective: number | undefined): number {
  if (effective === undefined) return z;
  const degreesOfFreedom = effective - 1;
  return Math.sqrt(effective / degreesOfFreedom) * (z + (z ** 3 + z) / (4 * degreesOfFreedom));
}

/** Of deviations over the largest of them, whose third powers are in a double's range whatever the unit. */
function acceleration(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(mean - value)), 0);
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    const share = (mean - value) / largest;
    squares += share ** 2;
    cubes += share ** 3;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}

function deviation(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value - values[0]!;
  const mean = values[0]! + sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** Share of the sorted values below x, ties counting half; never 0 or 1, since there are only so many. */
function shareBelow(sorted: Float64Array, x: number): number {
  let below = 0;
  while (below < sorted.length && sorted[below]! < x) below += 1;
  let notAbove = below;
  while (notAbove < sorted.length && sorted[notAbove] === x) notAbove += 1;
  const share = (below + notAbove) / 2 / sorted.length;
  const least = 0.5 / (sorted.length + 1);
  return Math.min(Math.max(share, least), 1 - least);
}

/** Linear between the order statistics, as numpy does it. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.min(Math.max(Math.floor(at), 0), sorted.length - 1);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}
