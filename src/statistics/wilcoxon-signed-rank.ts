import { normalTail } from "./normal-distribution.js";

/** Above this the normal distribution takes the place of the exact one. */
const exactUpTo = 50;

/**
 * Wilcoxon's signed-rank test: how likely differences would lie this much on one side of 0 if they were
 * symmetric around it. Zeros are left out, ties share their mean rank. Exact up to 50 differences without
 * ties or zeros, else by the normal distribution with the variance corrected for ties, without continuity
 * correction. 1 where every difference is 0. Source: scipy, `wilcoxon(method="auto")`.
 * @example wilcoxonSignedRank(Float64Array.of(1, 2, 3)) // { p: 0.25, exact: true, ranked: 3 }
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
  const { rankSum, ties } = mergeRanks(gains.sort(), losses.sort());
  const most = (n * (n + 1)) / 2;
  if (n === differences.length && ties === 0 && n <= exactUpTo) {
    return { p: exactP(n, Math.min(rankSum, most - rankSum)), exact: true, ranked: n };
  }
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - ties / 48;
  const z = Math.abs(rankSum - most / 2) / Math.sqrt(variance);
  return { p: Math.min(1, 2 * normalTail(z)), exact: false, ranked: n };
}

/**
 * The sum of the ranks of the gains among all, ties sharing their mean rank, and the sum of t^3 - t over
 * groups of t ties.
 */
function mergeRanks(gains: Float64Array, losses: Float64Array): { rankSum: number; ties: number } {
  let rankSum = 0;
  let ties = 0;
  for (let gain = 0, loss = 0; gain < gains.length || loss < losses.length; ) {
    const before = gain + loss;
    const gainsBefore = gain;
    const size = Math.min(gains[gain] ?? Infinity, losses[loss] ?? Infinity);
    while (gain < gains.length && gains[gain] === size) gain += 1;
    while (loss < losses.length && losses[loss] === size) loss += 1;
    const equal = gain + loss - before;
    rankSum += ((gain - gainsBefore) * (before + gain + loss + 1)) / 2;
    ties += equal * equal * equal - equal;
  }
  return { rankSum, ties };
}

/** Twice the share of the 2^n ways to give signs whose positive ranks sum up to at most `sum`. */
function exactP(n: number, sum: number): number {
  const ways = new Float64Array(sum + 1);
  ways[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    for (let s = sum; s >= rank; s--) ways[s]! += ways[s - rank]!;
  }
  return Math.min(1, (2 * ways.reduce((all, each) => all + each, 0)) / 2 ** n);
}
