import { fisherExact } from "../../statistics/fisher-exact.js";
import { newcombeInterval } from "../../statistics/newcombe-interval.js";
import { skewedTInterval, skewedTP } from "../../statistics/skewed-t.js";
import { type Population, subsetMeanP } from "../../statistics/subset-mean-p.js";
import { type CentralSums, welchDeviation } from "../../statistics/welch-deviation.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { noSpread } from "../intervals/add-interval.js";
import { whySkewDecides } from "../tail.js";
import type { SampleLosses } from "./sample-losses.js";

/** All that a test needs to know of the losses of some samples. */
export interface GroupSums {
  n: number;
  sum: number;
  /** Of the squared losses, and of their third powers; of shares the sum itself. */
  squares: number;
  cubes: number;
}

/** Of every cell at once. @param codes of each sample its cell, below `cells` */
export function cellSums(
  { values, isShare }: SampleLosses,
  codes: Uint8Array | Uint16Array,
  cells: number,
): GroupSums[] {
  const counts = new Int32Array(cells);
  const sums = new Float64Array(3 * cells);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    const value = values[i]!;
    counts[code]! += 1;
    sums[3 * code]! += value;
    if (isShare) continue;
    const square = value * value;
    sums[3 * code + 1]! += square;
    sums[3 * code + 2]! += square * value;
  }
  return Array.from(counts, (n, cell) => {
    const [sum, squares, cubes] = [sums[3 * cell]!, sums[3 * cell + 1]!, sums[3 * cell + 2]!];
    return { n, sum, squares: isShare ? sum : squares, cubes: isShare ? sum : cubes };
  });
}

export function without(all: GroupSums, some: GroupSums): GroupSums {
  return {
    n: all.n - some.n,
    sum: all.sum - some.sum,
    squares: all.squares - some.squares,
    cubes: all.cubes - some.cubes,
  };
}

export function totalOf(losses: SampleLosses): GroupSums {
  return cellSums(losses, new Uint8Array(losses.values.length), 1)[0]!;
}

/** The score of some samples with its interval, the same as for a whole experiment. */
export function groupScore(losses: SampleLosses, sums: GroupSums, level: number) {
  const { n, sum } = sums;
  const value = losses.centre + sum / n;
  if (losses.isShare) return { value, ...wilsonInterval(sum, n, level), method: "Wilson", reason: null };
  const nothing = { value, low: null, high: null, method: null };
  const { squares, cubes } = central(sums);
  if (n < 2 || !(squares > 0)) return { ...nothing, reason: noSpread };
  const deviation = {
    value,
    standardError: Math.sqrt(squares / (n * (n - 1))),
    skew: cubes / squares ** 1.5,
    degreesOfFreedom: n - 1,
  };
  const tail = losses.isHeavyTailed ? whySkewDecides(n, deviation.skew) : undefined;
  if (tail !== undefined) return { ...nothing, reason: tail };
  const { low, high } = skewedTInterval(deviation, level);
  return { value, low: Math.max(0, low), high, method: "skewness-corrected t", reason: null };
}

/**
 * How much the score of some samples is above that of others, with interval and two-sided p.
 * @param both the losses of all of them
 */
export function groupDifference(
  losses: SampleLosses,
  some: GroupSums,
  others: GroupSums,
  both: () => Population,
  level: number,
) {
  const value = some.sum / some.n - others.sum / others.n;
  if (losses.isShare) {
    return {
      value,
      ...newcombeInterval(some.sum, some.n, others.sum, others.n, level),
      p: fisherExact(some.sum, some.n, others.sum, others.n),
      method: "Fisher exact; interval: Newcombe",
      reason: null,
    };
  }
  const deviation = welchDeviation(central(some), central(others));
  if (!deviation) return { value, low: null, high: null, p: null, method: null, reason: noSpread };
  const p = meanP(some, skewedTP(deviation), both);
  const { low, high } = skewedTInterval(deviation, level);
  // Never without 0 where the other test finds nothing.
  const isPossible = p >= 1 - level;
  return {
    value,
    low: isPossible ? Math.min(low, 0) : low,
    high: isPossible ? Math.max(high, 0) : high,
    p,
    method: meanMethod,
    reason: null,
  };
}

const meanMethod = "Welch t, corrected for skewness, and permutation of the mean, the larger p";

/**
 * A few skewed losses mislead any t test; where the slice is like all others, a permutation test does not err
 * however skewed they are. Where it only has the same mean, Welch's t does not. So both must agree.
 */
function meanP(some: GroupSums, welch: number, both: () => Population): number {
  return Math.max(welch, subsetMeanP(both(), some.n, some.sum));
}

/**
 * The two-sided p where the first samples are worse, 1 where they are not, or nothing can be said.
 * @param both the losses of all of them; left out, a p that may be too small, but for shares
 */
export function pOfWorse(
  losses: SampleLosses,
  some: GroupSums,
  others: GroupSums,
  both?: () => Population,
): number {
  if (some.n === 0 || others.n === 0) return 1;
  if (losses.worse * (some.sum / some.n - others.sum / others.n) <= 0) return 1;
  if (losses.isShare) return fisherExact(some.sum, some.n, others.sum, others.n);
  const deviation = welchDeviation(central(some), central(others));
  if (!deviation) return 1;
  const welch = skewedTP(deviation);
  return both ? meanP(some, welch, both) : welch;
}

/** The sums are of deviations from the mean of all samples, so that little is lost in the subtraction. */
function central({ n, sum, squares, cubes }: GroupSums): CentralSums {
  const mean = sum / n;
  return {
    n,
    mean,
    squares: Math.max(0, squares - sum * mean),
    cubes: cubes - 3 * mean * squares + 2 * n * mean * mean * mean,
  };
}
