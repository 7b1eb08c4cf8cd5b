import packageJson from "../../package.json" with { type: "json" };
import type { AskedDefinitions, DefinedSample } from "../definitions/asked-definitions.js";
import { plainName } from "../definitions/catalogue.js";
import { certaintyByChance, explainNumber, type FoundDefinition } from "../definitions/explain-number.js";
import { explanationInWords } from "../definitions/explanation-in-words.js";
import type { ScoreExplanation } from "../definitions/explanation-schema.js";
import { type GivenNumber, givenNumber, isGiven } from "../definitions/given-number.js";
import { positiveLabelOf } from "../experiment/positive-label-text.js";
import { scoreRegistry } from "../scores/registry.js";
import { TrackingError } from "../tracking-error.js";
import { definedSample } from "./added/defined-sample.js";
import { type OurScores, scoresOf } from "./our-scores.js";
import { judgedSample } from "./pairing/judged-sample.js";
import type { Evaluation } from "./pairing/pair-evaluations.js";

export interface ExplainSettings extends AskedDefinitions {
  /** With the digits that are known: `0.8805`, `88.05 %`. */
  value: string;
}

/**
 * Says which definitions give a number for an experiment's predictions.
 * @throws TrackingError INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export function explainEvaluation(
  { record, table }: Evaluation,
  { value, name, library }: ExplainSettings,
): ScoreExplanation {
  const given = checkedNumber(value);
  const judged = judgedSample(table);
  const sample = definedSample(judged);
  const found = explainNumber(sample, given, { name, library });
  const scores = scoresOf(sample, judged.weights);
  const ours = oursOf(sample.kind, scores, [...found.matches, ...found.accidents, ...found.nearest], name);
  const weighted = judged.weights && library === undefined ? givenBy(given, scores, ours, name) : [];
  return {
    prediction_id: record.predictionId,
    project: record.project,
    name: record.name ?? null,
    kind: record.kind,
    n: sample.yTrue.length,
    positive_label: record.positiveLabel ?? positiveLabelOf(table.metadata) ?? null,
    given: given.text,
    asked_name: name ?? null,
    asked_library: library ?? null,
    certainty:
      weighted.length > 0 ? certaintyOfOurs(given, weighted, Object.keys(scores).length) : found.certainty,
    summary: explanationInWords(
      given,
      found,
      ours,
      { name, library },
      judged.weights && weighted.map(({ score }) => score),
    ),
    matches: [...weighted.map(weightedMatch), ...found.matches.map(shown)],
    accidents: found.accidents.map((accident) => ({ ...shown(accident), what: accident.what })),
    nearest: found.nearest.map((near) => ({ ...shown(near), distance: near.distance })),
    ours,
    tried: found.tried,
    versions: { ml_tracking: packageJson.version },
  };
}

function checkedNumber(text: string): GivenNumber {
  const given = givenNumber(text);
  if (given) return given;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `value is ${JSON.stringify(text.slice(0, 100))}, which is no number; give it with the digits that you have, such as 0.8805 or 88.05%`,
  );
}

function shown({ definition, value }: FoundDefinition) {
  const { id, library, version, call, formula } = definition;
  return { definition: id, library, version, call, formula, value };
}

/** Our weighted scores that are the number: of the name that was asked for, or else all. */
function givenBy(
  given: GivenNumber,
  scores: OurScores,
  ours: ScoreExplanation["ours"],
  name: string | undefined,
): { score: string; value: number }[] {
  const asked = new Set(ours.map(({ score }) => score));
  return Object.entries(scores).flatMap(([score, value]) =>
    isGiven(given, value) && (name === undefined || asked.has(score)) ? [{ score, value }] : [],
  );
}

/** By how seldom a number that has nothing to do with these predictions would fit one of ours. */
function certaintyOfOurs(
  given: GivenNumber,
  matches: readonly { value: number }[],
  tried: number,
): ScoreExplanation["certainty"] {
  const size = Math.max(Math.abs(matches[0]!.value), Number.MIN_VALUE);
  return certaintyByChance((tried * 2 * given.halfDigit) / size);
}

/** No library's definition is computed with weights here: only our own scores are. */
function weightedMatch({ score, value }: { score: string; value: number }) {
  return {
    definition: `ml-tracking:${score}`,
    library: "ml-tracking",
    version: packageJson.version,
    call: `${score}, with sample_weight`,
    formula: "scikit-learn's definition, each sample counting by its sample_weight",
    value,
  };
}

/** Our scores of the name that was asked for, or else of that of the first that was found. */
function oursOf(
  kind: DefinedSample["kind"],
  scores: OurScores,
  found: readonly FoundDefinition[],
  name: string | undefined,
): ScoreExplanation["ours"] {
  const called = (names: readonly string[]) => {
    const plain = new Set(names.map(plainName));
    return scoreRegistry
      .filter((score) => score.kind === kind && plain.has(plainName(score.name)))
      .map(({ name: score }) => ({ score, value: scores[score] ?? null }));
  };
  const asked = name === undefined ? [] : called([name]);
  if (asked.length > 0) return asked;
  return called(found[0]?.definition.names ?? []).filter(({ value }) => value !== null);
}
