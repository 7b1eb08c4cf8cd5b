import type { JsonValue } from "../experiment/json-value.js";
import { numberText, textNumber } from "../run/metric-number.js";
import { isProject, textsOf } from "./experiments.js";
import { wireNumber } from "./known-run.js";
import type { DatasetScope, SearchItem } from "./search/search-item.js";
import { wirePairs } from "./wire-pairs.js";

type JsonObject = Readonly<Record<string, JsonValue>>;

export type ModelStatus = "PENDING" | "READY" | "FAILED";

/** The latest value of a metric of a model, on one data set or on none. */
export interface ModelMetric {
  key: string;
  value: number;
  step: number;
  /** Milliseconds since 1970. */
  timestamp: number;
  runId: string;
  dataset: string | undefined;
  digest: string | undefined;
}

/** A model that a run made, as MLflow's clients log it. */
export interface LoggedModel {
  id: string;
  experimentId: string;
  /** The project that has the experiment. */
  project: string;
  name: string;
  type: string;
  status: ModelStatus;
  /** Empty where no run made it. */
  sourceRunId: string;
  artifactUri: string;
  params: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
  metrics: readonly ModelMetric[];
  createdAt: number;
  updatedAt: number;
  isDeleted: boolean;
}

export function modelDocument(model: LoggedModel): Record<string, JsonValue> {
  return {
    experiment_id: model.experimentId,
    project: model.project,
    name: model.name,
    model_type: model.type,
    status: model.status,
    source_run_id: model.sourceRunId,
    artifact_uri: model.artifactUri,
    params: { ...model.params },
    tags: { ...model.tags },
    metrics: model.metrics.map(({ key, value, step, timestamp, runId, dataset, digest }) => ({
      key,
      value: Number.isFinite(value) ? value : numberText(value),
      step,
      timestamp,
      run_id: runId,
      ...(dataset === undefined ? {} : { dataset_name: dataset }),
      ...(digest === undefined ? {} : { dataset_digest: digest }),
    })),
    created_at: model.createdAt,
    updated_at: model.updatedAt,
    ...(model.isDeleted ? { deleted: true } : {}),
  };
}

function isModelId(id: string): boolean {
  return /^m-[0-9a-f]{32}$/.test(id);
}

/** @returns undefined where the document is none of a model, or would lead out of the folders of artifacts */
export function modelOf(id: string, document: JsonObject): LoggedModel | undefined {
  const { name, metrics } = document;
  const text = (member: string) => {
    const value = document[member];
    return typeof value === "string" ? value : "";
  };
  const time = (member: string) => {
    const value = document[member];
    return typeof value === "number" ? value : 0;
  };
  if (typeof name !== "string" || !isModelId(id) || !isProject(text("project"))) return undefined;
  const status = text("status");
  return {
    id,
    experimentId: text("experiment_id"),
    project: text("project"),
    name,
    type: text("model_type"),
    status: status === "READY" || status === "FAILED" ? status : "PENDING",
    sourceRunId: text("source_run_id"),
    artifactUri: text("artifact_uri"),
    params: textsOf(document["params"]),
    tags: textsOf(document["tags"]),
    metrics: Array.isArray(metrics) ? metrics.flatMap(metricOf) : [],
    createdAt: time("created_at"),
    updatedAt: time("updated_at"),
    isDeleted: document["deleted"] === true,
  };
}

function metricOf(said: JsonValue): ModelMetric[] {
  if (typeof said !== "object" || said === null || Array.isArray(said)) return [];
  const { key, value, step, timestamp, run_id: runId, dataset_name: dataset, dataset_digest: digest } = said;
  const number = typeof value === "string" ? textNumber(value) : value;
  if (typeof key !== "string" || typeof number !== "number") return [];
  const metric = {
    key,
    value: number,
    step: typeof step === "number" ? step : 0,
    timestamp: typeof timestamp === "number" ? timestamp : 0,
    runId: typeof runId === "string" ? runId : "",
    dataset: typeof dataset === "string" ? dataset : undefined,
    digest: typeof digest === "string" ? digest : undefined,
  };
  return [metric];
}

/** The metrics with some more: of one key and data set the latest stays, as `isLater` has it. */
export function withMetrics(before: readonly ModelMetric[], more: readonly ModelMetric[]): ModelMetric[] {
  const latest = new Map<string, ModelMetric>();
  for (const metric of [...before, ...more]) {
    const name = JSON.stringify([metric.key, metric.dataset, metric.digest]);
    const known = latest.get(name);
    if (!known || !isLater(known, metric)) latest.set(name, metric);
  }
  return [...latest.values()];
}

/** Of a higher step, then of a later time, then of a greater value. */
function isLater(a: ModelMetric, b: ModelMetric): boolean {
  if (a.step !== b.step) return a.step > b.step;
  return a.timestamp === b.timestamp ? a.value > b.value : a.timestamp > b.timestamp;
}

/** A logged model as the search sees it. */
export function modelItem(model: LoggedModel): SearchItem {
  const attributes: Readonly<Record<string, string | number>> = {
    name: model.name,
    model_id: model.id,
    model_type: model.type,
    source_run_id: model.sourceRunId,
    experiment_id: model.experimentId,
    status: model.status,
    creation_timestamp: model.createdAt,
    last_updated_timestamp: model.updatedAt,
  };
  const isOn = ({ dataset, digest }: ModelMetric, scopes: readonly DatasetScope[]) =>
    scopes.some(
      (scope) =>
        (scope.name === undefined || scope.name === dataset) &&
        (scope.digest === undefined || scope.digest === digest),
    );
  return {
    attribute: (name) => attributes[name],
    metric: (key, scopes) => {
      let found: ModelMetric | undefined;
      for (const metric of model.metrics) {
        if (metric.key !== key || (scopes && !isOn(metric, scopes))) continue;
        if (!found || isLater(metric, found)) found = metric;
      }
      return found?.value;
    },
    param: (key) => (Object.hasOwn(model.params, key) ? model.params[key] : undefined),
    tag: (key) => (Object.hasOwn(model.tags, key) ? model.tags[key] : undefined),
    hasMetricOn: (scopes) => model.metrics.some((metric) => isOn(metric, scopes)),
  };
}

const wireStatuses = {
  PENDING: "LOGGED_MODEL_PENDING",
  READY: "LOGGED_MODEL_READY",
  FAILED: "LOGGED_MODEL_UPLOAD_FAILED",
} as const;

export function modelStatusOfWire(status: string): ModelStatus | undefined {
  return (Object.keys(wireStatuses) as ModelStatus[]).find((each) => wireStatuses[each] === status);
}

/** A logged model as the wire has it. */
export function wireModel(model: LoggedModel): Record<string, JsonValue> {
  const metrics = model.metrics.map(({ key, value, timestamp, step, dataset, digest, runId }) => ({
    key,
    value: wireNumber(value),
    timestamp,
    step,
    ...(dataset === undefined ? {} : { dataset_name: dataset }),
    ...(digest === undefined ? {} : { dataset_digest: digest }),
    model_id: model.id,
    run_id: runId,
  }));
  const tags = wirePairs(model.tags);
  const params = wirePairs(model.params);
  return {
    info: {
      model_id: model.id,
      experiment_id: model.experimentId,
      name: model.name,
      creation_timestamp_ms: model.createdAt,
      last_updated_timestamp_ms: model.updatedAt,
      artifact_uri: model.artifactUri,
      status: wireStatuses[model.status],
      model_type: model.type,
      source_run_id: model.sourceRunId,
      ...(tags.length > 0 ? { tags } : {}),
    },
    data: {
      ...(params.length > 0 ? { params } : {}),
      ...(metrics.length > 0 ? { metrics } : {}),
    },
  };
}
