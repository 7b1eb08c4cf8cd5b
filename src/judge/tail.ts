import { meanDeviation, shareOfFarthest } from "../statistics/mean-deviation.js";
import type { Deviation } from "../statistics/skewed-t.js";

/** Of fewer samples it cannot be told whether a few of them would decide. */
const fewest = 30;

/** Simulated: with more skewness too few intervals cover the true value. */
function mostSkew(samples: number): number {
  return 0.17 + 1 / Math.sqrt(samples);
}

/** So many samples the reason names. */
const named = 3;

const tooFew = `it takes ${fewest} samples at least, since fewer may lack the few large errors that decide it`;

/**
 * Why the mean of losses of which a few may make most has no interval: a few of these samples make most of
 * its variance, so that others, with others of the few, may give something else; or these are too few to
 * tell. Undefined where that is not so.
 * @param known its deviation, where that is known already
 */
export function whyTailDecides(losses: Float64Array, known?: Deviation): string | undefined {
  const n = losses.length;
  if (n < fewest) return tooFew;
  const { skew } = known ?? meanDeviation(losses);
  if (Math.abs(skew) <= mostSkew(n)) return undefined;
  const share = Math.round(100 * shareOfFarthest(losses, named));
  return `${named} of ${n} samples make ${share} % of its variance, so on other samples it may differ by more than can be told`;
}

/** The same of losses that are known by their sums. */
export function whySkewDecides(samples: number, skew: number): string | undefined {
  if (samples < fewest) return tooFew;
  if (Math.abs(skew) <= mostSkew(samples)) return undefined;
  return "a few samples make most of its variance, so on other samples it may differ by more than can be told";
}
