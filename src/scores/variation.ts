import { blockwiseSum } from "./blockwise-sum.js";

/** Whether all the values are one and the same. */
export function isConstant(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

/**
 * Sum of the squared deviations from the mean, in two passes, since the sum of squares minus the square of
 * the sum loses all digits far from 0. The rounding of the mean is corrected for, by what the deviations then
 * sum to (Chan, Golub and LeVeque, 1983). Exactly 0 for equal values, whose rounded mean need not be the
 * value itself.
 * @example variation(Float64Array.of(1, 2, 3)) // 2
 * @example variation(Float64Array.of(0.1, 0.1, 0.1)) // 0
 */
export function variation(values: Float64Array): number {
  if (isConstant(values)) return 0;
  const sum = blockwiseSum(values.length, (from, to) => {
    let block = 0;
    for (let i = from; i < to; i++) block += values[i]!;
    return block;
  });
  const mean = sum / values.length;
  let missed = 0;
  const squares = blockwiseSum(values.length, (from, to) => {
    let deviations = 0;
    let block = 0;
    for (let i = from; i < to; i++) {
      const deviation = values[i]! - mean;
      deviations += deviation;
      block += deviation * deviation;
    }
    missed += deviations;
    return block;
  });
  return squares - (missed * missed) / values.length;
}

/**
 * 1 - unexplained / total, the form of R² and of the explained variance: 1 where nothing is unexplained, and
 * 0 where something is although there is nothing to explain. Source: scikit-learn 1.9, `force_finite=True`.
 * @example explainedShare(1, 4) // 0.75
 * @example explainedShare(1, 0) // 0
 */
export function explainedShare(unexplained: number, total: number): number {
  if (unexplained === 0) return 1;
  return total === 0 ? 0 : 1 - unexplained / total;
}
