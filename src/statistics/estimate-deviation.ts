import type { Estimate } from "./estimate.js";
import type { Deviation } from "./skewed-t.js";

/**
 * How far an estimate is off and how lopsided, from its parts. These are scaled before they are squared, so
 * that losses of any size keep their digits.
 * @example estimateDeviation({ value: 5, parts: Float64Array.of(3, -4) }, 1).standardError // 5
 */
export function estimateDeviation({ value, parts }: Estimate, degreesOfFreedom: number): Deviation {
  let largest = 0;
  for (let i = 0; i < parts.length; i++) largest = Math.max(largest, Math.abs(parts[i]!));
  if (!(largest > 0)) return { value, standardError: largest, skew: 0, degreesOfFreedom };
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]! / largest;
    squares += part * part;
    cubes += part * part * part;
  }
  return {
    value,
    standardError: largest * Math.sqrt(squares),
    skew: cubes / squares ** 1.5,
    degreesOfFreedom,
  };
}
