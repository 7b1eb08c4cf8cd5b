import { normalTail } from "./normal-distribution.js";
import { wilsonLimits } from "./wilson-interval.js";

/** Where a value may lie. */
export interface Limits {
  low: number;
  high: number;
}

/** Up to so many trials the limits are exact: Wilson's cover too little there where nearly all succeed. */
export const mostExactTrials = 100;

/**
 * Limits of a share that `z` normal deviations allow: exact mid-p limits of up to 100 trials, Wilson's of
 * more. Of no trial 0 to 1. Source: H. O. Lancaster (1961), Significance Tests in Discrete Distributions; G.
 * Berry and P. Armitage (1995), Mid-P Confidence Intervals.
 * @example shareLimits(0, 1, 1.959963984540054).high // 0.95
 * @example shareLimits(0, 0, 2) // { low: 0, high: 1 }
 */
export function shareLimits(successes: number, trials: number, z: number): Limits {
  if (trials === 0) return { low: 0, high: 1 };
  if (trials > mostExactTrials) return wilsonLimits(successes, trials, z);
  const tail = normalTail(z);
  return {
    low: 1 - midPLimit(trials - successes, trials, tail),
    high: midPLimit(successes, trials, tail),
  };
}

/** The share at which so few successes, half of the point's own chance counted, have the chance `tail`. */
function midPLimit(successes: number, trials: number, tail: number): number {
  if (successes === trials) return 1;
  let ways = 0; // the logarithm of the number of ways to choose the successes
  for (let i = 1; i <= successes; i++) ways += Math.log((trials - successes + i) / i);
  let low = successes / trials;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const share = (low + high) / 2;
    const odds = (1 - share) / share;
    let ratio = 1;
    let below = 0.5; // of the tail's terms, the point's own being 1
    for (let count = successes; count > 0 && ratio > 1e-17; count--) {
      ratio *= (count / (trials - count + 1)) * odds;
      below += ratio;
    }
    const point = ways + successes * Math.log(share) + (trials - successes) * Math.log1p(-share);
    if (point + Math.log(below) > Math.log(tail)) low = share;
    else high = share;
  }
  return (low + high) / 2;
}
