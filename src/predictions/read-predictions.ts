import { TrackingError } from "../tracking-error.js";
import type { PredictionColumn, PredictionTable } from "./prediction-table.js";

/** A file whose bytes are read in ranges; an ArrayBuffer fits. */
export interface ByteRanges {
  byteLength: number;
  slice(start: number, end?: number): Promise<ArrayBuffer> | ArrayBuffer;
}

/** Reads a Parquet file's columns (all, or those named) and rows from `rowStart` up to, not including, `rowEnd`. */
export async function readPredictions(
  file: ByteRanges,
  options: { columns?: readonly string[]; rowStart?: number; rowEnd?: number } = {},
): Promise<PredictionTable> {
  const { parquetMetadataAsync, parquetReadObjects } = await import("hyparquet");
  try {
    const metadata = await parquetMetadataAsync(file);
    const names = options.columns ?? metadata.schema.slice(1).map((element) => element.name);
    const rows = await parquetReadObjects({ file, metadata, columns: [...names], ...range(options) });
    return {
      rows: rows.length,
      columns: names.map((name) =>
        typed(
          name,
          rows.map((row) => row[name]),
        ),
      ),
      metadata: Object.fromEntries(
        (metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ""]),
      ),
    };
  } catch (cause) {
    throw new TrackingError("PREDICTIONS_NOT_READABLE", `the predictions cannot be read: ${String(cause)}`, {
      cause,
    });
  }
}

function range(options: { rowStart?: number; rowEnd?: number }) {
  return {
    ...(options.rowStart === undefined ? {} : { rowStart: options.rowStart }),
    ...(options.rowEnd === undefined ? {} : { rowEnd: options.rowEnd }),
  };
}

function typed(name: string, values: unknown[]): PredictionColumn {
  const first = values[0];
  if (typeof first === "string") return { name, type: "string", values: values as string[] };
  if (typeof first === "bigint")
    return { name, type: "integer", values: BigInt64Array.from(values as bigint[]) };
  if (typeof first === "boolean")
    return { name, type: "boolean", values: Uint8Array.from(values as boolean[], Number) };
  return { name, type: "double", values: Float64Array.from(values as number[]) };
}
