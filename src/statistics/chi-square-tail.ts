import { normalTail } from "./normal-distribution.js";

/**
 * Chance that a chi-square value of so many degrees of freedom is x or more. Source: M. Abramowitz and I. A.
 * Stegun, 26.4.4 and 26.4.5.
 * @param degreesOfFreedom a whole number from 1
 * @example chiSquareTail(0, 3) // 1
 */
export function chiSquareTail(x: number, degreesOfFreedom: number): number {
  if (!(x > 0)) return 1;
  const isOdd = degreesOfFreedom % 2 === 1;
  let tail = isOdd ? 2 * normalTail(Math.sqrt(x)) : Math.exp(-x / 2);
  let term = isOdd ? Math.sqrt((2 * x) / Math.PI) * Math.exp(-x / 2) : (x / 2) * Math.exp(-x / 2);
  for (let df = isOdd ? 3 : 4; df <= degreesOfFreedom; df += 2) {
    tail += term;
    term *= x / df;
  }
  return Math.min(1, tail);
}
