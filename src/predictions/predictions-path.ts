import type { PredictionColumn } from "./prediction-table.js";

/**
 * The type of y_true and y_pred, as the name of a predictions file says it: so all files of one type are a
 * pattern, `predictions/*.text.parquet`, which a database reads as one table.
 */
export type TargetType = (typeof targetTypes)[number];
export const targetTypes = ["text", "integer", "boolean", "number"] as const;

const typeOfColumn: Record<PredictionColumn["type"], TargetType> = {
  string: "text",
  integer: "integer",
  boolean: "boolean",
  double: "number",
};

export function targetType(type: PredictionColumn["type"]): TargetType {
  return typeOfColumn[type];
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

/** Whether a path is in the form of format 1, which did not say the type. */
export function isUntyped(path: string): boolean {
  return pathWithoutType(path) === path && stemOf(path) !== undefined;
}

/** The path that says the type, of one in the form of format 1. */
export function typedPath(path: string, type: TargetType): string {
  return `${stemOf(path)}.${type}.parquet`;
}

/**
 * Every path that the predictions of an experiment may have been given: a row of format 1 that somebody read
 * a moment ago names the file as it was called before `compact` renamed it. The row's own comes first.
 */
export function possiblePaths(path: string): string[] {
  const stem = stemOf(path);
  if (stem === undefined) return [path];
  const others = targetTypes.map((type) => `${stem}.${type}.parquet`);
  return [...new Set([path, ...others, `${stem}.parquet`])];
}

/** A path without the type that it says: the same for one experiment in either format. */
export function pathWithoutType(path: string): string {
  const stem = stemOf(path);
  return stem === undefined ? path : `${stem}.parquet`;
}

/**
 * The paths by which rows may name a file: its own, and the one without its type, which a row of format 1 has
 * that a stopped compaction left or a backup brought back.
 */
export function pathsInRows(path: string): string[] {
  return [path, pathWithoutType(path)];
}

function stemOf(path: string): string | undefined {
  return written.exec(path)?.[1];
}

const written = new RegExp(`^(.*/[0-9a-z]{12})(?:\\.(?:${targetTypes.join("|")}))?\\.parquet$`);
