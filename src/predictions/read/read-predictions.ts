import type { SchemaElement, SchemaTree } from "hyparquet";
import { TrackingError } from "../../tracking-error.js";
import { columnType } from "../column-type.js";
import { featurePrefix, type PredictionColumn, type PredictionTable } from "../prediction-table.js";
import type { ByteRanges } from "./byte-ranges.js";
import { columnValues } from "./column-values.js";
import { type ColumnChunk, openParquet, type ParquetFile } from "./open-parquet.js";
import { readChunk } from "./read-chunk.js";
import { UnreadableFile } from "./unreadable-file.js";

export type { ByteRanges };

export interface ReadPredictionsOptions {
  /** The columns to read, in this order; all where undefined. */
  columns?: readonly string[];
  /** Whether features are among them where `columns` does not say; true by default. */
  features?: boolean;
  /** The first row, counted from 0. */
  rowStart?: number;
  /** The row after the last; beyond the file's end, its end. */
  rowEnd?: number;
  /** What messages call the file. */
  name?: string;
  /**
   * Whether strings and integers that the file has in a dictionary come as codes into one, which takes less
   * room and time.
   */
  codes?: boolean;
  /**
   * Columns of which samples may lack a value; by default the features, whose names start with `feature_`.
   */
  nullable?: (name: string) => boolean;
  /** Ends the reading, which then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Reads a table of predictions, or some of its columns and rows, from a Parquet file: one that
 * `parquetChunks` made, or another program, in any codec but LZO.
 *
 * What was written comes back equal, though not always in the same arrays: integers as the narrowest of
 * Int32Array, Float64Array and BigInt64Array that has them all, strings one by one; in a column that may lack
 * values strings come as codes, and integers as doubles where one is missing.
 *
 * @throws TrackingError PREDICTIONS_NOT_READABLE where the file is damaged, lacks a column, or has a missing
 * value where none may be
 */
export async function readPredictions(
  file: ByteRanges,
  options: ReadPredictionsOptions = {},
): Promise<PredictionTable> {
  return readable(options, async () => {
    const parquet = await openParquet(file);
    const all = parquet.names.filter((name) => options.features !== false || !isFeature(name));
    const wanted = (options.columns ?? all).map((name) => ({ name, column: findColumn(parquet, name) }));
    const start = Math.min(Math.max(options.rowStart ?? 0, 0), parquet.rows);
    const end = Math.max(Math.min(options.rowEnd ?? parquet.rows, parquet.rows), start);
    if (end - start > mostRows) {
      throw new UnreadableFile(
        `it has ${end - start} rows, more than ${mostRows}`,
        "read it in parts, by rowStart and rowEnd",
      );
    }
    // All that is claimed is checked before anything is allocated for it.
    const checked = wanted.map(
      ({ name, column }): CheckedColumn => ({
        name,
        element: column.element,
        type: columnType(column),
        chunks: parquet.chunks(column),
      }),
    );
    const columns: PredictionColumn[] = [];
    for (const column of checked) columns.push(await readColumn(parquet, column, start, end, options));
    return { rows: end - start, columns, metadata: parquet.metadata };
  });
}

/** The names of a Parquet file's columns, of features as the user named them. */
export async function predictionColumnNames(file: ByteRanges, name?: string): Promise<string[]> {
  return readable({ name }, async () => [...(await openParquet(file)).names]);
}

/**
 * The columns of a Parquet file, what they are called there, and what they are read as; of the file, its
 * footer alone is read.
 */
export async function predictionColumnTypes(
  file: ByteRanges,
  name?: string,
): Promise<{ name: string; nameInFile: string; type: PredictionColumn["type"] }[]> {
  return readable({ name }, async () => {
    const { columns, names } = await openParquet(file, footerSize);
    return columns.map((column, i) => ({
      name: names[i]!,
      nameInFile: column.element.name,
      type: columnType(column),
    }));
  });
}

/**
 * Every column of a Parquet file with what it is read as; undefined where it can be no label, score or sample
 * id, such as a time or a list.
 */
export async function readableColumnTypes(
  file: ByteRanges,
  name?: string,
): Promise<Map<string, PredictionColumn["type"] | undefined>> {
  return readable({ name }, async () => {
    const { columns, names } = await openParquet(file, footerSize);
    return new Map(columns.map((column, i) => [names[i]!, typeIfReadable(column)]));
  });
}

function typeIfReadable(column: SchemaTree): PredictionColumn["type"] | undefined {
  try {
    return columnType(column);
  } catch (error) {
    if (error instanceof UnreadableFile) return undefined;
    throw error;
  }
}

/** The footer of a file of some columns and row groups fits into it. */
const footerSize = 2 ** 14;

/**
 * Five times the largest experiment that this project is built for; a file of a few bytes can claim any
 * number.
 */
const mostRows = 50_000_000;

interface CheckedColumn {
  name: string;
  element: SchemaElement;
  type: PredictionColumn["type"];
  chunks: readonly ColumnChunk[];
}

/** A row group at a time: decoded values take several times the room of the arrays that they go to. */
async function readColumn(
  parquet: ParquetFile,
  { name, element, type, chunks }: CheckedColumn,
  start: number,
  end: number,
  { codes = false, nullable = isFeature, signal }: ReadPredictionsOptions,
): Promise<PredictionColumn> {
  const values = columnValues({
    name,
    type,
    rows: end - start,
    firstRow: start,
    codes,
    nullable: nullable(name),
  });
  let groupStart = 0;
  let read = 0;
  for (const chunk of chunks) {
    const from = Math.max(start - groupStart, 0);
    const to = Math.min(end - groupStart, chunk.rows);
    if (from < to) {
      signal?.throwIfAborted();
      const bytes = await parquet.read(chunk.offset, chunk.offset + chunk.size);
      for (const piece of await readChunk(bytes, chunk, element, from, to)) {
        const first = Math.max(from - piece.start, 0);
        const last = Math.min(to - piece.start, piece.values.length);
        values.add(piece, first, last);
        read += last - first;
      }
    }
    groupStart += chunk.rows;
  }
  if (read !== end - start) {
    throw new UnreadableFile(`its column ${JSON.stringify(name)} has ${read} values for ${end - start} rows`);
  }
  return values.column();
}

function isFeature(name: string): boolean {
  return name.startsWith(featurePrefix);
}

function findColumn({ columns, names }: ParquetFile, name: string): SchemaTree {
  const found = columns[names.indexOf(name)];
  if (found) return found;
  throw new UnreadableFile(`it has no column ${JSON.stringify(name)}`, `its columns are ${names.join(", ")}`);
}

/**
 * Says of every failure which file it was and what to do about it. What fails while the bytes are fetched is
 * passed on.
 */
async function readable<T>(
  { name = "the predictions file", signal }: { name?: string | undefined; signal?: AbortSignal | undefined },
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof UnreadableFile) {
      throw new TrackingError(
        "PREDICTIONS_NOT_READABLE",
        `${name} cannot be read: ${cause.message}; ${cause.wayOut}`,
        { cause },
      );
    }
    if (cause instanceof TrackingError) throw cause;
    const { message } = cause as Error;
    throw new TrackingError("PREDICTIONS_NOT_READABLE", `${name} cannot be read: ${message}`, { cause });
  }
}
