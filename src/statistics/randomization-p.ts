import { normalTail } from "./normal-distribution.js";

/**
 * Two-sided p of a difference among those that turn up when it is chance alone which outcome of a sample is
 * whose: the share that is as large or larger, those equal to it counting half (mid-p). Of fewer than 10
 * draws beyond it, p is of the normal distribution with their spread: their own share would be too coarse.
 * Source: A. Yeh (2000), More Accurate Tests for the Statistical Significance of Result Differences; of a
 * mean the same as McNemar's mid-p.
 * @example randomizationP(2, Float64Array.of(-2, 0, 0, 2)) // 0.25
 */
export function randomizationP(difference: number, drawn: Float64Array): number {
  const size = Math.abs(difference);
  const nearly = 1e-9 * Math.max(size, 1e-9);
  let beyond = 0;
  let squares = 0;
  for (const value of drawn) {
    squares += value * value;
    const excess = Math.abs(value) - size;
    if (excess > nearly) beyond += 1;
    else if (excess >= -nearly) beyond += 0.5;
  }
  if (beyond >= 10 || drawn.length < 1000) return beyond / drawn.length;
  return squares === 0 ? 1 : 2 * normalTail(size / Math.sqrt(squares / drawn.length));
}
