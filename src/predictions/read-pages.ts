import { crc32 } from "node:zlib";
import type { Decompress } from "./decompress.js";
import { encoding, encodingNames, pageType, physicalType } from "./parquet-constants.js";
import type { ColumnSchema } from "./parquet-metadata.js";
import { unpackHybrid } from "./rle-bit-packing.js";
import {
  numberField,
  optionalNumber,
  structField,
  ThriftReader,
  type ThriftStruct,
} from "./thrift-reader.js";
import { UnreadableFile } from "./unreadable-file.js";

/** PLAIN values, as many as `count`. */
export interface PlainValues {
  bytes: Uint8Array;
  count: number;
}

/** One data page, from the row `firstRow` of its row group on. Indices without a dictionary are booleans. */
export interface DataPage {
  firstRow: number;
  rows: number;
  values: { plain: PlainValues } | { indices: Int32Array; dictionary: PlainValues | undefined };
}

/**
 * The data pages of a column chunk that have rows of `from` up to, not including, `to`, counted from the row group's first; each whole.
 */
export function* readPages(
  chunk: Uint8Array,
  column: ColumnSchema,
  group: { start: number; rows: number },
  range: { from: number; to: number },
  decompress: Decompress,
): Generator<DataPage> {
  const reader = new ThriftReader(chunk);
  let dictionary: PlainValues | undefined;
  let row = 0;
  while (row < range.to) {
    const header = reader.struct();
    const body = reader.take(numberField(header, 3, "size of a page"));
    const type = numberField(header, 1, "type of a page");
    if (type === pageType.index) continue;
    if (type === pageType.dictionary) {
      checkSum(header, body);
      const count = numberField(
        structField(header, 7, "dictionary page header"),
        1,
        "number of dictionary entries",
      );
      dictionary = { bytes: decompress(body, uncompressedSize(header)), count };
      continue;
    }
    const rows = rowsOf(header, type);
    if (rows < 0 || rows > group.rows - row) {
      throw new UnreadableFile(`its column ${JSON.stringify(column.name)} has more values than rows`);
    }
    if (row + rows > range.from && rows > 0) {
      checkSum(header, body);
      const page =
        type === pageType.dataV2
          ? dataPageV2(header, body, decompress)
          : dataPage(header, body, column, decompress);
      if (column.optional) refuseMissing(page.levels, rows, column.name, group.start + row);
      yield { firstRow: row, rows, values: pageValues(page, rows, column, dictionary) };
    }
    row += rows;
  }
}

/** A page's parts: definition levels, in the hybrid of run lengths and bit packing, and values. */
interface PageParts {
  levels: Uint8Array;
  values: Uint8Array;
  encoding: number;
}

function dataPage(
  header: ThriftStruct,
  body: Uint8Array,
  column: ColumnSchema,
  decompress: Decompress,
): PageParts {
  const fields = structField(header, 5, "data page header");
  const pageEncoding = numberField(fields, 2, "encoding of a page");
  const raw = decompress(body, uncompressedSize(header));
  if (!column.optional) return { levels: nothing, values: raw, encoding: pageEncoding };
  const levelEncoding = numberField(fields, 3, "encoding of definition levels");
  if (levelEncoding !== encoding.rle) throw unknownEncoding(levelEncoding, column.name);
  const { part: levels, rest } = lengthPrefixed(raw);
  return { levels, values: rest, encoding: pageEncoding };
}

/** In version 2 the levels stand before the values, uncompressed. */
function dataPageV2(header: ThriftStruct, body: Uint8Array, decompress: Decompress): PageParts {
  const fields = structField(header, 8, "data page header");
  const repetitionSize = numberField(fields, 6, "size of repetition levels");
  const levelsSize = repetitionSize + numberField(fields, 5, "size of definition levels");
  if (repetitionSize < 0 || levelsSize > body.length) throw new UnreadableFile("a page of it ends too early");
  const values = body.subarray(levelsSize);
  return {
    levels: body.subarray(repetitionSize, levelsSize),
    values: fields.get(7) === false ? values : decompress(values, uncompressedSize(header) - levelsSize),
    encoding: numberField(fields, 4, "encoding of a page"),
  };
}

function pageValues(
  page: PageParts,
  rows: number,
  column: ColumnSchema,
  dictionary: PlainValues | undefined,
): DataPage["values"] {
  switch (page.encoding) {
    case encoding.plain:
      return { plain: { bytes: page.values, count: rows } };
    case encoding.plainDictionary:
    case encoding.rleDictionary: {
      if (!dictionary)
        throw new UnreadableFile(`its column ${JSON.stringify(column.name)} lacks a dictionary`);
      const indices = unpackHybrid(page.values.subarray(1), page.values[0] ?? 0, rows);
      for (let i = 0; i < rows; i++) {
        if (indices[i]! >= dictionary.count) {
          throw new UnreadableFile(`its column ${JSON.stringify(column.name)} points beyond its dictionary`);
        }
      }
      return { indices, dictionary };
    }
    case encoding.rle:
      if (column.physical !== physicalType.boolean) throw unknownEncoding(page.encoding, column.name);
      return { indices: unpackHybrid(lengthPrefixed(page.values).part, 1, rows), dictionary: undefined };
    default:
      throw unknownEncoding(page.encoding, column.name);
  }
}

function refuseMissing(levels: Uint8Array, rows: number, name: string, firstRow: number): void {
  const missing = unpackHybrid(levels, 1, rows).indexOf(0);
  if (missing < 0) return;
  throw new UnreadableFile(
    `its column ${JSON.stringify(name)} has no value in row ${firstRow + missing + 1} (the first is 1)`,
    "every sample needs a value: fill it in, or leave the row out",
  );
}

function rowsOf(header: ThriftStruct, type: number): number {
  if (type === pageType.data)
    return numberField(structField(header, 5, "data page header"), 1, "number of values of a page");
  if (type !== pageType.dataV2) throw new UnreadableFile(`it has a page of the unknown type ${type}`);
  return numberField(structField(header, 8, "data page header"), 1, "number of values of a page");
}

function uncompressedSize(header: ThriftStruct): number {
  const size = numberField(header, 2, "uncompressed size of a page");
  if (size < 0) throw new UnreadableFile("a page of it claims to have no size");
  return size;
}

/** A page that was damaged on its way says so itself, where its writer left a CRC-32. */
function checkSum(header: ThriftStruct, body: Uint8Array): void {
  const sum = optionalNumber(header, 4);
  if (sum !== undefined && sum >>> 0 !== crc32(body))
    throw new UnreadableFile("the checksum of a page of it is wrong");
}

function lengthPrefixed(bytes: Uint8Array): { part: Uint8Array; rest: Uint8Array } {
  const end = 4 + (bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16) | (bytes[3]! << 24));
  if (bytes.length < 4 || end < 4 || end > bytes.length)
    throw new UnreadableFile("a page of it ends too early");
  return { part: bytes.subarray(4, end), rest: bytes.subarray(end) };
}

function unknownEncoding(number: number, column: string): UnreadableFile {
  return new UnreadableFile(
    `its column ${JSON.stringify(column)} has the encoding ${encodingNames[number] ?? number}`,
    "write the file with pandas or DuckDB as they do by default",
  );
}

const nothing = new Uint8Array(0);
