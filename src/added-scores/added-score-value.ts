import { computed } from "../definitions/asked-definitions.js";
import type { AddedSample, AddedScore, AddedValue } from "./added-score.js";
import { definitionOf } from "./definition-of.js";
import { expressionStatistic } from "./expression-statistic.js";

/** What an added score is for a sample. */
export function addedScoreValue(score: AddedScore, sample: AddedSample): AddedValue {
  if (score.kind !== sample.kind) return { why: `it is a score of a ${score.kind}` };
  if (score.expression !== undefined) {
    const found = expressionStatistic(score.expression, sample);
    return "why" in found ? found : { value: found.value };
  }
  const definition = definitionOf(score.definition);
  if (!definition) return { why: `this version knows no definition ${JSON.stringify(score.definition)}` };
  const value = computed(definition, sample);
  return value === undefined ? { why: `${definition.id} gives no number for these predictions` } : { value };
}
