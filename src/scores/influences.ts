import type { Influences } from "./score.js";

/** Plain mean; NaN of nothing. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/**
 * 1 - unexplained / total, both means over the samples, and each sample's influence on it; undefined where
 * there is nothing to explain.
 * @param unexplained becomes the influences, in place
 */
export function explainedInfluences(unexplained: Float64Array, total: Float64Array): Influences | undefined {
  const all = meanOf(total);
  if (all === 0) return undefined;
  const share = meanOf(unexplained) / all;
  for (let i = 0; i < total.length; i++) unexplained[i] = (share * total[i]! - unexplained[i]!) / all;
  return { value: 1 - share, influences: unexplained };
}

/** Each value's squared distance from the mean of all. */
export function squaredDeviations(values: Float64Array): Float64Array {
  const mean = meanOf(values);
  const squares = new Float64Array(values.length);
  for (let row = 0; row < squares.length; row++) {
    const deviation = values[row]! - mean;
    squares[row] = deviation * deviation;
  }
  return squares;
}
