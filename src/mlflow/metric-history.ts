import { type EventTable, metricKind, sortedRows } from "../history/event-table.js";
import { readEvents } from "../history/read-events.js";
import type { Store } from "../store/store.js";
import type { KnownRun } from "./known-run.js";

/** The points of one metric of a run. Point i is the i-th of every array. */
export interface MetricPoints {
  values: Float64Array;
  /** Milliseconds since 1970. */
  times: Float64Array;
  steps: Float64Array;
}

/** Milliseconds for which points are kept: a client asks for page after page. */
const keptFor = 20_000;
const mostKept = 8;

/** Reads metrics by time, step and value, as MLflow's clients expect them. */
export class MetricHistory {
  readonly #store: Store;
  readonly #now: () => Date;
  #kept = new Map<string, { points: MetricPoints; at: number }>();

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** @param isFirstPage false for what goes on where an earlier answer ended */
  async points(run: KnownRun, key: string, { isFirstPage }: { isFirstPage: boolean }): Promise<MetricPoints> {
    const name = `${run.record.runId} ${key}`;
    const now = this.#now().getTime();
    const kept = this.#kept.get(name);
    if (!isFirstPage && kept && now - kept.at < keptFor) return kept.points;
    const { events } = await readEvents(this.#store, run.record);
    const points = pointsOf(events, key);
    this.#kept.delete(name);
    this.#kept.set(name, { points, at: now });
    for (const oldest of [...this.#kept.keys()].slice(0, -mostKept)) this.#kept.delete(oldest);
    return points;
  }
}

function pointsOf(events: EventTable, key: string): MetricPoints {
  const code = events.keys.indexOf(key);
  const { times, steps, values } = events;
  const rows = sortedRows(events)
    .filter((row) => events.kinds[row] === metricKind && events.keyCodes[row] === code)
    .sort((a, b) => times[a]! - times[b]! || steps[a]! - steps[b]! || values[a]! - values[b]!);
  const take = (from: Float64Array) => Float64Array.from(rows, (row) => from[row]!);
  return { values: take(values), times: take(times), steps: take(steps) };
}
