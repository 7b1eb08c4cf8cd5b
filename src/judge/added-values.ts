import type { AddedSample, AddedScore, AddedValue } from "../added-scores/added-score.js";
import { addedScoreValue } from "../added-scores/added-score-value.js";
import type { PredictionColumn } from "../predictions/prediction-table.js";
import type { FeatureSource } from "../predictions/read/feature-source.js";
import { definedSample } from "./added/defined-sample.js";
import { judgedSample } from "./pairing/judged-sample.js";
import type { Evaluation } from "./pairing/pair-evaluations.js";

/**
 * What some scores of a project are for one experiment, in their order.
 * @throws TrackingError PREDICTIONS_NOT_READABLE
 */
export async function addedValues(
  { table, features }: Evaluation & { features: FeatureSource },
  scores: readonly AddedScore[],
): Promise<AddedValue[]> {
  const sample: AddedSample = {
    ...definedSample(judgedSample(table)),
    features: await mentionedFeatures(features, scores),
  };
  return scores.map((score) => addedScoreValue(score, sample));
}

/** Features may be large: those whose names stand in an expression are read. */
async function mentionedFeatures(
  features: FeatureSource,
  scores: readonly AddedScore[],
): Promise<NonNullable<AddedSample["features"]>> {
  const found = new Map<string, Float64Array | readonly (string | null)[]>();
  const expressions = scores.flatMap(({ expression }) => expression ?? []);
  if (expressions.length === 0) return found;
  for (const name of await features.names()) {
    if (!expressions.some((text) => text.includes(name))) continue;
    found.set(name, plainValues(await features.read(name)));
  }
  return found;
}

function plainValues(column: PredictionColumn): Float64Array | readonly (string | null)[] {
  if (column.type === "string") {
    if (!("codes" in column)) return column.values;
    return Array.from(column.codes, (code) => column.dictionary[code] ?? null);
  }
  if (column.type === "boolean") {
    return Float64Array.from(column.values, (value) => (value === 2 ? Number.NaN : value));
  }
  if (column.type === "integer") {
    if (!("codes" in column)) return Float64Array.from<number | bigint>(column.values, Number);
    return Float64Array.from(column.codes, (code) => Number(column.dictionary[code] ?? Number.NaN));
  }
  const { values, offset = 0, stride = 1 } = column;
  if (stride === 1 && offset === 0) return values;
  const rows = Math.floor((values.length - offset - 1) / stride) + 1;
  return Float64Array.from({ length: rows }, (_, i) => values[offset + i * stride]!);
}
