import { normalQuantile } from "./normal-distribution.js";
import { stirlingError } from "./stirling-error.js";

/**
 * Chance that a value of Student's t distribution is at least as far from 0 as `t`: the two-sided p-value. 1
 * at 0, 0 at infinity. Source: M. Abramowitz and I. A. Stegun, 26.7; the continued fraction of the incomplete
 * beta function is DLMF 8.17.22.
 * @example studentTwoSided(0, 5) // 1
 */
export function studentTwoSided(t: number, degreesOfFreedom: number): number {
  if (t === 0) return 1;
  if (Math.abs(t) === Infinity) return 0;
  const a = degreesOfFreedom / 2;
  const square = t * t;
  const x = degreesOfFreedom / (degreesOfFreedom + square);
  const y = square / (degreesOfFreedom + square);
  // x^a sqrt(y) / B(a, 1/2)
  const logGammaRatio =
    a * Math.log1p(0.5 / a) + Math.log(a) / 2 - 0.5 + stirlingError(a + 0.5) - stirlingError(a);
  const front = Math.exp(
    logGammaRatio - Math.log(Math.PI) / 2 - a * Math.log1p(square / degreesOfFreedom) + Math.log(y) / 2,
  );
  if (x < (a + 1) / (a + 2.5)) return (front * betaFraction(a, 0.5, x)) / a;
  return 1 - 2 * front * betaFraction(0.5, a, y);
}

/**
 * Quantile of Student's t distribution, for probabilities from 1/2 on.
 * @example studentQuantile(0.5, 7) // 0
 */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  const wanted = 2 * (1 - probability);
  if (wanted >= 1) return 0;
  let low = 0;
  let high = Math.max(normalQuantile(probability), 1);
  while (studentTwoSided(high, degreesOfFreedom) > wanted) {
    low = high;
    high *= 2;
  }
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (studentTwoSided(middle, degreesOfFreedom) > wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Lentz's evaluation. */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || tiny);
  let value = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || tiny);
    c = 1 + even / c || tiny;
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || tiny);
    c = 1 + odd / c || tiny;
    const step = d * c;
    value *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return value;
}
