import { experimentTitle } from "../experiment/experiment-title.js";
import type { JsonValue } from "../experiment/json-value.js";
import { numberText } from "../run/metric-number.js";
import type { RunRecord } from "../run/run-record.js";
import { addressBelow } from "./artifact-home.js";
import type { SearchItem } from "./search/search-item.js";
import { wirePairs } from "./wire-pairs.js";

/** A tag that was set or removed through this server, and when. */
interface SaidTag {
  text: string | undefined;
  time: number;
}

/** A run in this process's memory, up to what was written to it last. */
export class KnownRun implements SearchItem {
  readonly experimentId: string;
  /** Where its artifacts lie, if not behind this server. */
  readonly artifactLocation: string | undefined;
  record: RunRecord;
  /** Tags that were said here: a row that is older does not know of them. */
  #saidTags: Map<string, SaidTag> | undefined;
  /** In the trash: nobody but MLflow's clients sees it then. */
  isGone = false;
  /** When something was written to it last, in milliseconds since 1970. */
  lastSeen: number;
  /** The time of the latest tag: of two texts of a tag the later counts, though a clock went back meanwhile. */
  tagged = 0;
  /** When what others wrote to it was looked at last. */
  lookedAt = 0;

  constructor(
    record: RunRecord,
    { id, artifactLocation }: { id: string; artifactLocation: string | undefined },
  ) {
    this.record = record;
    this.experimentId = id;
    this.artifactLocation = artifactLocation;
    this.lastSeen = record.writtenAt.getTime();
  }

  get name(): string {
    return experimentTitle(this.record.name, this.record.runId);
  }

  get artifactUri(): string {
    const { experimentId: id, artifactLocation, record } = this;
    return addressBelow({ id, artifactLocation }, `${record.runId}/artifacts`);
  }

  attribute(name: string): string | number | undefined {
    const { record } = this;
    switch (name) {
      case "run_id":
        return record.runId;
      case "run_name":
        return this.name;
      case "user_id":
        return record.user ?? "";
      case "status":
        return wireStatus(record);
      case "artifact_uri":
        return this.artifactUri;
      case "start_time":
        return record.startedAt.getTime();
      case "end_time":
        return record.endedAt?.getTime();
      default:
        return undefined;
    }
  }

  metric(key: string): number | undefined {
    return own(this.record.metrics, key);
  }

  param(key: string): string | undefined {
    const value = own(this.record.parameters, key);
    return value === undefined ? undefined : parameterText(value);
  }

  tag(key: string): string | undefined {
    return own(this.record.tags, key) ?? this.#ownTag(key);
  }

  /** Runs that other clients logged have what MLflow's clients say by tags. */
  #ownTag(key: string): string | undefined {
    const { record } = this;
    if (key === "mlflow.runName") return this.name;
    if (record.runtime["client"] === "mlflow") return undefined;
    switch (key) {
      case "mlflow.user":
        return record.user;
      case "mlflow.source.name":
        return record.source;
      case "mlflow.source.git.commit":
        return record.gitCommit;
      case "mlflow.parentRunId":
        return record.parentRunId;
      default:
        return undefined;
    }
  }

  datasets(): RunRecord["inputs"]["datasets"] {
    return this.record.inputs.datasets;
  }

  /** Every tag, by name. */
  tags(): Record<string, string> {
    const tags: Record<string, string> = {};
    for (const key of ownTags) {
      const text = this.#ownTag(key);
      if (text !== undefined) tags[key] = text;
    }
    return { ...tags, ...this.record.tags };
  }

  takeMetric(key: string, value: number, step: number, time: number): void {
    const { metrics, metricSteps, metricTimes } = this.record;
    const [lastStep, lastTime] = [own(metricSteps, key), own(metricTimes, key)];
    if (lastStep !== undefined && lastTime !== undefined) {
      if (step < lastStep || (step === lastStep && time < lastTime)) return;
      // Of one step and time the greatest counts, whoever was first.
      if (step === lastStep && time === lastTime && own(metrics, key)! > value) return;
    }
    set(metrics, key, value);
    set(metricSteps, key, step);
    set(metricTimes, key, time);
  }

  takeTag(key: string, text: string | undefined, time: number): void {
    this.tagged = Math.max(this.tagged, time);
    this.#saidTags ??= new Map();
    this.#saidTags.set(key, { text, time });
    if (text === undefined) delete this.record.tags[key];
    else set(this.record.tags, key, text);
  }

  /** Tags that somebody else set later are no longer as they were said here. */
  forgetOlderTags(tags: ReadonlyMap<string, { time: number }>): void {
    for (const [key, { time }] of tags) {
      this.tagged = Math.max(this.tagged, time);
      if ((this.#saidTags?.get(key)?.time ?? Number.POSITIVE_INFINITY) < time) this.#saidTags?.delete(key);
    }
  }

  /** Takes what a row or the events of other processes say, and keeps what is newer here. */
  merge(record: RunRecord): void {
    const before = this.record;
    this.record = record;
    for (const [key, value] of Object.entries(before.metrics)) {
      this.takeMetric(key, value, own(before.metricSteps, key) ?? 0, own(before.metricTimes, key) ?? 0);
    }
    for (const [key, value] of Object.entries(before.parameters)) {
      if (!Object.hasOwn(record.parameters, key)) set(record.parameters, key, value);
    }
    for (const [key, { text, time }] of this.#saidTags ?? []) {
      if (time < record.writtenAt.getTime()) this.#saidTags?.delete(key);
      else this.takeTag(key, text, time);
    }
  }
}

const ownTags = [
  "mlflow.runName",
  "mlflow.user",
  "mlflow.source.name",
  "mlflow.source.git.commit",
  "mlflow.parentRunId",
];

const wireStatuses = {
  running: "RUNNING",
  finished: "FINISHED",
  failed: "FAILED",
  killed: "KILLED",
} as const;

export function wireStatus({ status }: Pick<RunRecord, "status">): string {
  return wireStatuses[status];
}

/** SCHEDULED counts as running: no run of ours waits for its beginning. */
export function statusOfWire(status: string): RunRecord["status"] | undefined {
  if (status === "SCHEDULED") return "running";
  return (Object.keys(wireStatuses) as RunRecord["status"][]).find((each) => wireStatuses[each] === status);
}

/** MLflow's parameters are texts; of other clients' a text is as it is, and all else JSON. */
export function parameterText(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A number as the wire has it: JSON has no NaN and no infinities. */
export function wireNumber(value: number): number | string {
  return Number.isFinite(value) ? value : numberText(value);
}

export function own<T>(mapping: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}

/** Sets a property of any name, `__proto__` too. */
export function set<T>(mapping: Record<string, T>, key: string, value: T): void {
  if (key === "__proto__") {
    Object.defineProperty(mapping, key, { value, enumerable: true, configurable: true, writable: true });
  } else mapping[key] = value;
}

type JsonObject = Record<string, JsonValue>;

/** The facts of a run as the wire has them. */
export function wireRunInfo(run: KnownRun): JsonObject {
  const { runId, user, startedAt, endedAt } = run.record;
  return {
    run_uuid: runId,
    experiment_id: run.experimentId,
    run_name: run.name,
    user_id: user ?? "",
    status: wireStatus(run.record),
    start_time: startedAt.getTime(),
    ...(endedAt ? { end_time: endedAt.getTime() } : {}),
    artifact_uri: run.artifactUri,
    lifecycle_stage: run.isGone ? "deleted" : "active",
    run_id: runId,
  };
}

/** What is known of a data set of a run beyond name, digest and context. */
export interface DatasetDetails {
  dataset: Record<string, string>;
  /** Of it as an input of the run. */
  tags: Record<string, string>;
}

/**
 * A run as the wire has it.
 * @param details of its data sets, in their order
 */
export function wireRun(run: KnownRun, details: readonly DatasetDetails[] = []): JsonObject {
  const { record } = run;
  const metrics = Object.entries(record.metrics).map(([key, value]) => ({
    key,
    value: wireNumber(value),
    timestamp: own(record.metricTimes, key) ?? record.endedAt?.getTime() ?? record.startedAt.getTime(),
    step: own(record.metricSteps, key) ?? 0,
  }));
  const params = Object.entries(record.parameters).map(([key, value]) => ({
    key,
    value: parameterText(value),
  }));
  const tags = wirePairs(run.tags());
  const datasets = record.inputs.datasets.map(({ name, digest, context }, i) => ({
    tags: [
      ...(context === undefined ? [] : [{ key: "mlflow.data.context", value: context }]),
      ...wirePairs(details[i]?.tags ?? {}),
    ],
    dataset: { name, digest, ...details[i]?.dataset },
  }));
  const inputs = record.inputs.models.map((model) => ({ model_id: model }));
  const outputs = record.outputs.models.map(({ modelId, step }) => ({ model_id: modelId, step }));
  return {
    info: wireRunInfo(run),
    data: {
      ...(metrics.length > 0 ? { metrics } : {}),
      ...(params.length > 0 ? { params } : {}),
      ...(tags.length > 0 ? { tags } : {}),
    },
    inputs: {
      ...(datasets.length > 0 ? { dataset_inputs: datasets } : {}),
      ...(inputs.length > 0 ? { model_inputs: inputs } : {}),
    },
    ...(outputs.length > 0 ? { outputs: { model_outputs: outputs } } : {}),
  };
}
