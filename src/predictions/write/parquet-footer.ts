import type { PredictionColumn, PredictionTable } from "../prediction-table.js";
import type { Statistics } from "./column-statistics.js";
import { codec, convertedType, encoding, pageType, physicalType, repetition } from "./parquet-constants.js";
import { ThriftWriter, thriftType } from "./thrift-writer.js";

/** Where a column chunk lies in the file, and what it holds; sizes include the page headers. */
export interface ColumnChunk {
  values: number;
  offset: number;
  /** Where its first data page starts; a dictionary page lies before it where this differs from `offset`. */
  dataOffset: number;
  compressedSize: number;
  uncompressedSize: number;
  statistics: Statistics;
}

/** A horizontal slice of the table: one chunk a column. */
export interface RowGroup {
  rows: number;
  chunks: ColumnChunk[];
}

/**
 * Parquet's FileMetaData: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */
export function footer(table: PredictionTable, rowGroups: readonly RowGroup[]): Uint8Array {
  const thrift = new ThriftWriter();
  thrift.struct(undefined, () => {
    thrift.i32(1, 2); // the version that pandas and Arrow write: RLE_DICTIONARY, but nothing that must be new
    thrift.list(2, thriftType.struct, [undefined, ...table.columns], (column) =>
      writeSchemaElement(thrift, table, column),
    );
    thrift.i64(3, table.rows);
    thrift.list(4, thriftType.struct, rowGroups, (group) => writeRowGroup(thrift, table, group));
    thrift.list(5, thriftType.struct, Object.entries(table.metadata), ([key, value]) =>
      thrift.struct(undefined, () => {
        thrift.binary(1, key);
        thrift.binary(2, value);
      }),
    );
    thrift.binary(6, "ml-tracking version 1");
    thrift.list(
      7,
      thriftType.struct,
      table.columns,
      () => thrift.struct(undefined, () => thrift.struct(1, () => {})), // bounds in the type's own order
    );
  });
  return thrift.bytes;
}

/** A data or dictionary page's PageHeader. */
export function pageHeader(
  thrift: ThriftWriter,
  page: { type: number; encoding: number; values: number },
  sizes: { uncompressed: number; compressed: number; checksum: number },
): Uint8Array {
  thrift.reset();
  thrift.struct(undefined, () => {
    thrift.i32(1, page.type);
    thrift.i32(2, sizes.uncompressed);
    thrift.i32(3, sizes.compressed);
    thrift.i32(4, sizes.checksum | 0);
    thrift.struct(page.type === pageType.dictionary ? 7 : 5, () => {
      thrift.i32(1, page.values);
      thrift.i32(2, page.encoding);
      if (page.type === pageType.data) {
        thrift.i32(3, encoding.rle); // definition levels
        thrift.i32(4, encoding.rle); // repetition levels
      }
    });
  });
  return thrift.bytes;
}

function writeSchemaElement(
  thrift: ThriftWriter,
  table: PredictionTable,
  column: PredictionColumn | undefined,
): void {
  thrift.struct(undefined, () => {
    if (!column) {
      thrift.binary(4, "schema");
      thrift.i32(5, table.columns.length);
      return;
    }
    thrift.i32(1, physicalType[column.type]);
    thrift.i32(3, repetition.optional);
    thrift.binary(4, column.name);
    if (column.type === "string") {
      thrift.i32(6, convertedType.utf8);
      thrift.struct(10, () => thrift.struct(1, () => {})); // the logical type STRING
    }
  });
}

function writeRowGroup(thrift: ThriftWriter, table: PredictionTable, group: RowGroup): void {
  const sum = (size: (chunk: ColumnChunk) => number) =>
    group.chunks.reduce((total, chunk) => total + size(chunk), 0);
  thrift.struct(undefined, () => {
    thrift.list(1, thriftType.struct, group.chunks, (chunk) => {
      const column = table.columns[group.chunks.indexOf(chunk)]!;
      writeColumnChunk(thrift, column, chunk);
    });
    thrift.i64(
      2,
      sum((chunk) => chunk.uncompressedSize),
    );
    thrift.i64(3, group.rows);
    thrift.i64(5, group.chunks[0]?.offset ?? 0);
    thrift.i64(
      6,
      sum((chunk) => chunk.compressedSize),
    );
  });
}

function writeColumnChunk(thrift: ThriftWriter, column: PredictionColumn, chunk: ColumnChunk): void {
  const hasDictionary = chunk.dataOffset > chunk.offset;
  const encodings = [encoding.plain, encoding.rle, ...(hasDictionary ? [encoding.rleDictionary] : [])];
  thrift.struct(undefined, () => {
    thrift.i64(2, 0); // once where a copy of the metadata lay; deprecated
    thrift.struct(3, () => {
      thrift.i32(1, physicalType[column.type]);
      thrift.list(2, thriftType.i32, encodings, (element) => thrift.element(element));
      thrift.list(3, thriftType.binary, [column.name], (element) => thrift.element(element));
      thrift.i32(4, codec.snappy);
      thrift.i64(5, chunk.values);
      thrift.i64(6, chunk.uncompressedSize);
      thrift.i64(7, chunk.compressedSize);
      thrift.i64(9, chunk.dataOffset);
      if (hasDictionary) thrift.i64(11, chunk.offset);
      thrift.struct(12, () => {
        thrift.i64(3, chunk.statistics.missing ?? 0);
        if (chunk.statistics.max) thrift.binary(5, chunk.statistics.max);
        if (chunk.statistics.min) thrift.binary(6, chunk.statistics.min);
      });
    });
  });
}
