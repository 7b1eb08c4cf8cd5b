import { metricKind, sortedRows } from "../history/event-table.js";
import type { ChartQuery } from "./chart-query.js";
import type { Series } from "./chart-schema.js";
import type { RunEvents } from "./run-events.js";
import { thinPoints } from "./thin-points.js";

/** The points of some metrics of a run whose events are in memory. */
export function liveSeries(runId: string, { events }: RunEvents, query: ChartQuery): Series[] {
  const byKey = new Map<string, number[]>();
  for (const key of query.keys) byKey.set(key, []);
  for (const row of sortedRows(events)) {
    if (events.kinds[row] !== metricKind) continue;
    byKey.get(events.keys[events.keyCodes[row]!]!)?.push(row);
  }
  const xs = query.x === "step" ? events.steps : events.times;
  const [low, high] = [query.from ?? Number.NEGATIVE_INFINITY, query.to ?? Number.POSITIVE_INFINITY];
  return [...byKey].flatMap(([key, all]) => {
    const rows = all.filter((row) => xs[row]! >= low && xs[row]! <= high);
    if (rows.length === 0) return [];
    if (query.x === "time") rows.sort((a, b) => xs[a]! - xs[b]!); // stable: of one time in the order of steps
    const points = Array.from(rows, (row) => ({ x: xs[row]!, y: events.values[row]! }));
    return [{ run_id: runId, key, ...thinPoints(points, query.buckets) }];
  });
}
