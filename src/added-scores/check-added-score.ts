import { catalogue } from "../definitions/catalogue.js";
import { nearest } from "../experiment/nearest.js";
import { findScore } from "../scores/registry.js";
import { TrackingError } from "../tracking-error.js";
import type { AddedScore } from "./added-score.js";
import { isAddedScoreName } from "./added-score-name.js";
import { definitionOf } from "./definition-of.js";
import { checkedExpression } from "./expression/checked-expression.js";

/** As somebody gives it. */
export interface GivenScore {
  name: string;
  /** The id of a definition of the catalogue, such as `sklearn:ks`; or an expression. */
  definition?: string | undefined;
  expression?: string | undefined;
  /** Of an expression, where that does not say it; a definition has its own. */
  kind?: AddedScore["kind"] | undefined;
  /** Of an expression; a definition has its own. */
  direction?: AddedScore["direction"] | undefined;
}

const kinds = ["classification", "regression"] as const;
const directions = ["higher", "lower", "zero"] as const;

/** @throws TrackingError INVALID_ARGUMENT */
export function checkedAddedScore(given: GivenScore): AddedScore {
  const { name, definition, expression, kind, direction } = given;
  if (kind !== undefined && !kinds.includes(kind)) {
    throw invalid(`kind is ${JSON.stringify(kind)}; give classification or regression`);
  }
  if (direction !== undefined && !directions.includes(direction)) {
    throw invalid(
      `direction is ${JSON.stringify(direction)}; give higher, lower or zero: where the better values are`,
    );
  }
  if (!isAddedScoreName(name)) {
    throw invalid(
      `the score's name is ${JSON.stringify(name)}; give up to 60 letters, digits and underscores, a letter first`,
    );
  }
  if (findScore(name)) throw invalid(`${name} is a score of every project; choose another name`);
  if ((definition === undefined) === (expression === undefined)) {
    throw invalid(
      `the score ${name} has ${definition === undefined ? "no definition and no expression" : "a definition and an expression"}; give one of the two`,
    );
  }
  return expression === undefined
    ? scoreOfDefinition(given, definition!)
    : scoreOfExpression(given, expression);
}

function scoreOfDefinition({ name, kind, direction }: GivenScore, id: string): AddedScore {
  const found = definitionOf(id);
  if (!found) {
    const ids = catalogue.map((each) => each.id);
    const guess = nearest(id, ids);
    throw invalid(
      `definition is ${JSON.stringify(id)}, which the catalogue does not have${guess === undefined ? "" : `; did you mean ${guess}?`}`,
    );
  }
  if (kind !== undefined && kind !== found.kind) {
    throw invalid(`kind is ${kind}, and ${id} is a definition of a ${found.kind}; leave kind out`);
  }
  if (direction !== undefined && direction !== found.direction) {
    throw invalid(`direction is ${direction}, and that of ${id} is ${found.direction}; leave direction out`);
  }
  return { name, kind: found.kind, direction: found.direction, definition: id };
}

function scoreOfExpression({ name, kind, direction }: GivenScore, expression: string): AddedScore {
  if (direction === undefined) {
    throw invalid(
      `direction of the score ${name} is missing; say where its better values are: higher, lower or zero`,
    );
  }
  return { name, kind: kind ? checkedFor(expression, kind) : onlyKind(expression), direction, expression };
}

function checkedFor(expression: string, kind: AddedScore["kind"]): AddedScore["kind"] {
  checkedExpression(expression, kind);
  return kind;
}

/** The kind of which an expression can be, where it can be of one only. */
function onlyKind(expression: string): AddedScore["kind"] {
  const failures: unknown[] = [];
  const possible = kinds.filter((kind) => {
    try {
      checkedExpression(expression, kind);
      return true;
    } catch (error) {
      failures.push(error);
      return false;
    }
  });
  const [first, second] = possible;
  if (first === undefined) throw failures[0];
  if (second === undefined) return first;
  throw invalid(
    `kind is missing, and ${JSON.stringify(expression)} can be of both; give kind: classification or regression`,
  );
}

function invalid(message: string): TrackingError {
  return new TrackingError("INVALID_ARGUMENT", message);
}
