import { normalTail } from "./normal-distribution.js";

/**
 * Above this the normal distribution takes the place of the exact one: its p is then within 5 % of the exact
 * p from 0.001 up, ties or not.
 */
const exactUpTo = 400;

/**
 * Wilcoxon's signed-rank test: how likely differences would lie this much on one side of 0 if they were
 * symmetric around it. Zeros are left out, ties share their mean rank. Up to 400 differences by all ways to
 * give them signs, ties included; of more by the normal distribution with the variance corrected for ties,
 * without continuity correction. 1 where every difference is 0. Source: F. Wilcoxon (1945); scipy,
 * `wilcoxon(method=PermutationMethod())`.
 * @example wilcoxonSignedRank(Float64Array.of(1, 2, 3)) // { p: 0.25, exact: true, ranked: 3 }
 * @example wilcoxonSignedRank(Float64Array.of(1, 1, 1, 1, 1, 1)).p // 0.03125
 */
export function wilcoxonSignedRank(differences: Float64Array): { p: number; exact: boolean; ranked: number } {
  let above = 0;
  let below = 0;
  for (let i = 0; i < differences.length; i++) {
    if (differences[i]! > 0) above += 1;
    else if (differences[i]! < 0) below += 1;
  }
  const n = above + below;
  if (n === 0) return { p: 1, exact: true, ranked: 0 };
  const gains = new Float64Array(above);
  const losses = new Float64Array(below);
  for (let i = 0, gain = 0, loss = 0; i < differences.length; i++) {
    if (differences[i]! > 0) gains[gain++] = differences[i]!;
    else if (differences[i]! < 0) losses[loss++] = -differences[i]!;
  }
  const { rankSum, ties, ranks } = mergeRanks(gains.sort(), losses.sort());
  const most = (n * (n + 1)) / 2;
  if (n <= exactUpTo) return { p: exactP(ranks, Math.min(rankSum, most - rankSum)), exact: true, ranked: n };
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - ties / 48;
  const z = Math.abs(rankSum - most / 2) / Math.sqrt(variance);
  return { p: Math.min(1, 2 * normalTail(z)), exact: false, ranked: n };
}

/**
 * The rank of each among all, ties sharing their mean rank, the sum of those of the gains, and the sum of
 * t^3 - t over groups of t ties.
 */
function mergeRanks(
  gains: Float64Array,
  losses: Float64Array,
): { ranks: Float64Array; rankSum: number; ties: number } {
  const ranks = new Float64Array(gains.length + losses.length);
  let rankSum = 0;
  let ties = 0;
  for (let gain = 0, loss = 0; gain < gains.length || loss < losses.length; ) {
    const before = gain + loss;
    const gainsBefore = gain;
    const size = Math.min(gains[gain] ?? Infinity, losses[loss] ?? Infinity);
    while (gain < gains.length && gains[gain] === size) gain += 1;
    while (loss < losses.length && losses[loss] === size) loss += 1;
    const equal = gain + loss - before;
    const rank = (before + gain + loss + 1) / 2;
    ranks.fill(rank, before, gain + loss);
    rankSum += (gain - gainsBefore) * rank;
    ties += equal * equal * equal - equal;
  }
  return { ranks, rankSum, ties };
}

/**
 * Twice the share of the 2^n ways to give signs whose positive ranks sum up to at most `sum`. Twice a mean
 * rank is a whole number.
 */
function exactP(ranks: Float64Array, sum: number): number {
  const most = Math.round(2 * sum);
  const ways = new Float64Array(most + 1);
  ways[0] = 1;
  for (const rank of ranks) {
    const step = Math.round(2 * rank);
    for (let s = most; s >= step; s--) ways[s]! += ways[s - step]!;
  }
  return Math.min(1, (2 * ways.reduce((all, each) => all + each, 0)) / 2 ** ranks.length);
}
