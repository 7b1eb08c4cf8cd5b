import { shown } from "../experiment/input/values.js";
import { shortNumber } from "../scores/short-number.js";
import { TrackingError } from "../tracking-error.js";
import { type DefinedSample, isKnownName, isOfTraining } from "./asked-definitions.js";
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
 * The numbers that were reported, by name.
 * @throws TrackingError INVALID_ARGUMENT where it is no mapping
 */
export function readReported(reported: unknown): [name: string, value: unknown][] {
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
 * The metrics of a run that may be of the predictions of an experiment: they go by the name of a definition,
 * and do not say that they are of the training data. As texts of three decimals or more: a program that logs
 * 1 did not round to whole numbers.
 */
export function comparableMetrics(
  metrics: Readonly<Record<string, number>>,
  kind: DefinedSample["kind"],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metrics)
      .filter(([name]) => isKnownName(name, kind) && !isOfTraining(name))
      .map(([name, value]) => [name, withDecimals(String(value), 3)]),
  );
}

/** @example withDecimals("0.5", 3) // "0.500" */
function withDecimals(text: string, least: number): string {
  const [, whole, decimals = ""] = /^(-?\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  return whole === undefined ? text : `${whole}.${decimals.padEnd(least, "0")}`;
}

/**
 * Holds numbers that somebody reported against the predictions.
 * @param scores ours of these predictions, by name
 * @param isWeighted whether ours are weighted, which no other library's definition is here
 */
export function checkReported(
  sample: DefinedSample,
  scores: Readonly<Record<string, number>>,
  reported: readonly (readonly [name: string, value: unknown])[],
  isWeighted = false,
): ReportedNumber[] {
  const unweighted = isWeighted ? ", without sample_weight" : "";
  return reported.map(([name, value]) => {
    const text = textOf(value);
    const given = givenNumber(text);
    if (!given) {
      const summary = `reported ${name} is ${text}, which is no number`;
      return { name, value: text, verdict: "cannot be had", definition: undefined, summary };
    }
    const ours = Object.keys(scores).find((score) => plainName(score) === plainName(name));
    const said = `reported ${name} = ${given.text}`;
    if (ours !== undefined && isGiven(given, scores[ours]!)) {
      return answer(name, given, { verdict: "matches", summary: `${said} matches` });
    }
    const isKnown = isKnownName(name);
    const asked = isKnown ? { name } : {};
    const found = explainNumber(sample, given, asked);
    const [match] = found.matches;
    const here = ours === undefined ? "" : `; ${ours} is ${shortNumber(scores[ours])} here`;
    // A name of ours means our score; any other, whatever goes by it.
    if (match && asked.name !== undefined && found.isAsked && ours === undefined) {
      return answer(name, given, {
        verdict: "matches",
        definition: match.definition.id,
        summary: `${said} matches: it ${whatItIs(found)}${unweighted}`,
      });
    }
    if (match && (found.isAsked || found.certainty !== "possible")) {
      return answer(name, given, {
        verdict: "another definition",
        definition: match.definition.id,
        summary: `${said} is another definition: it ${whatItIs(found)}${unweighted}${here}`,
      });
    }
    const isFound = found.matches.length + found.accidents.length > 0;
    const guess = isFound ? `, unless it ${whatItIs(found)}${unweighted}` : "";
    const without = isKnown ? "" : "; no definition goes by that name";
    const others = isWeighted && isKnown ? "; those of other libraries were tried without sample_weight" : "";
    return answer(name, given, {
      verdict: "cannot be had",
      summary: `${said} cannot be had from these predictions${guess}${here}${without}${others}`,
    });
  });
}

/** With its digits; 1 is a perfect score, and not 0.6 rounded. */
function textOf(value: unknown): string {
  if (typeof value !== "string" && typeof value !== "number") return shown(value);
  const text = String(value);
  return /^-?[01]$/.test(text) ? withDecimals(text, 2) : text;
}

function answer(
  name: string,
  { text }: GivenNumber,
  said: Pick<ReportedNumber, "verdict" | "summary"> & { definition?: string },
): ReportedNumber {
  return { name, value: text, definition: undefined, ...said };
}
