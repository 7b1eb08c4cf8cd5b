import type { DuckDBValue } from "@duckdb/node-api";

import { shown } from "../experiment/input/values.js";
import { featurePrefix, type PredictionColumn } from "../predictions/prediction-table.js";
import { featureNames } from "../predictions/read/feature-source.js";
import type { SliceCondition } from "../predictions/slice-condition.js";
import { TrackingError } from "../tracking-error.js";
import type { Predictions } from "./open-predictions.js";
import { givenLabel, type PredictionLabels } from "./prediction-labels.js";
import { jsonValue } from "./sample-ids.js";

type Bind = (value: DuckDBValue) => string;

/** @throws TrackingError INVALID_ARGUMENT where it was not logged */
export function featureColumn(
  { footer }: Predictions,
  feature: string,
): { name: string; type: PredictionColumn["type"] } {
  const known = featureNames(footer.names);
  if (known.includes(feature)) return footer.column(`${featurePrefix}${feature}`);
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `the slice has the column ${shown(feature)}, which is neither y_true nor a feature of the samples; ${known.length === 0 ? "no features were logged" : `there are ${known.join(", ")}`}`,
  );
}

/** A name as SQL has it. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * The terms of one condition of a slice, all of which must hold.
 * @param column SQL of the column
 * @throws TrackingError INVALID_ARGUMENT where the column cannot have such a value
 */
export function conditionTerms(
  condition: SliceCondition,
  column: string,
  type: PredictionColumn["type"],
  bind: Bind,
): string[] {
  const isNumber = type === "integer" || type === "double";
  const number = `${column}::DOUBLE`;
  // To DuckDB, NaN is a value, and the greatest.
  const isMissing = isNumber ? `(${column} IS NULL OR isnan(${number}))` : `${column} IS NULL`;
  if (condition.type === "missing") return [isMissing];
  if (condition.type === "range") {
    if (!isNumber) throw refused(condition, "the column has no numbers");
    return [`NOT ${isMissing}`, ...rangeTerms(condition, number, bind)];
  }
  if (condition.type === "other") throw refused(condition, "it stands for many values; ask for one of them");
  const { value } = condition;
  const fits = typeof value === (isNumber ? "number" : type === "boolean" ? "boolean" : "string");
  if (!fits) throw refused(condition, `the column has values of type ${isNumber ? "number" : type}`);
  return [`${isNumber ? number : column} = ${bind(value)}`];
}

/** The same of the true labels or values. */
export function trueTerms(
  condition: SliceCondition,
  { y_true: column = "y_true" }: { y_true: string | undefined },
  labels: PredictionLabels | undefined,
  bind: Bind,
): string[] {
  if (!labels) return conditionTerms(condition, column, "double", bind);
  if (condition.type !== "value") throw refused(condition, "a classification has labels");
  const { value } = condition;
  const label = givenLabel(labels, typeof value === "boolean" ? Number(value) : value, "the slice's y_true");
  return [`${column} = ${bind(typeof label === "string" ? label : BigInt(label))}`];
}

function rangeTerms(
  { lower, upper }: Extract<SliceCondition, { type: "range" }>,
  column: string,
  bind: Bind,
): string[] {
  return [
    ...(lower === null ? [] : [`${column} > ${bind(lower)}::DOUBLE`]),
    ...(upper === null ? [] : [`${column} <= ${bind(upper)}::DOUBLE`]),
  ];
}

function refused(condition: SliceCondition, why: string): TrackingError {
  return new TrackingError(
    "INVALID_ARGUMENT",
    `the slice has the condition ${JSON.stringify(condition).slice(0, 200)}: ${why}`,
  );
}

export function featureValue(value: unknown): string | number | boolean | null {
  if (typeof value === "boolean") return value;
  return typeof value === "number" && !Number.isFinite(value) ? null : jsonValue(value);
}
