import { TrackingError } from "../../tracking-error.js";
import { arrowIntegers, arrowValues, isArrowVector } from "./arrow-vector.js";
import { hasFunction, isDense, oneColumn, readDense, scoresOf } from "./dense.js";
import { entriesOf, isForeign, isIterable } from "./is-foreign.js";
import { isDanfoSeries, isTable, tableColumns } from "./table.js";

/** What reads an argument that a library holds: undefined where it is nothing of the kind. */
type Reading = Promise<unknown> | undefined;

/**
 * A column that a library holds, as an array or a typed array.
 * @param path what messages call it
 * @throws TrackingError INVALID_ARGUMENT where it has not one value a sample
 */
function readColumn(given: unknown, path: string): Reading {
  if (!isForeign(given)) return undefined;
  if (isDense(given)) return readDense(given, path).then((dense) => oneColumn(dense, path));
  if (isDanfoSeries(given)) return Promise.resolve(given.values);
  if (isTable(given)) return onlyColumn(tableColumns(given), path);
  if (isArrowVector(given)) return Promise.resolve(arrowValues(given, path));
  if (hasFunction(given, "next") || isIterable(given)) return collected(given as Iterable<unknown>);
  return undefined;
}

/** Class probabilities that a library holds: a tensor or matrix of rows, or a table with a column a class. */
function readScores(given: unknown, path: string): Reading {
  if (!isForeign(given)) return readColumns(given, path);
  if (isDense(given)) return readDense(given, path).then((dense) => scoresOf(dense, path));
  if (isTable(given)) return namedColumns(tableColumns(given), path);
  return readColumn(given, path);
}

/** A column that describes the samples: integers of a type that may lack values stay integers. */
function readFeature(given: unknown, path: string): Reading {
  const integers = isForeign(given) && isArrowVector(given) ? arrowIntegers(given) : undefined;
  return integers ? Promise.resolve(integers) : readColumn(given, path);
}

/** Columns by name that a library holds, or some of them. */
function readFeatures(given: unknown, path: string): Reading {
  return readColumns(given, path, readFeature);
}

function readColumns(given: unknown, path: string, read = readColumn): Reading {
  if (isForeign(given)) {
    if (isTable(given)) return namedColumns(tableColumns(given), path, read);
    if (!isDense(given)) return undefined;
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${path} is a tensor or matrix, whose columns have no names; give columns by name, each with one value a sample`,
    );
  }
  const columns = entriesOf(given);
  return columns?.some(([, column]) => isForeign(column)) ? namedColumns(columns, path, read) : undefined;
}

/** Each column read; a Map keeps names that are no text. */
async function namedColumns(
  columns: readonly (readonly [unknown, unknown])[],
  path: string,
  readOne = readColumn,
): Promise<Map<unknown, unknown>> {
  const read = new Map<unknown, unknown>();
  for (const [name, column] of columns) {
    if (read.has(name)) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `${path} has two columns called ${JSON.stringify(name)}; rename one of them`,
      );
    }
    const place = `${path}[${typeof name === "string" ? JSON.stringify(name) : String(name)}]`;
    read.set(name, (await readOne(column, place)) ?? column);
  }
  return read;
}

async function onlyColumn(columns: [string, unknown][], path: string): Promise<unknown> {
  const [first, ...others] = columns;
  if (first !== undefined && others.length === 0) return (await readColumn(first[1], path)) ?? first[1];
  const names = columns.map(([name]) => JSON.stringify(name)).join(", ");
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `${path} is a table with the columns ${names || "of no name"}; give one column of it`,
  );
}

async function collected(values: Iterable<unknown> | AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const value of values) all.push(value);
  return all;
}

/** How each kind of argument is read: one column, class probabilities, or columns by name. */
export const readHeld = {
  column: readColumn,
  feature: readFeature,
  scores: readScores,
  features: readFeatures,
};
