import type { AddedScore, AddedValue, FeatureValues } from "../../added-scores/added-score.js";
import { addedScoreValue } from "../../added-scores/added-score-value.js";
import { namedFeatures } from "../../added-scores/read-expression.js";
import type { FeatureSource } from "../../predictions/read/feature-source.js";
import { judgedSample } from "../pairing/judged-sample.js";
import type { Evaluation } from "../pairing/pair-evaluations.js";
import { addedSample } from "./defined-sample.js";
import { featureValues } from "./sample-features.js";

/**
 * What some scores of a project are for one experiment, in their order.
 * @throws TrackingError PREDICTIONS_NOT_READABLE
 */
export async function addedValues(
  { table, features }: Evaluation & { features: FeatureSource },
  scores: readonly AddedScore[],
): Promise<AddedValue[]> {
  const sample = addedSample(judgedSample(table), await namedIn(features, scores));
  return scores.map((score) => addedScoreValue(score, sample));
}

/** Features may be large: those that an expression names are read. */
async function namedIn(
  source: FeatureSource,
  scores: readonly AddedScore[],
): Promise<Map<string, FeatureValues>> {
  const found = new Map<string, FeatureValues>();
  const known = new Set(await source.names());
  for (const name of namedFeatures(scores)) {
    if (known.has(name)) found.set(name, featureValues(await source.read(name)));
  }
  return found;
}
