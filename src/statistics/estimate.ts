import { normalQuantile, normalTail } from "./normal-distribution.js";
import { studentQuantile, studentTwoSided } from "./student-distribution.js";

/**
 * A value with each sample's part in its deviation: the parts' squares sum up to the value's variance. Of two
 * models on the same samples the parts' differences do the same for the difference, so that every paired test
 * is one subtraction.
 */
export interface Estimate {
  value: number;
  parts: Float64Array;
}

export interface Interval {
  low: number;
  high: number;
  /** Two-sided, of the value being 0. */
  p: number;
  standardError: number;
  /** How far the square of the standard error may be off: its own standard error, as a share of it. */
  varianceError?: number;
}

/**
 * A mean with its parts: the interval of `estimateInterval` with n - 1 degrees of freedom is the t interval,
 * the p-value of a difference the paired t test. Source: scipy, `ttest_1samp`, `ttest_rel`.
 * @example meanEstimate(Float64Array.of(1, 2, 3)).value // 2
 */
export function meanEstimate(values: Float64Array): Estimate {
  const value = meanOf(values);
  const deviations = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) deviations[i] = values[i]! - value;
  return influenceEstimate(value, deviations);
}

/**
 * A value with its parts from each sample's influence on it: how fast the value changes as the sample gains
 * weight (the delta method). Source: F. R. Hampel (1974), The Influence Curve and Its Role in Robust
 * Estimation.
 * @param influences become the parts, in place
 * @example influenceEstimate(5, Float64Array.of(-1, 1)) // { value: 5, parts: Float64Array.of(-0.7071067811865475, 0.7071067811865475) }
 */
export function influenceEstimate(value: number, influences: Float64Array): Estimate {
  const n = influences.length;
  const scale = 1 / Math.sqrt(n * (n - 1));
  for (let i = 0; i < n; i++) influences[i]! *= scale;
  return { value, parts: influences };
}

/**
 * Interval and p-value of an estimate. Undefined where it has no spread, or too few samples to tell, unless
 * the value is 0 as well: then there is no difference at all, and p is 1.
 * @param degreesOfFreedom of Student's t; left out, the normal distribution
 * @example estimateInterval({ value: 0, parts: Float64Array.of(0, 0) }, 0.95) // { low: 0, high: 0, p: 1, standardError: 0 }
 */
export function estimateInterval(
  { value, parts }: Estimate,
  level: number,
  degreesOfFreedom?: number,
): Interval | undefined {
  const { standardError, varianceError } = spreadOfParts(parts);
  if (!(standardError > 0 && Number.isFinite(standardError))) {
    return value === 0 && standardError === 0 ? { low: 0, high: 0, p: 1, standardError: 0 } : undefined;
  }
  const probability = 0.5 + level / 2;
  const width =
    degreesOfFreedom === undefined
      ? normalQuantile(probability)
      : studentQuantile(probability, degreesOfFreedom);
  const distance = Math.abs(value) / standardError;
  return {
    low: value - width * standardError,
    high: value + width * standardError,
    p:
      degreesOfFreedom === undefined
        ? Math.min(1, 2 * normalTail(distance))
        : studentTwoSided(distance, degreesOfFreedom),
    standardError,
    varianceError,
  };
}

/**
 * What `after` has more than `before`, on the same samples.
 * @example estimateDifference({ value: 1, parts: Float64Array.of(2) }, { value: 3, parts: Float64Array.of(5) }) // { value: 2, parts: Float64Array.of(3) }
 */
export function estimateDifference(before: Estimate, after: Estimate): Estimate {
  const parts = new Float64Array(after.parts.length);
  for (let i = 0; i < parts.length; i++) parts[i] = after.parts[i]! - before.parts[i]!;
  return { value: after.value - before.value, parts };
}

/**
 * Mean, compensated.
 * @example meanOf(Float64Array.of(1, 2, 6)) // 3
 */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const term = values[i]! - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
  }
  return sum / values.length;
}

/**
 * The root of the parts' squares, and how far their sum may be off: its own standard error, as a share of it.
 * Scaled before they are squared, so that numbers of any size keep their digits.
 * @example spreadOfParts(Float64Array.of(3e-160, 4e-160)).standardError * 1e160 // 5
 */
export function spreadOfParts(parts: Float64Array): { standardError: number; varianceError: number } {
  let largest = 0;
  for (let i = 0; i < parts.length; i++) largest = Math.max(largest, Math.abs(parts[i]!));
  if (!(largest > 0 && Number.isFinite(largest))) return { standardError: largest, varianceError: 0 };
  let squares = 0;
  let fourthPowers = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]! / largest;
    const square = part * part;
    squares += square;
    fourthPowers += square * square;
  }
  return {
    standardError: largest * Math.sqrt(squares),
    varianceError: Math.sqrt(Math.max(fourthPowers / squares / squares - 1 / parts.length, 0)),
  };
}
