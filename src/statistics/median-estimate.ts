import type { Estimate } from "./estimate.js";
import { medianInterval } from "./median-interval.js";
import { normalQuantile } from "./normal-distribution.js";
import { selectRank } from "./select-rank.js";

/**
 * Median with each value's part in its deviation: its standard error is the width of the interval by order
 * statistics over twice z, and values differ in being above the median or not. So two medians of the same
 * samples are compared without a guess at a density. Undefined where `medianInterval` is, or where that has
 * no width. Source: R. S. Woodruff (1952), Confidence Intervals for Medians and Other Position Measures.
 * @example medianEstimate(Float64Array.of(1, 10, 3, 8, 5, 6, 7, 4, 9, 2), 0.95)?.value // 5.5
 */
export function medianEstimate(values: Float64Array, level: number): Estimate | undefined {
  const places = values.slice();
  const interval = medianInterval(places, level);
  if (!interval || interval.low === interval.high) return undefined;
  const n = values.length;
  const lower = selectRank(places, (n - 1) >> 1);
  const value = (lower + selectRank(places, n >> 1, (n - 1) >> 1)) / 2;
  let above = 0;
  for (let i = 0; i < n; i++) if (values[i]! > value) above += 1;
  const standardError = (interval.high - interval.low) / (2 * normalQuantile(0.5 + level / 2));
  const share = above / n;
  const scale = standardError / Math.sqrt(n * share * (1 - share));
  const parts = new Float64Array(n);
  for (let i = 0; i < n; i++) parts[i] = scale * ((values[i]! > value ? 1 : 0) - share);
  return { value, parts };
}
