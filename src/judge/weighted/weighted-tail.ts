import { regressionRecords, type ScoreName } from "../../scores/registry.js";
import type { RegressionSample } from "../../scores/sample.js";
import type { ErrorScore } from "../../scores/score.js";
import { weightedMean } from "../../scores/weighted-sums.js";
import { whyTailDecides } from "../tail.js";
import type { WeightedSample } from "./weighed-scores.js";

/**
 * Why a few samples decide a weighted mean of errors that are squared, or divided by what is near 0; undefined
 * where they do not.
 * @param other whose errors are compared with them
 */
export function whyWeightedTail(
  sample: WeightedSample,
  score: ScoreName,
  other?: WeightedSample,
): string | undefined {
  const record = regressionRecords.find(({ name }) => name === score);
  if (sample.kind !== "regression" || !record?.isHeavyTailed?.(sample.yTrue)) return undefined;
  const losses = lossesOf(record, sample);
  const others = other?.kind === "regression" ? lossesOf(record, other) : undefined;
  const { weights } = sample;
  const parts = losses.map((loss, row) => (others?.[row] ?? 0) - loss);
  const mean = weightedMean(parts, weights);
  const whole = parts.map((part, row) => weights[row]! * (part - mean));
  return whyTailDecides(whole);
}

function lossesOf(record: ErrorScore, sample: RegressionSample): Float64Array {
  if (record.by === "mean" || record.by === "root") return record.losses(sample);
  return record.by === "share" ? record.unexplained(sample) : new Float64Array(sample.yTrue.length);
}
