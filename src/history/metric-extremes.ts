import { type RunRecord, systemPrefix } from "../run/run-record.js";
import { type EventTable, metricKind, sortedRows } from "./event-table.js";

/**
 * The first value of each metric, that of the least step, and the least and greatest number that it had; without
 * those of the system.
 */
export function metricExtremes(
  events: EventTable,
): Pick<RunRecord, "firstMetrics" | "minMetrics" | "maxMetrics"> {
  const { keys, keyCodes, kinds, values } = events;
  const isCounted = keys.map((key) => !key.startsWith(systemPrefix));
  const first = new Map<string, number>();
  const min = new Map<string, number>();
  const max = new Map<string, number>();
  for (const row of sortedRows(events)) {
    const code = keyCodes[row]!;
    if (kinds[row] !== metricKind || !isCounted[code]) continue;
    const [key, value] = [keys[code]!, values[row]!];
    if (!first.has(key)) first.set(key, value);
    if (!Number.isFinite(value)) continue;
    min.set(key, Math.min(min.get(key) ?? value, value));
    max.set(key, Math.max(max.get(key) ?? value, value));
  }
  return {
    firstMetrics: Object.fromEntries(first),
    minMetrics: Object.fromEntries(min),
    maxMetrics: Object.fromEntries(max),
  };
}
