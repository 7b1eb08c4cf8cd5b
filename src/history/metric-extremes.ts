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
  const first: Record<string, number> = {};
  const min: Record<string, number> = {};
  const max: Record<string, number> = {};
  for (const row of sortedRows(events)) {
    const code = keyCodes[row]!;
    if (kinds[row] !== metricKind || !isCounted[code]) continue;
    const [key, value] = [keys[code]!, values[row]!];
    first[key] ??= value;
    if (!Number.isFinite(value)) continue;
    min[key] = Math.min(min[key] ?? value, value);
    max[key] = Math.max(max[key] ?? value, value);
  }
  return { firstMetrics: first, minMetrics: min, maxMetrics: max };
}
