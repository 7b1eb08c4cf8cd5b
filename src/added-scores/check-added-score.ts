import { catalogue } from "../definitions/catalogue.js";
import { nearest } from "../experiment/nearest.js";
import { findScore } from "../scores/registry.js";
import { TrackingError } from "../tracking-error.js";
import type { AddedScore } from "./added-score.js";
import { isAddedScoreName } from "./added-score-name.js";

/** As somebody gives it. */
export interface GivenScore {
  name: string;
  /** The id of a definition of the catalogue, such as `sklearn:ks`; or an expression. */
  definition?: string | undefined;
  expression?: string | undefined;
  /** Of an expression; a definition has its own. */
  kind?: AddedScore["kind"] | undefined;
  direction?: AddedScore["direction"] | undefined;
}

/** @throws TrackingError INVALID_ARGUMENT */
export function checkedAddedScore({ name, definition, expression }: GivenScore): AddedScore {
  if (!isAddedScoreName(name)) {
    throw invalid(`the score's name is ${JSON.stringify(name)}; give letters, digits and underscores`);
  }
  if (findScore(name)) throw invalid(`${name} is a score of every project; choose another name`);
  if (expression !== undefined) throw invalid("expressions are not there yet");
  const found = catalogue.find(({ id }) => id === definition);
  if (found) return { name, kind: found.kind, direction: found.direction, definition: found.id };
  const guess = nearest(
    definition ?? "",
    catalogue.map(({ id }) => id),
  );
  throw invalid(
    `definition is ${JSON.stringify(definition)}, which the catalogue does not have${guess === undefined ? "" : `; did you mean ${guess}?`}`,
  );
}

function invalid(message: string): TrackingError {
  return new TrackingError("INVALID_ARGUMENT", message);
}
