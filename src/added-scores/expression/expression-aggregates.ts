import { meanOf } from "../../statistics/estimate.js";
import { selectRank } from "../../statistics/select-rank.js";

/** One number of some; the values may change places. Not finite where there is none. */
type Aggregate = (values: Float64Array, share: number) => number;

/** By the names of the table of functions. */
export const expressionAggregates: ReadonlyMap<string, Aggregate> = new Map<string, Aggregate>([
  ["mean", meanOf],
  ["sum", (values) => (values.length === 0 ? 0 : meanOf(values) * values.length)],
  ["count", (values) => values.length],
  ["std", deviation],
  ["median", (values) => quantile(values, 0.5)],
  ["quantile", quantile],
  ["least", (values) => values.reduce((least, value) => Math.min(least, value), Infinity)],
  ["greatest", (values) => values.reduce((most, value) => Math.max(most, value), -Infinity)],
]);

/** Of the values themselves, divided by their number. */
function deviation(values: Float64Array): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}

/** Linear between the two values beside it, as numpy does it. */
function quantile(values: Float64Array, share: number): number {
  if (values.length === 0) return Number.NaN;
  const at = share * (values.length - 1);
  const rank = Math.floor(at);
  const below = selectRank(values, rank);
  if (at === rank) return below;
  const above = selectRank(values, rank + 1, rank + 1);
  return below + (at - rank) * (above - below);
}
