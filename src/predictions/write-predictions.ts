import { parquetWriteBuffer } from "hyparquet-writer";
import type { PredictionColumn, PredictionTable } from "./prediction-table.js";

/** The bytes of a Parquet file that holds the table, in the order in which they are to be written. */
export function* parquetChunks(table: PredictionTable): Generator<Uint8Array> {
  const buffer = parquetWriteBuffer({
    columnData: table.columns.map((column) => ({
      name: column.name,
      data: plainValues(column, table.rows),
      type: ({ string: "STRING", integer: "INT64", boolean: "BOOLEAN", double: "DOUBLE" } as const)[column.type],
    })),
    kvMetadata: Object.entries(table.metadata).map(([key, value]) => ({ key, value })),
    rowGroupSize: 500_000,
  });
  yield new Uint8Array(buffer);
}

function plainValues(column: PredictionColumn, rows: number): unknown[] {
  return Array.from({ length: rows }, (_, i) => {
    if ("codes" in column) {
      const value = column.dictionary[column.codes[i]!]!;
      return column.type === "integer" ? BigInt(value) : value;
    }
    if (column.type === "double") return column.values[(column.offset ?? 0) + i * (column.stride ?? 1)];
    const value = column.values[i]!;
    if (column.type === "integer") return BigInt(value as number);
    return column.type === "boolean" ? value === 1 : value;
  });
}
