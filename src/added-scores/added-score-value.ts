import { computed } from "../definitions/asked-definitions.js";
import { catalogue } from "../definitions/catalogue.js";
import type { AddedSample, AddedScore, AddedValue } from "./added-score.js";

/** What an added score is for a sample. */
export function addedScoreValue(score: AddedScore, sample: AddedSample): AddedValue {
  if (score.kind !== sample.kind) return { why: `it is a score of a ${score.kind}` };
  const definition = catalogue.find(({ id }) => id === score.definition);
  if (!definition) return { why: `this version knows no definition ${JSON.stringify(score.definition)}` };
  const value = computed(definition, sample);
  return value === undefined ? { why: `${definition.id} gives no number for these predictions` } : { value };
}
