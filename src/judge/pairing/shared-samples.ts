import { TrackingError } from "../../tracking-error.js";
import { alignSamples } from "./align-samples.js";
import type { Evaluation } from "./pair-evaluations.js";

/**
 * How many samples two experiments have in common, by their ids; null where an experiment has none, or an id
 * twice.
 */
export function sharedSamples(a: Evaluation, b: Evaluation): number | null {
  const [idsA, idsB] = [a, b].map(({ table }) => table.columns.find(({ name }) => name === "sample_id"));
  if (!idsA || !idsB) return null;
  try {
    const rows = alignSamples(idsA, idsB, [a.record.predictionId, b.record.predictionId]);
    return rows.a?.length ?? a.table.rows;
  } catch (error) {
    if (error instanceof TrackingError && error.code === "NOT_COMPARABLE") return null;
    throw error;
  }
}
