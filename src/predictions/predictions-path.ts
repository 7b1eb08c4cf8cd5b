import type { PredictionColumn } from "./prediction-table.js";

/**
 * The type of y_true and y_pred, as the name of a predictions file says it: so all files of one type are a
 * pattern, `predictions/*.text.parquet`, which a database reads as one table.
 */
export type TargetType = "text" | "integer" | "boolean" | "number";

const targetTypes: Record<PredictionColumn["type"], TargetType> = {
  string: "text",
  integer: "integer",
  boolean: "boolean",
  double: "number",
};

export function targetType(type: PredictionColumn["type"]): TargetType {
  return targetTypes[type];
}

/**
 * Where the predictions of an experiment lie in the store.
 * @param day of the logging, in UTC
 * @example predictionsPath("cars", "2026-11-23", "a2b3c4d5e6f7", "number") // "predictions/cars/2026-11-23/a2b3c4d5e6f7.number.parquet"
 */
export function predictionsPath(
  project: string,
  day: string,
  predictionId: string,
  type: TargetType,
): string {
  return `${predictionsFolder(project)}/${day}/${predictionId}.${type}.parquet`;
}

/** The folder that the predictions of a project lie in, a folder a day. */
export function predictionsFolder(project: string): string {
  return `predictions/${project}`;
}
