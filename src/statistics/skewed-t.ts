import { studentQuantile, studentTwoSided } from "./student-distribution.js";

/** A value, how far it is off, and how lopsided its deviation is. */
export interface Deviation {
  value: number;
  standardError: number;
  /** Sum of the parts' third powers over the 1.5th power of their squares' sum: -1..1, 0 where symmetric. */
  skew: number;
  degreesOfFreedom: number;
}

/**
 * Two-sided p of a value being 0: the larger of Student's and of Hall's t, which is corrected for the
 * skewness. Hall's knows that a mean of skewed losses comes out too low more often than too high; Student's
 * is there since the skewness itself is only estimated. Source: P. Hall (1992), On the Removal of Skewness by
 * Transformation, the third transformation, with Student's quantiles.
 * @example skewedTP({ value: 0, standardError: 1, skew: 0, degreesOfFreedom: 9 }) // 1
 */
export function skewedTP({ value, standardError, skew, degreesOfFreedom }: Deviation): number {
  const t = value / standardError;
  return Math.max(
    studentTwoSided(t, degreesOfFreedom),
    studentTwoSided(withoutSkew(t, skew), degreesOfFreedom),
  );
}

/**
 * The interval that belongs to it: all that the value could be without p falling below 1 - level.
 * @example skewedTInterval({ value: 1, standardError: 1, skew: 0, degreesOfFreedom: 9 }, 0.5).low > 0 // true
 */
export function skewedTInterval(deviation: Deviation, level: number): { low: number; high: number } {
  const { value, standardError, skew, degreesOfFreedom } = deviation;
  const width = studentQuantile(0.5 + level / 2, degreesOfFreedom);
  return {
    low: value - Math.max(width, withSkew(width, skew)) * standardError,
    high: value - Math.min(-width, withSkew(-width, skew)) * standardError,
  };
}

/**
 * The interval of something that is no mean itself, but has a mean that is 0 where it is right, such as a
 * ratio r of means: that of x - r y. The ends are the first values on either side of the estimate for which
 * p falls below 1 - level; undefined where one is not found.
 * @param at the mean that is 0 if this is the value
 * @param step how far apart different values are about: the standard error
 * @example invertedInterval((r) => ({ value: 4 - 2 * r, standardError: 1, skew: 0, degreesOfFreedom: 9 }), 2, 0.5, 0.95).low < 2 // true
 */
export function invertedInterval(
  at: (value: number) => Deviation,
  estimate: number,
  step: number,
  level: number,
): { low: number; high: number } | undefined {
  if (!(step > 0 && Number.isFinite(step))) return undefined;
  const width = studentQuantile(0.5 + level / 2, at(estimate).degreesOfFreedom);
  const isPossible = (value: number) => {
    const { value: mean, standardError, skew } = at(value);
    const t = mean / standardError;
    return Math.abs(t) <= width || Math.abs(withoutSkew(t, skew)) <= width;
  };
  const low = lastPossible(isPossible, estimate, -step);
  const high = lastPossible(isPossible, estimate, step);
  return low === undefined || high === undefined ? undefined : { low, high };
}

function lastPossible(
  isPossible: (value: number) => boolean,
  estimate: number,
  step: number,
): number | undefined {
  // No difference is never left out where it is possible.
  const isZeroOnThisSide = estimate * step < 0 && isPossible(0);
  let inside = isZeroOnThisSide ? 0 : estimate;
  let outside = inside;
  for (let distance = step / 8; ; distance *= 1.25) {
    if (Math.abs(distance) > 1e6 * Math.abs(step)) return undefined;
    outside = inside + distance;
    if (!isPossible(outside)) break;
    inside = outside;
  }
  for (let i = 0; i < 60; i++) {
    const middle = (inside + outside) / 2;
    if (middle === inside || middle === outside) break;
    if (isPossible(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** Hall's transformation of t; it only ever rises. */
function withoutSkew(t: number, skew: number): number {
  return t + (skew * t * t) / 3 + (skew * skew * t * t * t) / 27 + skew / 6;
}

/** The t whose transformation this is. */
function withSkew(transformed: number, skew: number): number {
  const shifted = transformed - skew / 6;
  // Near 0 the root's difference has no digits left.
  if (Math.abs(skew * shifted) < 1e-6) return shifted - (skew * shifted * shifted) / 3;
  return (3 / skew) * (Math.cbrt(1 + skew * shifted) - 1);
}
