import { meanEstimate } from "../statistics/estimate.js";
import { estimateDeviation } from "../statistics/estimate-deviation.js";

/** Of fewer samples it cannot be told whether a few of them would decide. */
const fewest = { heavyTailed: 30, others: 100 } as const;

/** Simulated: with more skewness too few intervals cover the true value. */
function mostSkew(samples: number, isHeavyTailed: boolean): number {
  return isHeavyTailed ? 0.17 + 0.9 / Math.sqrt(samples) : 0.5;
}

/**
 * Why a mean of such losses has no interval: a few of them make most of its variance, so that other samples,
 * with others of these few, may give something else. Undefined where that is not so.
 * @param isHeavyTailed whether the score is of a kind of which this must be expected
 */
export function whyTailDecides(losses: readonly Float64Array[], isHeavyTailed: boolean): string | undefined {
  const n = losses[0]!.length;
  if (n < fewest[isHeavyTailed ? "heavyTailed" : "others"]) {
    return isHeavyTailed ? tooFew : undefined;
  }
  for (const each of losses) {
    const { parts, value } = meanEstimate(each);
    const { skew } = estimateDeviation({ value, parts }, n - 1);
    if (Math.abs(skew) > mostSkew(n, isHeavyTailed)) return fewInWords(parts);
  }
  return undefined;
}

const tooFew = `it takes ${fewest.heavyTailed} samples at least, since fewer may lack the few large errors that decide it`;

/** Whether of losses known by their sums alone a few decide; or that there are too few to tell. */
export function whySkewDecides(samples: number, skew: number, isHeavyTailed: boolean): string | undefined {
  if (samples < fewest[isHeavyTailed ? "heavyTailed" : "others"]) return isHeavyTailed ? tooFew : undefined;
  if (Math.abs(skew) <= mostSkew(samples, isHeavyTailed)) return undefined;
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
