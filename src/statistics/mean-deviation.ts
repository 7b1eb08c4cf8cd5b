import { meanOf } from "./estimate.js";
import type { Deviation } from "./skewed-t.js";

/** And how far the square of the standard error may be off: its own standard error, as a share of it. */
export interface MeanDeviation extends Deviation {
  varianceError: number;
}

/**
 * A mean with its deviation, as `skewedTP` and `skewedTInterval` take it; without skewness these are the t
 * test and the t interval. Deviations are scaled by the largest, so that losses of any size keep their
 * digits.
 * @example meanDeviation(Float64Array.of(1, 2, 3)).standardError // 0.5773502691896258
 */
export function meanDeviation(values: Float64Array): MeanDeviation {
  const n = values.length;
  const value = meanOf(values);
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    const each = values[i]!;
    if (each < least) least = each;
    if (each > greatest) greatest = each;
  }
  const largest = Math.max(value - least, greatest - value);
  const of = { value, degreesOfFreedom: n - 1 };
  if (!(largest > 0 && Number.isFinite(largest))) {
    return { ...of, standardError: largest > 0 ? largest : 0, skew: 0, varianceError: 0 };
  }
  const scale = 1 / largest;
  // What is too small for its inverse is scaled by division.
  const isTiny = !Number.isFinite(scale);
  let [squares, cubes, fourths] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const deviation = isTiny ? (values[i]! - value) / largest : (values[i]! - value) * scale;
    const square = deviation * deviation;
    squares += square;
    cubes += square * deviation;
    fourths += square * square;
  }
  return {
    ...of,
    standardError: largest * Math.sqrt(squares / (n * (n - 1))),
    skew: cubes / squares ** 1.5,
    varianceError: Math.sqrt(Math.max(fourths / squares / squares - 1 / n, 0)),
  };
}

/**
 * How much of the variance the `count` values make that are farthest from the mean.
 * @example shareOfFarthest(Float64Array.of(0, 0, 0, 4), 1) // 0.75
 */
export function shareOfFarthest(values: Float64Array, count: number): number {
  const mean = meanOf(values);
  let unit = 0;
  for (let i = 0; i < values.length; i++) unit = Math.max(unit, Math.abs(values[i]! - mean));
  const largest = Array.from({ length: count }, () => 0);
  let all = 0;
  for (let i = 0; i < values.length; i++) {
    const square = ((values[i]! - mean) / unit) ** 2;
    all += square;
    if (square <= largest[0]!) continue;
    largest[0] = square;
    largest.sort((x, y) => x - y);
  }
  return largest.reduce((sum, each) => sum + each, 0) / all;
}
