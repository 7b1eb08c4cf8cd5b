import { shortNumber } from "../scores/short-number.js";
import type { AskedDefinitions } from "./asked-definitions.js";
import type { FoundAccident, FoundDefinition, FoundNumber } from "./explain-number.js";
import type { GivenNumber } from "./given-number.js";

/**
 * What was found about a number, in a few sentences.
 * @param weighted of weighted samples, our weighted scores that are the number; all else is without weights
 */
export function explanationInWords(
  given: GivenNumber,
  found: FoundNumber,
  ours: readonly { score: string; value: number | null }[],
  { name, library }: AskedDefinitions,
  weighted?: readonly string[],
): string {
  const asked = [...(name === undefined ? [] : ["name"]), ...(library === undefined ? [] : ["library"])];
  const isOther = asked.length > 0 && !found.isAsked && found.matches.length > 0;
  const isOurs = weighted !== undefined && weighted.length > 0;
  return [
    ...(isOurs ? [`${given.text} is ${weighted.join(", ")} here, with sample_weight.`] : []),
    ...(isOurs && found.certainty === "none" ? [] : sentences(given, found, weighted !== undefined)),
    ...(isOther ? [`No definition of that ${asked.join(" and ")} gives it.`] : []),
    ...(isOurs ? [] : oursInWords(ours, weighted === undefined ? "" : ", with sample_weight")),
  ].join(" ");
}

function sentences(
  { text, value: given }: GivenNumber,
  { certainty, matches, accidents, nearest, tried }: FoundNumber,
  isWeighted: boolean,
): string[] {
  const unweighted = isWeighted ? ", without sample_weight" : "";
  if (certainty === "none") {
    // As many digits as tell it from the number that was given.
    const digits = (value: number) =>
      shortNumber(value) === shortNumber(given) ? String(Number(value.toPrecision(10))) : shortNumber(value);
    const distinct = new Map(nearest.toReversed().map((each) => [digits(each.value), each]));
    const near = [...distinct].toReversed().map(([value, each]) => `${value}, ${called(each)}`);
    return [
      `None of ${tried} definitions gives ${text} for these predictions${unweighted}, also not by a common accident.`,
      ...(near.length > 0
        ? [`Nearest ${near.length === 1 ? "is" : "are"} ${near.slice(0, 3).join("; ")}.`]
        : []),
    ];
  }
  const [match] = matches;
  const first = `${text} ${whatItIs({ certainty, matches, accidents })}${unweighted}.`;
  const how = match && certainty !== "possible" ? [`That is: ${match.definition.formula}`] : [];
  const doubt =
    certainty === "possible" ? ["It may fit by luck: a name, a library or more digits would tell more."] : [];
  return [first, ...how, ...doubt];
}

/** What a number is, after its name: `is XGBoost's eval_metric='aucpr'`. There is a match or an accident. */
export function whatItIs({
  certainty,
  matches,
  accidents,
}: Pick<FoundNumber, "certainty" | "matches" | "accidents">): string {
  const is = { certain: "is", likely: "is most likely", possible: "may be", none: "is not" }[certainty];
  const [accident] = accidents;
  // An accident is of what was asked for; what else gives the number then has another name.
  return `${is} ${[
    ...(accident ? [`${called(accident)}, ${accident.what}`] : []),
    ...(matches.length > 0 ? [named(matches)] : []),
  ].join("; or ")}`;
}

function oursInWords(ours: readonly { score: string; value: number | null }[], how: string): string[] {
  return ours.map(({ score, value }) =>
    value === null
      ? `Here ${score} is undefined for these predictions${how}.`
      : `Here ${score} is ${shortNumber(value)}${how}.`,
  );
}

/** The first by name, and which others give the same. */
function named(matches: readonly FoundDefinition[]): string {
  const [first, ...others] = matches as [FoundDefinition, ...FoundDefinition[]];
  const libraries = [...new Set(others.map(({ definition }) => definition.library))].filter(
    (library) => library !== first.definition.library,
  );
  const rest =
    libraries.length > 3 ? [...libraries.slice(0, 2), `${libraries.length - 2} others`] : libraries;
  return rest.length > 0 ? `${called(first)}; so say ${rest.join(", ")}` : called(first);
}

function called({ definition }: FoundDefinition | FoundAccident): string {
  const { library, call } = definition;
  return `${library}'s ${call}`;
}
