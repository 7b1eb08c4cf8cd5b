import { fisherExact } from "../../statistics/fisher-exact.js";
import { newcombeInterval } from "../../statistics/newcombe-interval.js";
import { type PowerSums, permutationTest } from "../../statistics/permutation-test.js";
import { studentQuantile } from "../../statistics/student-distribution.js";
import { type Moments, welchTest } from "../../statistics/welch-test.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { noSpread } from "../intervals/add-interval.js";
import type { SampleLosses } from "./sample-losses.js";

/** All that a test needs to know of the losses of some samples. */
export interface GroupSums {
  n: number;
  sum: number;
  /** Of the squared losses. */
  squares: number;
  /** Of the losses' ranks among those of all samples; 0 for shares. */
  ranks: number;
  rankSquares: number;
}

/** Of every cell at once. @param codes of each sample its cell, below `cells` */
export function cellSums(
  { values, ranks }: SampleLosses,
  codes: Uint8Array | Uint16Array,
  cells: number,
): GroupSums[] {
  const counts = new Int32Array(cells);
  const sums = new Float64Array(4 * cells);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    const value = values[i]!;
    counts[code]! += 1;
    sums[4 * code]! += value;
    if (!ranks) continue;
    const rank = ranks[i]!;
    sums[4 * code + 1]! += value * value;
    sums[4 * code + 2]! += rank;
    sums[4 * code + 3]! += rank * rank;
  }
  return Array.from(counts, (n, cell) => {
    const [sum, squares, rankSum, rankSquares] = sums.subarray(4 * cell, 4 * cell + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    return { n, sum, squares: ranks ? squares : sum, ranks: rankSum, rankSquares };
  });
}

export function without(all: GroupSums, some: GroupSums): GroupSums {
  return {
    n: all.n - some.n,
    sum: all.sum - some.sum,
    squares: all.squares - some.squares,
    ranks: all.ranks - some.ranks,
    rankSquares: all.rankSquares - some.rankSquares,
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
  const { variance } = moments(sums);
  const half = n < 2 ? 0 : studentQuantile(0.5 + level / 2, n - 1) * Math.sqrt(variance / n);
  return half > 0
    ? { value, low: Math.max(0, value - half), high: value + half, method: "t interval", reason: null }
    : { value, low: null, high: null, method: null, reason: noSpread };
}

/** How much the score of some samples is above that of others, with interval and two-sided p. */
export function groupDifference(losses: SampleLosses, some: GroupSums, others: GroupSums, level: number) {
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
  const test = welchTest(moments(some), moments(others), level);
  return test
    ? {
        value,
        low: test.low,
        high: test.high,
        p: meanP(some, others, test.p),
        method: meanMethod,
        reason: null,
      }
    : { value, low: null, high: null, p: null, method: null, reason: noSpread };
}

const meanMethod = "Welch t and Mann-Whitney, the larger p; interval: Welch t";

/**
 * Losses are skewed, so that a t test of a few of them says too much; ranks say nothing of the mean. A
 * difference is taken for real where both agree: then chance alone gives it no more often than the rank test
 * says, however skewed the losses are.
 */
function meanP(some: GroupSums, others: GroupSums, welch: number): number {
  const isAbove = some.sum / some.n > others.sum / others.n;
  if (isAbove !== some.ranks / some.n > others.ranks / others.n) return 1;
  return Math.max(welch, permutationTest(rankSums(some), rankSums(others)));
}

function rankSums({ n, ranks, rankSquares }: GroupSums): PowerSums {
  return { n, sum: ranks, squares: rankSquares };
}

/** The two-sided p where the first samples are worse, 1 where they are not, or nothing can be said. */
export function pOfWorse(losses: SampleLosses, some: GroupSums, others: GroupSums): number {
  if (some.n === 0 || others.n === 0) return 1;
  if (losses.worse * (some.sum / some.n - others.sum / others.n) <= 0) return 1;
  if (losses.isShare) return fisherExact(some.sum, some.n, others.sum, others.n);
  const test = welchTest(moments(some), moments(others), 0.95);
  return test ? meanP(some, others, test.p) : 1;
}

/** The squares are of deviations from the mean of all samples, so that little is lost in the subtraction. */
function moments({ n, sum, squares }: GroupSums): Moments {
  return { n, mean: sum / n, variance: Math.max(0, squares - (sum * sum) / n) / (n - 1) };
}
