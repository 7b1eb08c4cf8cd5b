import type { ExperimentRecord } from "./experiment-record.js";
import { inSnakeCase } from "./snake-case.js";

/**
 * An experiment as JSON: the names of the tracking log's columns, scores together, null for what is missing;
 * and what was said of it, where the record has that.
 */
export function recordJson<Record extends ExperimentRecord>({ newerFormat: _newer, ...record }: Record) {
  return inSnakeCase({ ...record, loggedAt: record.loggedAt.toISOString() });
}
