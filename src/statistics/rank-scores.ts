import { sortOrder } from "./sort-order.js";

/**
 * The rank of each value among all, equal ones sharing their mean rank, less the middle rank: the ranks' sum
 * is 0.
 * @example rankScores(Float64Array.of(5, 7, 5, 9)) // Float64Array.of(-1, 0.5, -1, 1.5)
 */
export function rankScores(values: Float64Array): Float64Array {
  const order = sortOrder(values);
  const ranks = new Float64Array(values.length);
  const middle = (values.length + 1) / 2;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end += 1;
    const rank = (start + 1 + end) / 2 - middle;
    for (let i = start; i < end; i++) ranks[order[i]!] = rank;
    start = end;
  }
  return ranks;
}
