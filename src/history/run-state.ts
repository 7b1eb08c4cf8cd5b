import type { JsonValue } from "../experiment/json-value.js";
import { type RunDataset, type RunRecord, systemPrefix } from "../run/run-record.js";
import { kindNames } from "./event.js";
import { type EventTable, metricKind } from "./event-table.js";

/** What the events of a run add up to. */
export interface EventsState {
  /** As they were given first. */
  parameters: Record<string, JsonValue>;
  /** The last text of each tag, and when; undefined where it was removed. */
  tags: Map<string, { text: string | undefined; time: number }>;
  /** The last value of each metric, those of the system too. */
  metrics: Record<string, number>;
  /** The step of each of these values, and when it was logged. */
  metricSteps: Record<string, number>;
  metricTimes: Record<string, number>;
  inputs: RunRecord["inputs"];
  outputs: RunRecord["outputs"];
  /** The greatest step of a metric that is none of the system; -1 without one. */
  lastStep: number;
  /** When something was written last, in milliseconds since 1970; undefined without an event. */
  lastSeen: number | undefined;
  /** Seconds between two signs of life, as the writer promised. */
  interval: number | undefined;
}

/** Collects what events add up to; they may come in any order, and twice. */
export class EventsStateBuilder {
  /** Of any name, `constructor` and `__proto__` too. */
  readonly #parameters = new Map<string, { value: JsonValue; time: number }>();
  readonly #tags: EventsState["tags"] = new Map();
  readonly #metrics = new Map<string, { value: number; step: number; time: number }>();
  readonly #datasets = new Map<string, { dataset: RunDataset; time: number }>();
  readonly #models = new Map<string, { role: string; modelId: string; step: number }>();
  #lastStep = -1;
  #lastSeen: number | undefined;
  #interval: number | undefined;

  take(events: EventTable): void {
    const { rows, keys, keyCodes, kinds, steps, times, values, texts } = events;
    for (let i = 0; i < rows; i++) {
      const key = keys[keyCodes[i]!]!;
      const time = times[i]!;
      if (this.#lastSeen === undefined || time > this.#lastSeen) this.#lastSeen = time;
      if (kinds[i] === metricKind) {
        this.#takeMetric(key, { value: values[i]!, step: steps[i]!, time });
        continue;
      }
      switch (kindNames[kinds[i]!]) {
        case "parameter":
          if (time < (this.#parameters.get(key)?.time ?? Number.POSITIVE_INFINITY)) {
            this.#parameters.set(key, { value: eventJson(texts.get(i)), time }); // as it was given first
          }
          break;
        case "tag":
          if (time >= (this.#tags.get(key)?.time ?? Number.NEGATIVE_INFINITY)) {
            const text = eventJson(texts.get(i));
            this.#tags.set(key, { text: typeof text === "string" ? text : undefined, time });
          }
          break;
        case "dataset":
          this.#takeDataset(key, eventJson(texts.get(i)), time);
          break;
        case "model":
          this.#takeModel(key, eventJson(texts.get(i)));
          break;
        case "heartbeat":
          this.#interval = Number(key) > 0 ? Number(key) : this.#interval;
          break;
        default:
      }
    }
  }

  #takeMetric(key: string, point: { value: number; step: number; time: number }): void {
    if (!key.startsWith(systemPrefix)) this.#lastStep = Math.max(this.#lastStep, point.step);
    const last = this.#metrics.get(key);
    if (!last) this.#metrics.set(key, point);
    else if (isLater(point, last)) Object.assign(last, point);
  }

  /** A data set is what it was said to be first: a metric of it names it again, without its context. */
  #takeDataset(name: string, said: JsonValue, time: number): void {
    if (typeof said !== "object" || said === null || Array.isArray(said)) return;
    const { digest, context } = said;
    if (typeof digest !== "string") return;
    const id = JSON.stringify([name, digest]);
    if (time >= (this.#datasets.get(id)?.time ?? Number.POSITIVE_INFINITY)) return;
    const dataset = { name, digest, context: typeof context === "string" ? context : undefined };
    this.#datasets.set(id, { dataset, time });
  }

  #takeModel(modelId: string, said: JsonValue): void {
    if (typeof said !== "object" || said === null || Array.isArray(said)) return;
    const { role, step } = said;
    if (role !== "input" && role !== "output") return;
    this.#models.set(`${role} ${modelId}`, { role, modelId, step: typeof step === "number" ? step : 0 });
  }

  state(): EventsState {
    const metrics = [...this.#metrics];
    const models = [...this.#models.values()];
    return {
      parameters: Object.fromEntries([...this.#parameters].map(([key, { value }]) => [key, value])),
      tags: this.#tags,
      metrics: Object.fromEntries(metrics.map(([key, { value }]) => [key, value])),
      metricSteps: Object.fromEntries(metrics.map(([key, { step }]) => [key, step])),
      metricTimes: Object.fromEntries(metrics.map(([key, { time }]) => [key, time])),
      inputs: {
        datasets: [...this.#datasets.values()].map(({ dataset }) => dataset),
        models: models.filter(({ role }) => role === "input").map(({ modelId }) => modelId),
      },
      outputs: {
        models: models
          .filter(({ role }) => role === "output")
          .map(({ modelId, step }) => ({ modelId, step })),
      },
      lastStep: this.#lastStep,
      lastSeen: this.#lastSeen,
      interval: this.#interval,
    };
  }
}

type MetricPoint = Readonly<Record<"value" | "step" | "time", number>>;

/** Of one step and time the greatest counts, whichever is read first. */
function isLater(point: MetricPoint, last: MetricPoint): boolean {
  if (point.step !== last.step) return point.step > last.step;
  if (point.time !== last.time) return point.time > last.time;
  return !(point.value < last.value);
}

export function eventsState(events: EventTable): EventsState {
  const builder = new EventsStateBuilder();
  builder.take(events);
  return builder.state();
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
  return {
    ...run,
    parameters: { ...state.parameters, ...run.parameters },
    tags,
    metrics: { ...run.metrics, ...withoutSystem(state.metrics) },
    metricSteps: { ...run.metricSteps, ...withoutSystem(state.metricSteps) },
    metricTimes: { ...run.metricTimes, ...withoutSystem(state.metricTimes) },
    inputs: withInputs(run.inputs, state.inputs),
    outputs: withOutputs(run.outputs, state.outputs),
  };
}

/** Metrics but those of the machine. */
export function withoutSystem(metrics: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).filter(([key]) => !key.startsWith(systemPrefix)));
}

function withInputs(known: RunRecord["inputs"], more: RunRecord["inputs"]): RunRecord["inputs"] {
  if (more.datasets.length === 0 && more.models.length === 0) return known;
  const datasets = new Map<string, RunDataset>();
  for (const each of [...known.datasets, ...more.datasets]) {
    const id = JSON.stringify([each.name, each.digest]);
    if (!datasets.has(id)) datasets.set(id, each); // as it was said first
  }
  return { datasets: [...datasets.values()], models: [...new Set([...known.models, ...more.models])] };
}

function withOutputs(known: RunRecord["outputs"], more: RunRecord["outputs"]): RunRecord["outputs"] {
  if (more.models.length === 0) return known;
  return {
    models: [...new Map([...known.models, ...more.models].map((each) => [each.modelId, each])).values()],
  };
}

/** Whether a run that is said to go on gave no sign of life for three intervals, and when it last did. */
export function contactOf(
  run: RunRecord,
  { lastSeen, interval = heartbeatOf(run) }: Pick<EventsState, "lastSeen" | "interval">,
  now: Date,
): { lostContact: boolean; lastSeenAt: Date } {
  const seen = Math.max(lastSeen ?? 0, run.writtenAt.getTime());
  const isLost = run.status === "running" && now.getTime() - seen > 3 * interval * 1000;
  return { lostContact: isLost, lastSeenAt: new Date(seen) };
}

/** Seconds between two signs of life, as the run's row promises. */
export function heartbeatOf({ runtime }: Pick<RunRecord, "runtime">): number {
  const { heartbeat_seconds: seconds } = runtime;
  return typeof seconds === "number" && seconds > 0 ? seconds : usualInterval;
}

/** Seconds between two heartbeats. */
export const usualInterval = 15;
