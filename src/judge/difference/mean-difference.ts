import type { Interval } from "../../statistics/estimate.js";
import { mcNemarMidP } from "../../statistics/mcnemar.js";
import { meanDeviation } from "../../statistics/mean-deviation.js";
import { skewedTInterval, skewedTP } from "../../statistics/skewed-t.js";
import { noSpread } from "../intervals/add-interval.js";
import { whyTailDecides } from "../tail.js";

/** What the samples' own differences say of their mean. */
export interface MeanDifference {
  interval: Partial<Interval> | undefined;
  method: string | null;
  /** Why there is no interval, where there is none. */
  reason: string;
}

/**
 * Judges the mean of b's losses less that of a's, on the same samples, by Student's t corrected for skewness;
 * by the sign test where every sample differs by the same but for rounding.
 * @param precision how much a loss may be off by rounding, as a share of the largest
 */
export function meanDifference(
  ofA: Float64Array,
  ofB: Float64Array,
  { level, precision, isHeavyTailed }: { level: number; precision: number; isHeavyTailed: boolean },
): MeanDifference {
  const excess = excessOf(ofA, ofB);
  const n = excess.length;
  if (n < 2) return { interval: undefined, method: null, reason: noSpread };
  const deviation = meanDeviation(excess);
  const { value, standardError, varianceError } = deviation;
  if (!Number.isFinite(standardError)) return { interval: undefined, method: null, reason: noSpread };
  if (value === 0 && standardError === 0) {
    return { interval: { low: 0, high: 0, p: 1, standardError: 0 }, method: "paired t", reason: noSpread };
  }
  const rounding = precision * Math.max(largestOf(ofA), largestOf(ofB));
  if (standardError * Math.sqrt(n) <= rounding) {
    // So small a mean is rounding, too.
    const p = Math.abs(value) <= rounding ? 1 : mcNemarMidP(0, n);
    return {
      interval: { p },
      method: "sign test, since every sample differs by the same",
      reason: "every sample differs by the same, so nothing says how much others would differ",
    };
  }
  const method = "paired t, corrected for skewness";
  // With fewer samples all of them may well point the same way by luck.
  const leastP = 2 ** (1 - n);
  const p = Math.max(skewedTP(deviation), leastP);
  const tails = isHeavyTailed ? [ofA, ofB].map((losses) => tailOf(losses)) : [];
  const [tail] = tails.flatMap(({ why }) => why ?? []);
  if (leastP > 1 - level) {
    return {
      interval: { p, standardError, varianceError },
      method,
      reason: `${n} samples are too few: even if each of them spoke for the same model, luck alone would do that ${n === 2 ? "every other time" : `once in ${2 ** (n - 1)} times`}`,
    };
  }
  if (tail !== undefined && areUnlike(tails)) {
    // Then a mean says more of one model than of the other, and equal ones would be told apart.
    const reason = `one model has a few large errors and the other has none such: of the one ${tail}`;
    return { interval: undefined, method: null, reason };
  }
  if (tail !== undefined) return { interval: { p, standardError, varianceError }, method, reason: tail };
  return {
    interval: { p, standardError, varianceError, ...skewedTInterval(deviation, level) },
    method,
    reason: noSpread,
  };
}

function tailOf(losses: Float64Array): { why: string | undefined; skew: number } {
  const known = meanDeviation(losses);
  return { why: whyTailDecides(losses, known), skew: Math.abs(known.skew) };
}

/** Whether one alone has a few samples that decide its mean, and is half as skewed again as the other. */
function areUnlike(tails: readonly { why: string | undefined; skew: number }[]): boolean {
  const [least, most] = tails.map(({ skew }) => skew).sort((x, y) => x - y);
  return tails.some(({ why }) => why === undefined) && most! >= 1.5 * least!;
}

/** By how much b's losses are above a's. */
export function excessOf(ofA: Float64Array, ofB: Float64Array): Float64Array {
  const excess = new Float64Array(ofA.length);
  for (let i = 0; i < excess.length; i++) excess[i] = ofB[i]! - ofA[i]!;
  return excess;
}

function largestOf(losses: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < losses.length; i++) {
    const size = Math.abs(losses[i]!);
    if (size > largest) largest = size;
  }
  return largest;
}
