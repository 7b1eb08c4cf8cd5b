import { normalQuantile, normalTail } from "./normal-distribution.js";

/** What the bootstrap says of a statistic. */
export interface BcaInterval {
  low: number;
  high: number;
  standardError: number;
}

/**
 * Bias-corrected and accelerated interval of a statistic. Undefined where the replicates are all the same:
 * then they say nothing. Source: B. Efron (1987), Better Bootstrap Confidence Intervals; scipy,
 * `bootstrap(method="BCa")`.
 * @param replicates the statistic of each bootstrap sample; sorted in place
 * @param influences how fast the statistic changes as the samples of each cell gain weight; of the jackknife,
 * its mean less its values
 * @param weights how many samples each cell has
 * @example bcaInterval(1, Float64Array.of(1, 1), [0], [3], 0.95) // undefined
 */
export function bcaInterval(
  value: number,
  replicates: Float64Array,
  influences: ArrayLike<number>,
  weights: ArrayLike<number>,
  level: number,
): BcaInterval | undefined {
  replicates.sort();
  const count = replicates.length;
  if (!(replicates[0]! < replicates[count - 1]!)) return undefined;
  const bias = normalQuantile(shareBelow(replicates, value));
  const a = acceleration(influences, weights);
  const endpoint = (z: number) => {
    const shifted = bias + z;
    return quantile(replicates, 1 - normalTail(bias + shifted / (1 - a * shifted)));
  };
  const z = normalQuantile(0.5 + level / 2);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += replicates[i]! - value;
  const shift = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (replicates[i]! - value - shift) ** 2;
  const standardError = Math.sqrt(squares / (count - 1));
  return { low: endpoint(-z), high: endpoint(z), standardError };
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

/**
 * Of the influences over the largest of them, whose third powers are in a double's range whatever the unit.
 */
function acceleration(influences: ArrayLike<number>, weights: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < influences.length; i++) largest = Math.max(largest, Math.abs(influences[i]!));
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < influences.length; i++) {
    const share = influences[i]! / largest;
    squares += weights[i]! * share ** 2;
    cubes += weights[i]! * share ** 3;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}

/** Linear between the order statistics, as numpy does it. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.min(Math.max(Math.floor(at), 0), sorted.length - 1);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}
