import { meanEstimate } from "../statistics/estimate.js";
import { estimateDeviation } from "../statistics/estimate-deviation.js";

/** Of fewer samples it cannot be told whether a few of them would decide. */
const fewest = 30;

/** Simulated: with more skewness too few intervals cover the true value. */
function mostSkew(samples: number): number {
  return 0.17 + 0.9 / Math.sqrt(samples);
}

const tooFew = `it takes ${fewest} samples at least, since fewer may lack the few large errors that decide it`;

/**
 * Why the mean of losses of which a few may make most has no interval: a few of these samples make most of
 * its variance, so that others, with others of the few, may give something else; or these are too few to
 * tell. Undefined where that is not so.
 */
export function whyTailDecides(losses: readonly Float64Array[]): string | undefined {
  for (const each of losses) {
    const n = each.length;
    if (n < fewest) return tooFew;
    const { parts, value } = meanEstimate(each);
    const { skew } = estimateDeviation({ value, parts }, n - 1);
    if (Math.abs(skew) > mostSkew(n)) return fewInWords(parts);
  }
  return undefined;
}

/** The same of losses that are known by their sums. */
export function whySkewDecides(samples: number, skew: number): string | undefined {
  if (samples < fewest) return tooFew;
  if (Math.abs(skew) <= mostSkew(samples)) return undefined;
  return "a few samples make most of its variance, so on other samples it may differ by more than can be told";
}

const named = 3;

/** How much of the variance the largest parts make. */
function fewInWords(parts: Float64Array): string {
  let unit = 0;
  for (let i = 0; i < parts.length; i++) unit = Math.max(unit, Math.abs(parts[i]!));
  const largest = Array.from({ length: named }, () => 0);
  let all = 0;
  for (let i = 0; i < parts.length; i++) {
    const square = (parts[i]! / unit) ** 2;
    all += square;
    if (square <= largest[0]!) continue;
    largest[0] = square;
    largest.sort((x, y) => x - y);
  }
  const share = largest.reduce((sum, each) => sum + each, 0) / all;
  return `${named} of ${parts.length} samples make ${Math.round(100 * share)} % of its variance, so on other samples it may differ by more than can be told`;
}
