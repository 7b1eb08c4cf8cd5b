import type { PredictionColumn } from "../predictions/prediction-table.js";
import { readableColumnTypes, readPredictions } from "../predictions/read/read-predictions.js";
import { TrackingError } from "../tracking-error.js";
import { type ColumnRequest, type FileColumn, wantedColumns } from "./column-request.js";

/** The columns asked for of a Parquet file. */
export async function parquetColumns(request: ColumnRequest): Promise<Map<string, FileColumn>> {
  const { bytes, asText, fail } = request;
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  try {
    const types = await readableColumnTypes(file, "the Parquet file");
    const known = [...types.keys()].filter(
      (name) => !request.skipUnreadable || types.get(name) !== undefined,
    );
    const wanted = await wantedColumns(request, known);
    const isInteger = (name: string) => request.nullable.has(name) && types.get(name) === "integer";
    const table = await readPredictions(file, {
      columns: wanted,
      name: "the Parquet file",
      nullable: (name) => request.nullable.has(name),
    });
    return new Map(
      table.columns.map((column) => {
        if (asText.has(column.name)) return [column.name, texts(column)];
        return [column.name, isInteger(column.name) ? integers(column) : values(column)];
      }),
    );
  } catch (error) {
    if (!(error instanceof TrackingError) || error.code !== "PREDICTIONS_NOT_READABLE") throw error;
    throw fail(error.message, error);
  }
}

function values(column: PredictionColumn): FileColumn {
  if ("codes" in column) return Array.from(column.codes, (code) => column.dictionary[code] ?? null);
  if (column.type !== "boolean") return column.values;
  return Array.from(column.values, (value) => (value === 2 ? null : value === 1));
}

/** Integers as bigints, whatever their size and whether one is missing: features stay of their type. */
function integers(column: PredictionColumn): (bigint | null)[] {
  return Array.from<unknown, bigint | null>(values(column), (value) =>
    value === null || Number.isNaN(value) ? null : BigInt(value as number | bigint),
  );
}

function texts(column: PredictionColumn): (string | null)[] {
  return Array.from<string | number | bigint | boolean | null, string | null>(values(column), (value) => {
    const isMissing = value === null || (column.type === "double" && column.nullable && Number.isNaN(value));
    return isMissing ? null : String(value);
  });
}
