import type { Interval } from "./estimate.js";
import { normalQuantile, normalTail } from "./normal-distribution.js";

/**
 * Difference of the medians of two numbers a sample, `after` less `before`: interval and the p that belongs
 * to it. Each median's bounds are order statistics, and the bounds of the difference are put together from
 * them and from how much the two numbers are above their medians together. Nothing is assumed of the
 * distributions. Undefined for fewer than 8 samples, for a level that so few do not reach, and where nothing
 * varies. Source: R. S. Woodruff (1952), Confidence Intervals for Medians and Other Position Measures; G. Y.
 * Zou (2008), On the Estimation of Additive Interaction by Use of the Four-by-Two Table and Beyond (MOVER,
 * correlated estimates).
 * @example medianDifference(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8), Float64Array.of(2, 3, 4, 5, 6, 7, 8, 9), 0.95) // undefined
 */
export function medianDifference(
  before: Float64Array,
  after: Float64Array,
  level: number,
): Interval | undefined {
  const n = before.length;
  // The order statistics of fewer samples do not reach such a level.
  if (n < 8 || 2 ** (1 - n) > 1 - level) return undefined;
  if (before.every((value, i) => value === after[i])) return { low: 0, high: 0, p: 1, standardError: 0 };
  const [first, second] = [before.slice().sort(), after.slice().sort()];
  const [medianBefore, medianAfter] = [medianOf(first), medianOf(second)];
  const difference = medianAfter - medianBefore;
  const correlation = correlationAbove(before, medianBefore, after, medianAfter);
  /** How far the difference may be below and above what was found, where each median is off by z. */
  const arms = (z: number) => {
    const half = (z * Math.sqrt(n)) / 2;
    const below = (sorted: Float64Array, median: number) => median - valueAt(sorted, n / 2 - half - 0.5);
    const above = (sorted: Float64Array, median: number) => valueAt(sorted, n / 2 + half - 0.5) - median;
    return {
      down: together(below(second, medianAfter), above(first, medianBefore), correlation),
      up: together(above(second, medianAfter), below(first, medianBefore), correlation),
    };
  };
  const width = normalQuantile(0.5 + level / 2);
  const step = width / steps;
  let [down, up] = [0, 0];
  for (let i = 1; i <= steps; i++) {
    const found = arms(i * step);
    down = Math.max(down, found.down);
    up = Math.max(up, found.up);
  }
  if (!(down + up > 0)) return undefined;
  return {
    low: difference - down,
    high: difference + up,
    p: pOf(difference, arms, step, (n - 1) / Math.sqrt(n)),
    standardError: (down + up) / (2 * width),
  };
}

/** How finely the bounds are followed from the medians outward: they need not grow all the way. */
const steps = 32;

/**
 * Of the first step outward that reaches a difference of 0.
 * @param farthest where the bounds are the smallest and the greatest value
 */
function pOf(
  difference: number,
  arms: (z: number) => { down: number; up: number },
  step: number,
  farthest: number,
): number {
  const distance = Math.abs(difference);
  if (distance === 0) return 1;
  for (let i = 1, before = 0; (i - 1) * step < farthest; i++) {
    const { down, up } = arms(i * step);
    const reach = difference > 0 ? down : up;
    if (reach >= distance) {
      const share = (distance - before) / (reach - before);
      return Math.min(1, 2 * normalTail((i - 1 + share) * step));
    }
    before = Math.max(before, reach);
  }
  return 2 * normalTail(farthest);
}

function together(x: number, y: number, correlation: number): number {
  const scale = Math.max(x, y); // whose square may be beyond a double's range
  if (!(scale > 0)) return 0;
  const [a, b] = [x / scale, y / scale];
  return scale * Math.sqrt(Math.max(0, a * a - 2 * correlation * a * b + b * b));
}

/** Correlation of being above the median. */
function correlationAbove(
  before: Float64Array,
  medianBefore: number,
  after: Float64Array,
  medianAfter: number,
): number {
  const n = before.length;
  let [both, first, second] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const isFirst = before[i]! > medianBefore;
    const isSecond = after[i]! > medianAfter;
    first += Number(isFirst);
    second += Number(isSecond);
    both += Number(isFirst && isSecond);
  }
  const spread = Math.sqrt(first * (n - first)) * Math.sqrt(second * (n - second));
  return spread > 0 ? (n * both - first * second) / spread : 0;
}

function medianOf(sorted: Float64Array): number {
  const n = sorted.length;
  return (sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2;
}

/** Linear between the order statistics. @param place from 0 */
function valueAt(sorted: Float64Array, place: number): number {
  const at = Math.min(Math.max(place, 0), sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}
