import type { ClassificationSample } from "../../scores/sample.js";
import { remembered } from "../remembered.js";

/** Of several classes the first with the greatest score of each sample, all scores being rounded to float32. */
export const firstBest32 = remembered((sample: ClassificationSample) => firstBest(sample, Math.fround));

/** The first class with the greatest score of each sample. */
export function firstBest(
  { labels, yTrue, yScore }: ClassificationSample,
  rounded: (score: number) => number = (score) => score,
): Int32Array {
  const classes = labels.length;
  return yTrue.map((_, row) => {
    let best = 0;
    for (let code = 1; code < classes; code++) {
      if (rounded(yScore![row * classes + code]!) > rounded(yScore![row * classes + best]!)) best = code;
    }
    return best;
  });
}

/** The share of samples for which it is true. */
export function shareOf({ yTrue }: ClassificationSample, holds: (row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < yTrue.length; row++) if (holds(row)) count += 1;
  return count / yTrue.length;
}
