import type { ExperimentRecord } from "./experiment-record.js";
import { inSnakeCase } from "./snake-case.js";

/**
 * An experiment as JSON: the names of the tracking log's columns, scores together, null for what is missing.
 */
export function recordJson({ newerFormat: _newer, ...record }: ExperimentRecord) {
  return inSnakeCase({ ...record, loggedAt: record.loggedAt.toISOString() });
}
