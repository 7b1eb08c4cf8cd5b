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

/** The path in the form of format 1, which did not say the type; undefined for any other path. */
export function untypedPath(path: string): { typed: (type: TargetType) => string } | undefined {
  const stem = /^(.*\/[0-9a-z]{12})\.parquet$/.exec(path)?.[1];
  return stem === undefined ? undefined : { typed: (type) => `${stem}.${type}.parquet` };
}

/**
 * Every path that the predictions of an experiment may have been given: a row of format 1 that somebody read
 * a moment ago names the file as it was called before `compact` renamed it. The row's own comes first.
 */
export function possiblePaths(path: string): string[] {
  const stem = stemOf(path);
  if (stem === undefined) return [path];
  const others = Object.values(targetTypes).map((type) => `${stem}.${type}.parquet`);
  return [...new Set([path, ...others, `${stem}.parquet`])];
}

/** A path without the type that it says: the same for one experiment in either format. */
export function pathWithoutType(path: string): string {
  const stem = stemOf(path);
  return stem === undefined ? path : `${stem}.parquet`;
}

function stemOf(path: string): string | undefined {
  return /^(.*\/[0-9a-z]{12})(?:\.(?:text|integer|boolean|number))?\.parquet$/.exec(path)?.[1];
}
