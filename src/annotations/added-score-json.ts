import type { AddedScore } from "../added-scores/added-score.js";
import { isAddedScoreName } from "../added-scores/added-score-name.js";
import type { JsonValue } from "../experiment/json-value.js";

/** A score as it stands in the annotation log, beside its name. */
export function addedScoreJson({ kind, direction, definition, expression }: AddedScore): JsonValue {
  return expression === undefined ? { kind, direction, definition } : { kind, direction, expression };
}

/** Undefined where the value is no score, also where it is null. */
export function addedScoreOf(name: string, value: JsonValue): AddedScore | undefined {
  if (!isAddedScoreName(name) || typeof value !== "object" || value === null || Array.isArray(value)) {
    return undefined;
  }
  const { kind, direction, definition, expression } = value;
  if (kind !== "classification" && kind !== "regression") return undefined;
  if (direction !== "higher" && direction !== "lower" && direction !== "zero") return undefined;
  if (typeof definition === "string" && expression === undefined) {
    return { name, kind, direction, definition };
  }
  if (typeof expression === "string" && definition === undefined) {
    return { name, kind, direction, expression };
  }
  return undefined;
}
