import { crc32 } from "node:zlib";
import type { PredictionColumn, PredictionTable } from "../prediction-table.js";
import { ByteSink } from "./byte-sink.js";
import { columnPages } from "./column-pages.js";
import type { Statistics } from "./column-statistics.js";
import { magic, pageType } from "./parquet-constants.js";
import { type ColumnChunk, footer, pageHeader, type RowGroup } from "./parquet-footer.js";
import { appendSnappy, appendSnappyIntegers } from "./snappy.js";
import { ThriftWriter } from "./thrift-writer.js";

/**
 * The bytes of a Parquet file that holds the table, to be written in this order; of a large table some
 * megabytes at a time, so that it is never in memory twice.
 *
 * Integers are INT64, strings UTF-8, all columns OPTIONAL and without missing values, every page compressed
 * with Snappy and with its CRC-32. https://parquet.apache.org/docs/file-format/
 */
export function* parquetChunks(table: PredictionTable): Generator<Uint8Array> {
  for (const column of table.columns) assertRows(column, table.rows);
  const file = new FileBytes();
  file.append(utf8.encode(magic));
  const rowGroups: RowGroup[] = [];
  for (const [start, end] of groupsOf(table)) {
    const chunks: ColumnChunk[] = [];
    for (const column of table.columns) chunks.push(yield* columnChunk(file, column, start, end));
    rowGroups.push({ rows: end - start, chunks });
  }
  const metadata = footer(table, rowGroups);
  file.append(metadata);
  file.uint32(metadata.length);
  file.append(utf8.encode(magic));
  yield file.take();
}

function* groupsOf({ rows, columns, breaks = [] }: PredictionTable): Generator<[start: number, end: number]> {
  const most = rowsPerGroup(columns.length);
  let start = 0;
  for (const next of [...breaks, rows]) {
    for (; start < next; start = Math.min(start + most, next)) yield [start, Math.min(start + most, next)];
  }
}

/**
 * 500,000 rows, less where columns are many: a reader holds at least one column chunk, a careless one the
 * whole group.
 */
function rowsPerGroup(columns: number): number {
  return Math.min(500_000, Math.max(1, Math.floor(2 ** 24 / columns)));
}

const handOver = 1 << 20;
const utf8 = new TextEncoder();

function* columnChunk(
  file: FileBytes,
  column: PredictionColumn,
  start: number,
  end: number,
): Generator<Uint8Array, ColumnChunk> {
  const offset = file.position;
  let dataOffset = offset;
  let uncompressedSize = 0;
  const thrift = new ThriftWriter();
  const compressed = new ByteSink(0);
  const pages = columnPages(column, start, end);
  let next = pages.next();
  for (; !next.done; next = pages.next()) {
    const page = next.value;
    compressed.length = 0;
    if (page.halves) appendSnappyIntegers(compressed, page.body, page.halves);
    else appendSnappy(compressed, page.body);
    const body = compressed.written();
    const header = pageHeader(thrift, page, {
      uncompressed: page.body.length,
      compressed: body.length,
      checksum: crc32(body),
    });
    file.append(header);
    file.append(body);
    uncompressedSize += header.length + page.body.length;
    if (page.type === pageType.dictionary) dataOffset = file.position;
    if (file.length >= handOver) yield file.take();
  }
  const statistics: Statistics = next.value;
  return {
    values: end - start,
    offset,
    dataOffset,
    compressedSize: file.position - offset,
    uncompressedSize,
    statistics,
  };
}

/** The bytes not yet handed over, and how many there were in all. */
class FileBytes extends ByteSink {
  #taken = 0;

  constructor() {
    super(4096);
  }

  get position(): number {
    return this.#taken + this.length;
  }

  override take(): Uint8Array {
    this.#taken += this.length;
    return super.take();
  }
}

function assertRows(column: PredictionColumn, rows: number): void {
  const count = "codes" in column ? column.codes.length : column.values.length;
  if (column.type === "double") {
    const { offset = 0, stride = 1 } = column;
    if (rows > 0 && offset + (rows - 1) * stride >= count) {
      throw new RangeError(`${column.name} has too few values for ${rows} rows: ${count}`);
    }
  } else if (count !== rows)
    throw new RangeError(`${column.name} has ${count} values; the table has ${rows} rows`);
}
