import { sortOrder } from "./sort-order.js";
import type { Population } from "./subset-mean-p.js";

/** Numbers put into bins of nearly equal ones, so that any part of them is known by its counts. */
export interface BinnedValues {
  /** Of each value, its place in `means`. */
  bins: Uint16Array;
  /** Of each bin, in ascending order. */
  means: Float64Array;
}

/** At most so many values to a bin, as a share of all. */
const largestShare = 1 / 300;
/** Of the variance of all, what a bin may have, so that large values have their own. */
const largestSpread = 1e-5;

/**
 * Bins in which the values vary so little that a sum of the bins' means is a sum of the values: equal values
 * are in one, and the few that decide a sum have one each.
 * @param values around 0
 * @example binnedValues(Float64Array.of(5, -1, 5)) // { bins: Uint16Array.of(1, 0, 1), means: Float64Array.of(-1, 5) }
 */
export function binnedValues(values: Float64Array): BinnedValues {
  const order = sortOrder(values);
  const n = values.length;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += values[i]! * values[i]!;
  const mostValues = Math.max(1, Math.floor(n * largestShare));
  const mostSpread = largestSpread * squares;
  const bins = new Uint16Array(n);
  const means: number[] = [];
  for (let from = 0; from < n; ) {
    const least = values[order[from]!]!;
    let [to, sum] = [from, 0];
    for (; to < n; to++) {
      const distance = values[order[to]!]! - least;
      if (distance > 0 && (to - from >= mostValues || distance * distance * (to - from) > mostSpread)) break;
      bins[order[to]!] = means.length;
      sum += distance;
    }
    means.push(least + sum / (to - from));
    from = to;
  }
  return { bins, means: Float64Array.from(means) };
}

/**
 * Those values of which `codes` is `code`, or all.
 * @example binnedPopulation(binnedValues(Float64Array.of(5, -1, 5))).counts // Float64Array.of(1, 2)
 */
export function binnedPopulation(
  { bins, means }: BinnedValues,
  codes?: ArrayLike<number>,
  code = 0,
): Population {
  const counts = new Float64Array(means.length);
  for (let i = 0; i < bins.length; i++) if (!codes || codes[i] === code) counts[bins[i]!]! += 1;
  if (!codes) return { values: means, counts };
  const kept = [...counts.keys()].filter((bin) => counts[bin]! > 0);
  return {
    values: Float64Array.from(kept, (bin) => means[bin]!),
    counts: Float64Array.from(kept, (bin) => counts[bin]!),
  };
}
