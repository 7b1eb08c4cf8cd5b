import type { AddedScore, FeatureValues } from "../../added-scores/added-score.js";
import { addedScoreValue } from "../../added-scores/added-score-value.js";
import { definitionOf } from "../../added-scores/definition-of.js";
import { expressionStatistic } from "../../added-scores/expression-statistic.js";
import { readExpression } from "../../added-scores/read-expression.js";
import { computed } from "../../definitions/asked-definitions.js";
import type { Definition } from "../../definitions/definition.js";
import { type JudgedSample, takeRows } from "../pairing/judged-sample.js";
import { addedSample, definedSample } from "./defined-sample.js";

/** Of any rows of a sample, some of them several times; undefined or not finite where it has none. */
type StatisticOf = (rows: Int32Array) => number | undefined;

/** An added score of a sample. */
export interface AddedStatistic {
  value: number;
  valueOf: StatisticOf;
  /** Why it has no interval, whatever the samples. */
  noInterval: string | undefined;
  /** Of fewer samples one experiment has no interval. */
  biasedBelow: Definition["biasedBelow"];
  /** How much longer than a mean it takes. */
  cost: number;
  /** Whether it is about y_score. */
  isOfScores: boolean;
  range: readonly [least: number, greatest: number];
}

/** @returns without a value the reason, as a part of a sentence */
export function addedStatistic(
  score: AddedScore,
  sample: JudgedSample,
  features: ReadonlyMap<string, FeatureValues>,
): AddedStatistic | { why: string } {
  if (isOfOtherClasses(sample) && needsScoredClass(score)) {
    return { why: "the positive class is another in the one than in the other" };
  }
  if (score.expression !== undefined) {
    const found = expressionStatistic(score.expression, addedSample(sample, features));
    if (found.value === undefined) return { why: found.why };
    const { value, valueOf, expression, cost } = found;
    return {
      value,
      valueOf,
      noInterval:
        expression.extreme === undefined
          ? undefined
          : `${expression.extreme} hangs on single samples, which say too little of others`,
      biasedBelow: undefined,
      cost,
      isOfScores: expression.scores.length > 0,
      range: [-Infinity, Infinity],
    };
  }
  const { value, why } = addedScoreValue(score, addedSample(sample, features));
  if (value === undefined) return { why };
  const definition = definitionOf(score.definition)!;
  const labels = sample.kind === "classification" ? sample.labels : [];
  return {
    value,
    valueOf: (rows) => computed(definition, definedSample(takeRows(sample, rows, labels))),
    noInterval: definition.noInterval,
    biasedBelow: definition.biasedBelow,
    cost: 1,
    isOfScores: definition.kind === "classification" && definition.needsScore,
    range: definition.range,
  };
}

/** Of a pair whose positive classes differ: what is about them is not the same quantity. */
function isOfOtherClasses(sample: JudgedSample): boolean {
  return sample.kind === "classification" && sample.labels.length <= 2 && sample.positive === undefined;
}

function needsScoredClass({ expression, definition, kind }: AddedScore): boolean {
  if (expression !== undefined) {
    const found = readExpression(expression, kind);
    return "scores" in found && found.scores.length > 0;
  }
  const found = definitionOf(definition);
  return found?.kind === "classification" && (found.needsScore || found.classes === "two");
}
