import { meanOf } from "./estimate.js";
import type { Deviation } from "./skewed-t.js";

/** Means of two numbers a sample, and sums of the powers of their deviations, each over `scale`. */
export interface Comoments {
  n: number;
  means: readonly [number, number];
  scales: readonly [number, number];
  /** Of x^2, xy and y^2. */
  seconds: readonly [number, number, number];
  /** Of x^3, x^2 y, x y^2 and y^3. */
  thirds: readonly [number, number, number, number];
}

/**
 * What is needed of two numbers a sample to judge the mean of any weighted sum of them, as `meanOfSum` does.
 * Each is scaled by its largest deviation, whose third power is in a double's range whatever the unit.
 * @example comoments(Float64Array.of(1, 3), Float64Array.of(2, 2)).seconds // [2, 0, 0]
 */
export function comoments(x: Float64Array, y: Float64Array): Comoments {
  const means = [meanOf(x), meanOf(y)] as const;
  const scales = [largestDeviation(x, means[0]), largestDeviation(y, means[1])] as const;
  const [scaleX, scaleY] = scales.map((scale) => (scale > 0 ? 1 / scale : 0)) as [number, number];
  let [xx, xy, yy, xxx, xxy, xyy, yyy] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const dx = (x[i]! - means[0]) * scaleX;
    const dy = (y[i]! - means[1]) * scaleY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
    xxx += dx * dx * dx;
    xxy += dx * dx * dy;
    xyy += dx * dy * dy;
    yyy += dy * dy * dy;
  }
  return { n: x.length, means, scales, seconds: [xx, xy, yy], thirds: [xxx, xxy, xyy, yyy] };
}

/**
 * The mean of a x + b y with its deviation.
 * @example meanOfSum(comoments(Float64Array.of(1, 3), Float64Array.of(2, 2)), 1, 1).value // 4
 */
export function meanOfSum({ n, means, scales, seconds, thirds }: Comoments, a: number, b: number): Deviation {
  const [p, q] = [a * scales[0], b * scales[1]];
  // Scaled once more, so that neither power leaves a double's range.
  const size = Math.max(Math.abs(p), Math.abs(q)) || 1;
  const [u, v] = [p / size, q / size];
  const squares = u * u * seconds[0] + 2 * u * v * seconds[1] + v * v * seconds[2];
  const cubes =
    u * u * u * thirds[0] + 3 * u * u * v * thirds[1] + 3 * u * v * v * thirds[2] + v * v * v * thirds[3];
  const spread = Math.max(squares, 0);
  return {
    value: a * means[0] + b * means[1],
    standardError: size * Math.sqrt(spread / (n * (n - 1))),
    skew: spread > 0 ? Math.min(1, Math.max(-1, cubes / spread ** 1.5)) : 0,
    degreesOfFreedom: n - 1,
  };
}

function largestDeviation(values: Float64Array, mean: number): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]! - mean));
  return largest;
}
