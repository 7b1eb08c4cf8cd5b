import { blockwiseSum } from "../../scores/blockwise-sum.js";
import { type ClassificationSample, isBinary } from "../../scores/sample.js";
import { positiveOf } from "./counts.js";

/**
 * The mean of what each sample costs by the score of the positive class of two, or of its true class of several.
 * @param loss by that score, and of two classes by whether the sample is positive
 */
export function meanLoss(
  sample: Omit<ClassificationSample, "yPred">,
  loss: (score: number, isPositive: boolean) => number,
): number {
  const { labels, yTrue, yScore } = sample;
  const binary = isBinary(sample);
  const positive = binary ? positiveOf(sample) : -1;
  const sum = blockwiseSum(yTrue.length, (from, to) => {
    let losses = 0;
    for (let row = from; row < to; row++) {
      const code = yTrue[row]!;
      losses += binary
        ? loss(yScore![row]!, code === positive)
        : loss(yScore![row * labels.length + code]!, true);
    }
    return losses;
  });
  return sum / yTrue.length;
}

/** -ln of the probability of what happened, which is at least `least`. */
export function clippedLoss(least: number): (score: number, isPositive: boolean) => number {
  return (score, isPositive) => -Math.log(Math.max(isPositive ? score : 1 - score, least));
}
