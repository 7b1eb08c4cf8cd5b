import type { AddedScore, AddedValue } from "../../added-scores/added-score.js";
import { addedScoreValue } from "../../added-scores/added-score-value.js";
import { namedFeatures } from "../../added-scores/read-expression.js";
import { judgedSample } from "../pairing/judged-sample.js";
import type { Evaluation } from "../pairing/pair-evaluations.js";
import { addedSample } from "./defined-sample.js";
import { sampleFeatures } from "./sample-features.js";

/** What some added scores are for one experiment, read with the features that they name; in their order. */
export function addedValues(
  { table }: Evaluation,
  { added }: { added: readonly AddedScore[] },
): AddedValue[] {
  const features = sampleFeatures(table, namedFeatures(added));
  const sample = addedSample(judgedSample(table), features);
  return added.map((score) => addedScoreValue(score, sample));
}
