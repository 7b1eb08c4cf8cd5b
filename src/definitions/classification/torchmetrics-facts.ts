import type { RankedScores } from "../../scores/ranked-scores.js";
import type { ClassificationSample } from "../../scores/sample.js";
import { remembered } from "../remembered.js";
import { ranked32 } from "./curve.js";

/** What TorchMetrics' definitions have in common. */
export const torchmetrics = {
  library: "TorchMetrics",
  version: "1.9.0",
  precision: "float32",
  comparedWith: "library",
  kind: "classification",
} as const;

/** The sigmoid in float32. */
const sigmoid32 = (score: number) => Math.fround(1 / Math.fround(1 + Math.fround(Math.exp(-score))));

/** Float32 scores; where one is outside of 0 to 1, all are taken for logits and go through a sigmoid. */
export const torchRanked = remembered((sample: ClassificationSample): RankedScores => {
  const { positives, negatives } = ranked32(sample);
  const isOutside = (scores: Float64Array) => scores.length > 0 && (scores[0]! < 0 || scores.at(-1)! > 1);
  if (!isOutside(positives) && !isOutside(negatives)) return { positives, negatives };
  return { positives: positives.map(sigmoid32), negatives: negatives.map(sigmoid32) };
});
