import type { DuckDBConnection, DuckDBDataChunk, DuckDBValue } from "@duckdb/node-api";

import { namedTypes } from "../duckdb/bound-types.js";
import { notReadable } from "./not-readable.js";
import type { Predictions } from "./open-predictions.js";

/**
 * The FROM clause of every query: the file, whose path is bound as $path. file_row_number counts its rows
 * from 0.
 */
export const fromPredictions =
  "FROM read_parquet($path, hive_partitioning = false, union_by_name = false, file_row_number = true)";

/**
 * Runs a query over the predictions and hands on its chunks as they come, in the order of the file where the
 * query does not sort.
 * @param values bound by name, besides $path
 * @throws TrackingError PREDICTIONS_NOT_READABLE; the signal's reason where that is aborted
 */
export async function queryPredictions(
  predictions: Predictions,
  sql: string,
  values: Record<string, DuckDBValue>,
  signal: AbortSignal | undefined,
  take: (chunk: DuckDBDataChunk) => void,
): Promise<void> {
  signal?.throwIfAborted();
  let connection: DuckDBConnection | undefined;
  const stop = () => connection?.interrupt();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    connection = await predictions.connect();
    signal?.throwIfAborted();
    const result = await connection.stream(
      sql,
      { ...values, path: literally(predictions.path) },
      await namedTypes(values),
    );
    for (;;) {
      const chunk = await result.fetchChunk();
      signal?.throwIfAborted();
      if (!chunk || chunk.rowCount === 0) return;
      take(chunk);
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw notReadable(predictions.name, cause);
  } finally {
    signal?.removeEventListener("abort", stop);
    connection?.closeSync();
  }
}

/** read_parquet takes a pattern; in brackets its special characters stand for themselves. */
function literally(path: string): string {
  return path.replace(/[[*?]/g, "[$&]");
}
