import { shown } from "../experiment/input/values.js";
import { shortNumber } from "../scores/short-number.js";
import { TrackingError } from "../tracking-error.js";
import { type DefinedSample, isKnownName } from "./asked-definitions.js";
import { plainName } from "./catalogue.js";
import { explainNumber } from "./explain-number.js";
import { whatItIs } from "./explanation-in-words.js";
import { type GivenNumber, givenNumber, isGiven } from "./given-number.js";

/** A number that was reported with the predictions, and what they say to it. */
export interface ReportedNumber {
  name: string;
  /** As it was given. */
  value: string;
  verdict: "matches" | "another definition" | "cannot be had";
  /** The id of the definition that gives it, where there is one. */
  definition: string | undefined;
  /** The verdict as a sentence. */
  summary: string;
}

/**
 * The reported numbers, once read.
 * @throws TrackingError INVALID_ARGUMENT where one is none
 */
export function readReported(reported: unknown): [name: string, given: GivenNumber][] {
  return entriesOf(reported).map(([name, value]) => {
    const text = typeof value === "number" || typeof value === "string" ? String(value) : undefined;
    const given = text === undefined ? undefined : givenNumber(text);
    if (given && name !== "") return [name, given];
    const what =
      name === "" ? "has a number without a name" : `has ${JSON.stringify(name)}, which is no number`;
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `reported ${what}; give a number by each name, such as { f1: 0.91, "xgboost:aucpr": 0.8805 }`,
    );
  });
}

function entriesOf(reported: unknown): [name: string, value: unknown][] {
  if (reported instanceof Map) return [...(reported as Map<string, unknown>)];
  if (typeof reported === "object" && reported !== null && !Array.isArray(reported)) {
    return Object.entries(reported);
  }
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `reported is ${shown(reported)}; give a mapping of names to numbers, such as { f1: 0.91 }`,
  );
}

/**
 * Holds numbers that somebody reported against the predictions.
 * @param scores ours of these predictions, by name
 */
export function checkReported(
  sample: DefinedSample,
  scores: Readonly<Record<string, number>>,
  reported: readonly (readonly [name: string, given: GivenNumber])[],
): ReportedNumber[] {
  return reported.map(([name, given]) => {
    const ours = Object.keys(scores).find((score) => plainName(score) === plainName(name));
    const said = `reported ${name} = ${given.text}`;
    if (ours !== undefined && isGiven(given, scores[ours]!, "float64")) {
      return answer(name, given, { verdict: "matches", summary: `${said} matches` });
    }
    const asked = isKnownName(name) ? { name } : {};
    const found = explainNumber(sample, given, asked);
    const [match] = found.matches;
    const here = ours === undefined ? "" : `; ${ours} is ${shortNumber(scores[ours])} here`;
    // A name of ours means our score; any other, whatever goes by it.
    if (match && asked.name !== undefined && found.isAsked && ours === undefined) {
      return answer(name, given, {
        verdict: "matches",
        definition: match.definition.id,
        summary: `${said} matches: it ${whatItIs(found)}`,
      });
    }
    if (match) {
      return answer(name, given, {
        verdict: "another definition",
        definition: match.definition.id,
        summary: `${said} is another definition: it ${whatItIs(found)}${here}`,
      });
    }
    const accident = found.accidents.length > 0 ? `; it ${whatItIs(found)}` : "";
    return answer(name, given, {
      verdict: "cannot be had",
      summary: `${said} cannot be had from these predictions${accident}${here}`,
    });
  });
}

function answer(
  name: string,
  { text }: GivenNumber,
  said: Pick<ReportedNumber, "verdict" | "summary"> & { definition?: string },
): ReportedNumber {
  return { name, value: text, definition: undefined, ...said };
}
