import { TrackingError } from "../tracking-error.js";
import type { ColumnRequest, FileColumn } from "./column-request.js";

const fileFormats = ["csv", "tsv", "parquet", "json", "jsonl"] as const;
export type FileFormat = (typeof fileFormats)[number];

/** The columns asked for, in the order asked for; all of the same number of rows, at least one. */
export interface PredictionsFile {
  rows: number;
  columns: Map<string, FileColumn>;
  /** Whether the file says itself which columns are integers: Parquet does. */
  isTyped: boolean;
}

export interface PredictionsFileOptions {
  /** What messages call the file; its ending tells the format where none is given. */
  name?: string;
  /** Columns that are text whatever they look like, such as codes of digits. */
  asText?: readonly string[];
  /** Columns in which a row may have no value: an empty cell, null. Asked for once the columns are chosen. */
  nullable?: () => readonly string[];
  /** Columns of class labels, in which NA and its like are refused in a file without types. */
  labels?: readonly string[];
  /** Columns that hold numbers, in a file without types. Asked for once the columns are chosen. */
  numbers?: () => readonly string[];
  /**
   * Passes over columns that have a list or an object, such as images, and in Parquet times and decimals; by
   * default one of them is refused where it is wanted.
   */
  skipUnreadable?: boolean;
}

/**
 * Reads columns of a user's file of predictions: CSV or TSV with a header line (separated by semicolons or
 * bars too), Parquet, JSON (a list of records, an object of columns, or names and rows) or JSON lines (a record a line).
 * Without a format, the name's ending tells it, or else the content.
 *
 * CSV has no types; a column there is integers if all its cells are written as such (`1`, `-5`, also `1.0`,
 * as pandas writes labels that were once beside a missing value), booleans if all are true or false, numbers
 * if all are, else text. `007` is text. NA, nan, null and their like among numbers or class labels are
 * missing values, and refused.
 *
 * @param wanted names of columns, or what chooses them of those that the file has
 * @throws TrackingError INVALID_PREDICTIONS_FILE naming the column, row or line
 */
export async function readPredictionsFile(
  bytes: Uint8Array,
  format: FileFormat | undefined,
  wanted: readonly string[] | ((known: readonly string[]) => readonly string[]),
  options: PredictionsFileOptions = {},
): Promise<PredictionsFile> {
  const name = options.name ?? "the predictions file";
  const nullable = new Set<string>();
  const numbers = new Set<string>();
  const request: ColumnRequest = {
    bytes,
    choose: (known) => {
      const chosen = [...new Set(typeof wanted === "function" ? wanted(known) : wanted)];
      for (const column of options.nullable?.() ?? []) nullable.add(column);
      for (const column of options.numbers?.() ?? []) numbers.add(column);
      return chosen;
    },
    asText: new Set(options.asText),
    nullable,
    labels: new Set(options.labels),
    numbers,
    skipUnreadable: options.skipUnreadable ?? false,
    fail: (message, cause) =>
      new TrackingError(
        "INVALID_PREDICTIONS_FILE",
        `${name}: ${message}`,
        cause === undefined ? {} : { cause },
      ),
  };
  if (bytes.length === 0) throw request.fail("the file is empty; give one with a row a sample");
  const known = format ?? formatOfName(options.name) ?? formatOfContent(bytes);
  const columns = await readColumns(request, known);
  const rows = columns.values().next().value?.length ?? 0;
  if (rows === 0) throw request.fail("the file has no rows; give one with a row a sample");
  return { rows, columns, isTyped: known === "parquet" };
}

/** One module a format, loaded when it is needed: a command-line call pays for what it uses. */
async function readColumns(request: ColumnRequest, format: FileFormat): Promise<Map<string, FileColumn>> {
  if (format === "parquet") return (await import("./parquet-columns.js")).parquetColumns(request);
  if (format === "json" || format === "jsonl") {
    const { jsonColumns, jsonLinesColumns } = await import("./json-columns.js");
    return format === "json" ? jsonColumns(request) : jsonLinesColumns(request);
  }
  return (await import("./delimited-columns.js")).delimitedColumns(request, format === "tsv" ? "\t" : ",");
}

function formatOfName(name: string | undefined): FileFormat | undefined {
  const ending = name?.toLowerCase().match(/\.([a-z0-9]+)$/)?.[1];
  if (ending === "ndjson") return "jsonl";
  if (ending === "pq") return "parquet";
  return fileFormats.find((format) => format === ending);
}

/** Parquet by its magic number, JSON by its first bracket, a table by what separates its header. */
function formatOfContent(bytes: Uint8Array): FileFormat {
  const start = new TextDecoder().decode(bytes.subarray(0, 65_536)).trimStart();
  if (start.startsWith("PAR1")) return "parquet";
  if (start.startsWith("[")) return "json";
  if (start.startsWith("{")) return isRecordLine(start) ? "jsonl" : "json";
  const [header = ""] = start.split(/\r?\n/, 1);
  return /^[^,]*\t[^,]*$/.test(header) ? "tsv" : "csv";
}

/**
 * A record that ends with its line is one of JSON lines; where its first key has a list, the object is one of
 * columns.
 */
function isRecordLine(start: string): boolean {
  return /^\{[^\n]*\}\s*(\n|$)/.test(start) && !/^\{\s*"[^"]*"\s*:\s*\[/.test(start);
}
