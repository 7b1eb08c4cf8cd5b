import { TrackingError } from "../tracking-error.js";
import { decompressor } from "./decompress.js";
import { magic } from "./parquet-constants.js";
import { type ColumnSchema, type FileMetadata, fileMetadata } from "./parquet-metadata.js";
import type { PredictionColumn, PredictionTable } from "./prediction-table.js";
import { columnBuilder } from "./read-column.js";
import { readPages } from "./read-pages.js";
import { ThriftReader } from "./thrift-reader.js";
import { UnreadableFile } from "./unreadable-file.js";

/** A file whose bytes are read in ranges; an ArrayBuffer fits. */
export interface ByteRanges {
  byteLength: number;
  slice(start: number, end?: number): Promise<ArrayBuffer> | ArrayBuffer;
}

export interface ReadPredictionsOptions {
  /** The columns to read, in this order; all where undefined. */
  columns?: readonly string[];
  /** The first row, counted from 0. */
  rowStart?: number;
  /** The row after the last; beyond the file's end, its end. */
  rowEnd?: number;
  /** What messages call the file. */
  name?: string;
}

/**
 * Reads a table of predictions, or some of its columns and rows, from a Parquet file: one that `parquetChunks` made, or another program,
 * in any codec but LZO and with the encodings that pandas, DuckDB and Spark use by default.
 *
 * What was written comes back equal, though not always in the same arrays: integers as the narrowest of Int32Array, Float64Array and
 * BigInt64Array that has them all, strings that were in a dictionary as `dictionary` and `codes`, in the order of their first row group.
 *
 * @throws TrackingError PREDICTIONS_NOT_READABLE where the file is damaged, lacks a column, or has a missing value
 */
export async function readPredictions(
  file: ByteRanges,
  options: ReadPredictionsOptions = {},
): Promise<PredictionTable> {
  return readable(options.name, async () => {
    const { read, metadata } = await openFile(file);
    const schemas = options.columns?.map((name) => findColumn(metadata, name)) ?? metadata.columns;
    const start = Math.min(Math.max(options.rowStart ?? 0, 0), metadata.rows);
    const end = Math.max(Math.min(options.rowEnd ?? metadata.rows, metadata.rows), start);
    if (end - start > mostRows) {
      throw new UnreadableFile(
        `it has ${end - start} rows, more than ${mostRows}`,
        "read it in parts, by rowStart and rowEnd",
      );
    }
    const columns: PredictionColumn[] = [];
    for (const schema of schemas) columns.push(await readColumn(read, metadata, schema, start, end));
    return { rows: end - start, columns, metadata: metadata.metadata };
  });
}

/** The names of a Parquet file's columns. */
export async function predictionColumnNames(file: ByteRanges, name?: string): Promise<string[]> {
  return readable(name, async () => (await openFile(file)).metadata.columns.map((column) => column.name));
}

/** Five times the largest experiment that this project is built for; a file of a few bytes can claim any number. */
const mostRows = 50_000_000;

type Read = (start: number, end: number) => Promise<Uint8Array>;

/** Reads the footer, and with it whatever else lies in the last half megabyte: all of a small file. */
async function openFile(file: ByteRanges): Promise<{ read: Read; metadata: FileMetadata }> {
  const length = file.byteLength;
  const smallest = 2 * magic.length + 4;
  if (length < smallest)
    throw new UnreadableFile(length === 0 ? "it is empty" : `it has ${length} bytes only`);
  const tailStart = Math.max(0, length - 2 ** 19);
  const tail = await readRange(file, tailStart, length);
  const read: Read = async (start, end) =>
    start >= tailStart ? tail.subarray(start - tailStart, end - tailStart) : readRange(file, start, end);

  const trailer = await read(length - magic.length - 4, length);
  if (String.fromCharCode(...trailer.subarray(4)) !== magic)
    throw new UnreadableFile("it does not end as a Parquet file");
  const footerLength = (trailer[0]! | (trailer[1]! << 8) | (trailer[2]! << 16) | (trailer[3]! << 24)) >>> 0;
  const footerStart = length - magic.length - 4 - footerLength;
  if (footerStart < magic.length) throw new UnreadableFile(`it claims a footer of ${footerLength} bytes`);
  const footer = new ThriftReader(await read(footerStart, length - magic.length - 4));
  return { read, metadata: fileMetadata(footer, footerStart) };
}

async function readRange(file: ByteRanges, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(await file.slice(start, end));
  if (bytes.length !== end - start) throw new UnreadableFile("it ends before its length says so");
  return bytes;
}

async function readColumn(
  read: Read,
  metadata: FileMetadata,
  schema: ColumnSchema,
  start: number,
  end: number,
): Promise<PredictionColumn> {
  const builder = columnBuilder(schema, end - start);
  const index = metadata.columns.indexOf(schema);
  let groupStart = 0;
  for (const { rows, chunks } of metadata.rowGroups) {
    const from = Math.max(start - groupStart, 0);
    const to = Math.min(end - groupStart, rows);
    if (from < to) {
      const { codec, offset, compressedSize } = chunks[index]!;
      const decompress = await decompressor(codec);
      const chunk = await read(offset, offset + compressedSize);
      for (const page of readPages(chunk, schema, { start: groupStart, rows }, { from, to }, decompress)) {
        builder.add(page, Math.max(from - page.firstRow, 0), Math.min(to - page.firstRow, page.rows));
      }
    }
    groupStart += rows;
  }
  return builder.column();
}

function findColumn({ columns }: FileMetadata, name: string): ColumnSchema {
  const found = columns.find((column) => column.name === name);
  if (found) return found;
  throw new UnreadableFile(
    `it has no column ${JSON.stringify(name)}`,
    `its columns are ${columns.map((column) => column.name).join(", ")}`,
  );
}

/** Says of every failure which file it was and what to do about it. What fails while the bytes are fetched is passed on. */
async function readable<T>(name = "the predictions file", read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
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
