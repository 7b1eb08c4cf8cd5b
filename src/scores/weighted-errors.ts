import type { RegressionSample } from "./sample.js";
import type { ErrorScore, OfWeights } from "./score.js";
import { weightedMean } from "./weighted-sums.js";

/** A score of a regression, by the weights of the samples where they have any. */
export function errorScore(record: ErrorScore, sample: RegressionSample): number | undefined {
  if (sample.weights) return weighedErrors(record, sample)(sample.weights);
  return record.of(sample.yTrue, sample.yPred);
}

/**
 * A score of a regression by other weights of the samples, again and again: what does not depend on them is
 * computed once.
 */
export function weighedErrors(record: ErrorScore, sample: RegressionSample): OfWeights {
  if (record.by !== "mean" && record.by !== "root") return record.weighted(sample);
  const losses = record.losses(sample);
  if (record.by === "mean") return (weights) => weightedMean(losses, weights);
  return (weights) => Math.sqrt(weightedMean(losses, weights));
}
