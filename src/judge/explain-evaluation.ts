import packageJson from "../../package.json" with { type: "json" };
import type { AskedDefinitions, DefinedSample } from "../definitions/asked-definitions.js";
import { plainName } from "../definitions/catalogue.js";
import { explainNumber, type FoundDefinition } from "../definitions/explain-number.js";
import { explanationInWords } from "../definitions/explanation-in-words.js";
import type { ScoreExplanation } from "../definitions/explanation-schema.js";
import { type GivenNumber, givenNumber } from "../definitions/given-number.js";
import { positiveLabelOf } from "../experiment/positive-label-text.js";
import { classificationScores } from "../scores/classification-sample.js";
import { scoreRegistry } from "../scores/registry.js";
import { regressionScores } from "../scores/regression-sample.js";
import { TrackingError } from "../tracking-error.js";
import { definedSample } from "./added/defined-sample.js";
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
  const sample = definedSample(judgedSample(table));
  const found = explainNumber(sample, given, { name, library });
  const ours = oursOf(sample, [...found.matches, ...found.accidents, ...found.nearest], name);
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
    certainty: found.certainty,
    summary: explanationInWords(given, found, ours, { name, library }),
    matches: found.matches.map(shown),
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

/** Our scores of the name that was asked for, or else of that of the first that was found. */
function oursOf(
  sample: DefinedSample,
  found: readonly FoundDefinition[],
  name: string | undefined,
): ScoreExplanation["ours"] {
  const scores: Readonly<Record<string, number>> =
    sample.kind === "regression" ? regressionScores(sample).scores : classificationScores(sample).scores;
  const called = (names: readonly string[]) => {
    const plain = new Set(names.map(plainName));
    return scoreRegistry
      .filter((score) => score.kind === sample.kind && plain.has(plainName(score.name)))
      .map(({ name: score }) => ({ score, value: scores[score] ?? null }));
  };
  const asked = name === undefined ? [] : called([name]);
  if (asked.length > 0) return asked;
  return called(found[0]?.definition.names ?? []).filter(({ value }) => value !== null);
}
