import type { TrackingError } from "../tracking-error.js";

/** A column as `logExperiment` takes it. */
export type FileColumn =
  | readonly string[]
  | readonly boolean[]
  | readonly bigint[]
  | readonly (string | number | bigint | boolean | null)[]
  | Int32Array
  | Float64Array
  | BigInt64Array;

/** What one format's reader is asked: `fail` makes an error that names the file. */
export interface ColumnRequest {
  bytes: Uint8Array;
  /** Which columns to read of those that the file has. */
  choose: (known: readonly string[]) => readonly string[];
  asText: ReadonlySet<string>;
  /** Columns that may lack values, which are then null or NaN. */
  nullable: ReadonlySet<string>;
  /** Columns of class labels: in a file without types, NA and its like are no class there. */
  labels: ReadonlySet<string>;
  /** Columns that hold numbers or nothing that can be used: scores, and the values of a regression. */
  numbers: ReadonlySet<string>;
  /** Whether columns of what cannot be read count as not there: lists, objects, and in Parquet times and decimals. */
  skipUnreadable: boolean;
  fail: (message: string, cause?: unknown) => TrackingError;
}

/**
 * @throws where a column that is asked for, or to be text, is not there, with those that are and the one that
 * is meant most likely
 */
export async function wantedColumns(
  { choose, asText, fail }: ColumnRequest,
  known: readonly string[],
): Promise<readonly string[]> {
  const wanted = choose(known);
  const names = new Set(known);
  const missing = [...wanted, ...asText].find((column) => !names.has(column));
  if (missing === undefined) return wanted;
  const { nearest } = await import("../experiment/nearest.js");
  const meant = nearest(missing, known);
  const shown = known.slice(0, 50).join(", ");
  const more = known.length > 50 ? ` and ${known.length - 50} more` : "";
  const hint = meant === undefined ? "the" : `did you mean ${JSON.stringify(meant)}? The`;
  throw fail(`unknown column: ${JSON.stringify(missing)}; ${hint} columns are ${shown}${more}`);
}

export function noValue(request: ColumnRequest, column: string, place: string): TrackingError {
  return request.fail(
    `the column ${JSON.stringify(column)} has no value in ${place}; every sample needs one: fill it in, or leave the row out`,
  );
}

/** A cell that says that it is missing, or is a text written so: which of the two only the user knows. */
export function maybeNoValue(
  request: ColumnRequest,
  column: string,
  cell: string,
  place: string,
): TrackingError {
  const asText = request.numbers.has(column)
    ? ""
    : "; where it is a text of its own, name the column in --as-text";
  return request.fail(
    `the column ${JSON.stringify(column)} has ${JSON.stringify(cell)} in ${place}, which stands for a missing value; every sample needs one: fill it in, or leave the row out${asText}`,
  );
}

/** A cell that is not written as a number, in a column that is to hold numbers. */
export function noNumber(request: ColumnRequest, column: string, cell: string, place: string): TrackingError {
  return request.fail(
    `the column ${JSON.stringify(column)} has ${JSON.stringify(cell)} in ${place}, which is no finite number; write numbers with a point and without separators of thousands, such as 1234.5`,
  );
}

/** An integer that no column of a store can hold; row 0 is the first. */
export function tooWide(request: ColumnRequest, column: string, row: number, value: bigint): TrackingError {
  return request.fail(
    `the column ${JSON.stringify(column)} has ${value} in row ${row + 1}, an integer beyond 64 bits; take the column as text with --as-text ${column}`,
  );
}

/** The file as text, without a byte order mark. */
export function textOf({ bytes, fail }: ColumnRequest): string {
  if (bytes.length > largestText) {
    throw fail(`the file has ${bytes.length} bytes, more than can be read as text; convert it to Parquet`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw fail("the file is not UTF-8; save it as UTF-8 (in a spreadsheet: CSV UTF-8)", cause);
  }
}

/** The longest string of Node.js has 2^29 - 24 characters. */
const largestText = 500_000_000;
