import { blockwiseSum } from "../../scores/blockwise-sum.js";
import type { RegressionSample } from "../../scores/sample.js";
import type { Loss } from "./losses.js";

/**
 * Sum of `termOf(i)` over `length` terms. Infinite terms add up as they would in a plain loop.
 * @example sumOf(3, (i) => i) // 3
 */
export function sumOf(length: number, termOf: (i: number) => number): number {
  const sum = blockwiseSum(length, (from, to) => {
    let block = 0;
    for (let i = from; i < to; i++) block += termOf(i);
    return block;
  });
  if (!Number.isNaN(sum)) return sum;
  let plain = 0;
  for (let i = 0; i < length; i++) plain += termOf(i);
  return plain;
}

/** Sum over the samples of a loss. */
export function sumOfLosses({ yTrue, yPred }: RegressionSample, loss: Loss): number {
  return sumOf(yTrue.length, (i) => loss(yTrue[i]!, yPred[i]!));
}

/**
 * Mean over the samples of a loss.
 * @example meanLoss({ yTrue: Float64Array.of(1, 2), yPred: Float64Array.of(2, 2) }, (t, p) => p - t) // 0.5
 */
export function meanLoss(sample: RegressionSample, loss: Loss): number {
  return sumOfLosses(sample, loss) / sample.yTrue.length;
}

/** Whether every sample passes. */
export function every(
  { yTrue, yPred }: RegressionSample,
  passes: (truth: number, prediction: number) => boolean,
): boolean {
  for (let i = 0; i < yTrue.length; i++) if (!passes(yTrue[i]!, yPred[i]!)) return false;
  return true;
}
