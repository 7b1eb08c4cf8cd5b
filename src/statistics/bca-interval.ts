import { normalQuantile, normalTail } from "./normal-distribution.js";

/** What the bootstrap says of a statistic. */
export interface BcaInterval {
  low: number;
  high: number;
  /** Two-sided, of the statistic being 0: below 1 - level just where the interval leaves 0 out. */
  p: number;
  standardError: number;
}

/**
 * Bias-corrected and accelerated interval of a statistic, and the p-value that belongs to it. Undefined where the replicates are all the
 * same: then they say nothing.
 * Source: B. Efron (1987), Better Bootstrap Confidence Intervals; scipy, `bootstrap(method="BCa")`.
 * @param replicates the statistic of each bootstrap sample; sorted in place
 * @param jackknife the statistic without one sample of each cell
 * @param weights how many samples each cell has
 * @example bcaInterval(1, Float64Array.of(1, 1), [1], [3], 0.95) // undefined
 */
export function bcaInterval(
  value: number,
  replicates: Float64Array,
  jackknife: ArrayLike<number>,
  weights: ArrayLike<number>,
  level: number,
): BcaInterval | undefined {
  replicates.sort();
  const count = replicates.length;
  if (!(replicates[0]! < replicates[count - 1]!)) return undefined;
  const bias = normalQuantile(shareBelow(replicates, value));
  const a = acceleration(jackknife, weights);
  const endpoint = (z: number) => {
    const shifted = bias + z;
    return quantile(replicates, 1 - normalTail(bias + shifted / (1 - a * shifted)));
  };
  const z = normalQuantile(0.5 + level / 2);
  const shift = normalQuantile(shareBelow(replicates, 0)) - bias;
  const zAtZero = shift / (1 + a * shift) - bias;
  let sum = 0;
  for (const replicate of replicates) sum += replicate - value;
  const mean = sum / count;
  let squares = 0;
  for (const replicate of replicates) squares += (replicate - value - mean) ** 2;
  return {
    low: endpoint(-z),
    high: endpoint(z),
    p: 2 * normalTail(Math.abs(zAtZero)),
    standardError: Math.sqrt(squares / (count - 1)),
  };
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

function acceleration(jackknife: ArrayLike<number>, weights: ArrayLike<number>): number {
  let samples = 0;
  let sum = 0;
  for (let i = 0; i < jackknife.length; i++) {
    samples += weights[i]!;
    sum += weights[i]! * jackknife[i]!;
  }
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < jackknife.length; i++) {
    const difference = sum / samples - jackknife[i]!;
    squares += weights[i]! * difference ** 2;
    cubes += weights[i]! * difference ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/** Linear between the order statistics, as numpy does it. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.min(Math.max(Math.floor(at), 0), sorted.length - 1);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}
