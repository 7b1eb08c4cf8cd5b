import type { ClassificationSample } from "../../scores/sample.js";
import { meanLoss } from "./clipped-loss.js";
import type { ClassCounts } from "./counts.js";

/** What Keras' definitions have in common. */
export const keras = {
  library: "Keras",
  version: "3.15.0",
  precision: "float32",
  comparedWith: "library",
  kind: "classification",
} as const;

const tiny = 1e-7;

/** Keras adds 1e-7 to what it divides by. */
export function kerasF1({ tp, fp, fn }: ClassCounts): number {
  const precision = tp / (tp + fp + tiny);
  const recall = tp / (tp + fn + tiny);
  return (2 * precision * recall) / (precision + recall + tiny);
}

const least = Math.fround(tiny);
const most = Math.fround(1 - tiny);

/** The mean of -ln of probabilities that are clipped in float32. */
export function kerasLoss(sample: ClassificationSample): number {
  return meanLoss(sample, (score, isPositive) => {
    const probability = Math.min(Math.max(Math.fround(score), least), most);
    return -Math.log(isPositive ? probability : Math.fround(1 - probability));
  });
}
