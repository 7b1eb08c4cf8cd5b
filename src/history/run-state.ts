import type { JsonValue } from "../experiment/json-value.js";
import { type RunRecord, systemPrefix } from "../run/run-record.js";
import { kindNames } from "./event.js";
import { type EventTable, metricKind, sortedRows } from "./event-table.js";

/** What the events of a run add up to. */
export interface EventsState {
  /** As they were given first. */
  parameters: Record<string, JsonValue>;
  /** The last text of each tag, and when; undefined where it was removed. */
  tags: Map<string, { text: string | undefined; time: number }>;
  /** The last value of each metric, those of the system too. */
  metrics: Record<string, number>;
  /** The greatest step of a metric that is none of the system; -1 without one. */
  lastStep: number;
  /** When something was written last, in milliseconds since 1970; undefined without an event. */
  lastSeen: number | undefined;
  /** Seconds between two signs of life, as the writer promised. */
  interval: number | undefined;
}

export function eventsState(events: EventTable): EventsState {
  const { keys, keyCodes, kinds, steps, times, values, texts } = events;
  // Of any name, `constructor` and `__proto__` too.
  const parameters = new Map<string, JsonValue>();
  const metrics = new Map<string, number>();
  const state: Omit<EventsState, "parameters" | "metrics"> = {
    tags: new Map(),
    lastStep: -1,
    lastSeen: undefined,
    interval: undefined,
  };
  for (let i = 0; i < events.rows; i++) {
    if (state.lastSeen === undefined || times[i]! > state.lastSeen) state.lastSeen = times[i]!;
  }
  for (const i of sortedRows(events)) {
    const key = keys[keyCodes[i]!]!;
    if (kinds[i] === metricKind) {
      metrics.set(key, values[i]!); // sorted: the last one counts
      if (!key.startsWith(systemPrefix)) state.lastStep = Math.max(state.lastStep, steps[i]!);
      continue;
    }
    const time = times[i]!;
    switch (kindNames[kinds[i]!]) {
      case "parameter":
        if (!parameters.has(key)) parameters.set(key, eventJson(texts.get(i)));
        break;
      case "tag": {
        const text = eventJson(texts.get(i));
        state.tags.set(key, { text: typeof text === "string" ? text : undefined, time });
        break;
      }
      case "heartbeat":
        state.interval = Number(key) > 0 ? Number(key) : state.interval;
        break;
      default:
    }
  }
  return { ...state, parameters: Object.fromEntries(parameters), metrics: Object.fromEntries(metrics) };
}

/** What stood in the value of an event that is no metric. */
export function eventJson(text: string | undefined): JsonValue {
  try {
    return text ? (JSON.parse(text) as JsonValue) : null;
  } catch {
    return text ?? null;
  }
}

/** A run as its row and its events say. */
export function withEvents(run: RunRecord, state: EventsState): RunRecord {
  const tags = { ...run.tags };
  for (const [key, { text, time }] of state.tags) {
    if (run.status !== "running" && time < run.writtenAt.getTime()) continue; // the row knows of it
    if (text === undefined) delete tags[key];
    else tags[key] = text;
  }
  const metrics = Object.fromEntries(
    Object.entries(state.metrics).filter(([key]) => !key.startsWith(systemPrefix)),
  );
  return {
    ...run,
    parameters: { ...state.parameters, ...run.parameters },
    tags,
    metrics: { ...run.metrics, ...metrics },
  };
}

/** Whether a run that is said to go on gave no sign of life for three intervals, and when it last did. */
export function contactOf(
  run: RunRecord,
  { lastSeen, interval = usualInterval }: Pick<EventsState, "lastSeen" | "interval">,
  now: Date,
): { lostContact: boolean; lastSeenAt: Date } {
  const seen = Math.max(lastSeen ?? 0, run.writtenAt.getTime());
  const isLost = run.status === "running" && now.getTime() - seen > 3 * interval * 1000;
  return { lostContact: isLost, lastSeenAt: new Date(seen) };
}

/** Seconds between two heartbeats. */
export const usualInterval = 15;
