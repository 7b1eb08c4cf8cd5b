import { normalTail } from "./normal-distribution.js";
import { sortOrder } from "./sort-order.js";

/** Above this the normal distribution takes the place of the exact one. */
const exactUpTo = 50;

/**
 * Wilcoxon's signed-rank test: how likely differences would lie this much on one side of 0 if they were symmetric around it. Zeros are left
 * out, ties share their mean rank. Exact up to 50 differences without ties or zeros, else by the normal distribution with the variance
 * corrected for ties, without continuity correction. 1 where every difference is 0.
 * Source: scipy, `wilcoxon(method="auto")`.
 * @example wilcoxonSignedRank(Float64Array.of(1, 2, 3)) // { p: 0.25, exact: true, ranked: 3 }
 */
export function wilcoxonSignedRank(differences: Float64Array): { p: number; exact: boolean; ranked: number } {
  const ranked = differences.filter((difference) => difference !== 0);
  const n = ranked.length;
  if (n === 0) return { p: 1, exact: true, ranked: 0 };
  const sizes = ranked.map(Math.abs);
  const order = sortOrder(sizes);
  let plus = 0;
  let ties = 0;
  for (let start = 0; start < n; ) {
    let end = start;
    const size = sizes[order[start]!]!;
    let above = 0;
    while (end < n && sizes[order[end]!] === size) if (ranked[order[end++]!]! > 0) above += 1;
    const equal = end - start;
    plus += (above * (start + end + 1)) / 2;
    ties += equal * equal * equal - equal;
    start = end;
  }
  const most = (n * (n + 1)) / 2;
  if (n === differences.length && ties === 0 && n <= exactUpTo) {
    return { p: exactP(n, Math.min(plus, most - plus)), exact: true, ranked: n };
  }
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - ties / 48;
  const z = Math.abs(plus - most / 2) / Math.sqrt(variance);
  return { p: Math.min(1, 2 * normalTail(z)), exact: false, ranked: n };
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
