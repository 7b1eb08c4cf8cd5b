import { shown } from "../experiment/input/values.js";
import type { Predictions } from "./open-predictions.js";
import { fromPredictions, queryPredictions } from "./query-predictions.js";

/** The sample ids in the order of the file; null each where the file has none. For small files. */
export async function sampleIds(
  predictions: Predictions,
  signal: AbortSignal | undefined,
): Promise<(string | number | null)[]> {
  if (!predictions.hasSampleIds) return Array.from({ length: predictions.samples }, () => null);
  const ids: (string | number | null)[] = [];
  await queryPredictions(predictions, `SELECT sample_id ${fromPredictions}`, {}, signal, (chunk) => {
    for (const value of chunk.getColumnValues(0)) ids.push(jsonValue(value));
  });
  return ids;
}

/** An id or a label as JSON can hold it: digits as text where a number would lose some. */
export function jsonValue(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "bigint") return shown(value); // a type that we never write
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
