import { findScore } from "../scores/registry.js";
import { TrackingError } from "../tracking-error.js";
import { askedOf, type DefinedSample } from "./asked-definitions.js";
import { catalogue, plainName } from "./catalogue.js";
import type { Definition } from "./definition.js";
import type { FoundDefinitions } from "./definitions-schema.js";
import { definitionsCalled, differenceFrom } from "./score-definitions.js";
import { smallSamples } from "./small-samples.js";

export interface DefinitionQuery {
  /** Every word has to stand in the id, a name, the library, the call or the formula. */
  words?: string | undefined;
  kind?: Definition["kind"] | undefined;
  library?: string | undefined;
  /** Those of the name of a score of ours, with where they differ from it. */
  score?: string | undefined;
}

/**
 * Definitions of the catalogue; of those that all words are in, the ones whose names have them come first.
 * @throws TrackingError INVALID_ARGUMENT for a library or a score that there is not
 */
export function findDefinitions({ words, kind, library, score }: DefinitionQuery = {}): FoundDefinitions {
  const ours = score === undefined ? undefined : findScore(score);
  if (score !== undefined && !ours) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `score is ${JSON.stringify(score.slice(0, 100))}, which is no score of every project; docs/scores.md lists them`,
    );
  }
  const asked = askedOf(ours ? definitionsCalled(ours) : catalogue, { library });
  const wanted = (words ?? "").split(/\s+/).map(plainName).filter(Boolean);
  const found = asked.filter(
    (definition) =>
      (kind === undefined || definition.kind === kind) &&
      wanted.every((word) => textOf(definition).includes(word)),
  );
  const isNamed = ({ id, names }: Definition) => {
    const plain = [id, ...names].map(plainName);
    return wanted.every((word) => plain.some((name) => name.includes(word)));
  };
  const sorted = [...found.filter(isNamed), ...found.filter((definition) => !isNamed(definition))];
  return {
    total: sorted.length,
    definitions: sorted.map((definition) => ({
      ...shownDefinition(definition),
      difference: ours ? differenceFrom(ours, definition, examples()) : null,
    })),
  };
}

let made: DefinedSample[] | undefined;
/** The same each time, so that what was computed of them is remembered. */
const examples = () => (made ??= smallSamples());

function textOf({ id, names, library, call, formula }: Definition): string {
  return [id, ...names, library, call, formula].map(plainName).join(" ");
}

function shownDefinition(definition: Definition) {
  const { id, names, library, version, kind, direction, call, formula, traits } = definition;
  return {
    id,
    names: [...names],
    library,
    version,
    kind,
    direction,
    needs_score: definition.kind === "classification" && definition.needsScore,
    call,
    formula,
    traits: Object.entries(traits).map(([about, does]) => ({
      about: about.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
      does,
    })),
  };
}
