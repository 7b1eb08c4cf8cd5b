import type { PredictionColumn } from "../../predictions/prediction-table.js";
import { predictionColumnNames, readPredictions } from "../../predictions/read/read-predictions.js";
import { TrackingError } from "../../tracking-error.js";
import { type ColumnRequest, type FileColumn, wantedColumns } from "./column-request.js";

/** The columns asked for of a Parquet file. */
export async function parquetColumns(request: ColumnRequest): Promise<Map<string, FileColumn>> {
  const { bytes, asText, fail } = request;
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  try {
    const wanted = await wantedColumns(request, await predictionColumnNames(file, "the Parquet file"));
    const table = await readPredictions(file, {
      columns: wanted,
      name: "the Parquet file",
      nullable: (name) => request.nullable.has(name),
    });
    return new Map(
      table.columns.map((column) => [column.name, asText.has(column.name) ? texts(column) : values(column)]),
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

function texts(column: PredictionColumn): (string | null)[] {
  return Array.from<string | number | bigint | boolean | null, string | null>(values(column), (value) => {
    const isMissing = value === null || (column.type === "double" && column.nullable && Number.isNaN(value));
    return isMissing ? null : String(value);
  });
}
