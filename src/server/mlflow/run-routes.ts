import type { JsonValue } from "../../experiment/json-value.js";
import { kindNames } from "../../history/event.js";
import { readEvents } from "../../history/read-events.js";
import { eventJson } from "../../history/run-state.js";
import { textsOf } from "../../mlflow/experiments.js";
import { judgeTables, tablesTag } from "../../mlflow/judged-tables.js";
import {
  type DatasetDetails,
  type KnownRun,
  own,
  wireNumber,
  wireRun,
  wireRunInfo,
} from "../../mlflow/known-run.js";
import { longestTag } from "../../mlflow/logged-texts.js";
import { doesNotExist, invalidParameter } from "../../mlflow/mlflow-error.js";
import type { Mlflow } from "../../mlflow/open-mlflow.js";
import type { RequestFields } from "../../mlflow/request-fields.js";
import type { LoggedBatch, LoggedMetric } from "../../mlflow/runs.js";
import { offsetOf, pageToken } from "../../mlflow/search/page-token.js";
import { checkedMaxResults, searchItems } from "../../mlflow/search-items.js";
import { kindTag } from "../../mlflow/table-columns.js";
import { refuseDeleted } from "./experiment-routes.js";
import type { JsonObject, MlflowCall, MlflowRoutes } from "./mlflow-route.js";

const most = { metrics: 1_000, params: 100, tags: 100, all: 1_000 };
const usualFound = 1_000;
const mostFound = 50_000;
const mostPoints = 25_000;

/** Runs, and what is logged to them. */
export const runRoutes: MlflowRoutes = {
  "POST runs/create": async ({ mlflow, fields }) => {
    const id = fields.optionalText("experiment_id") || "0";
    if (!mlflow.experiments.find(id)) await mlflow.experiments.refresh();
    const experiment = mlflow.experiments.get(id);
    refuseDeleted(experiment);
    const run = await mlflow.runs.create(experiment, {
      name: fields.optionalText("run_name"),
      user: fields.optionalText("user_id"),
      startTime: fields.optionalInteger("start_time"),
      tags: Object.fromEntries(fields.pairs("tags")),
    });
    return { run: wireRun(run) };
  },
  "GET runs/get": async ({ mlflow, fields }) => {
    const run = await mlflow.runs.fresh(fields.runId());
    return { run: wireRun(run, await datasetDetails(mlflow, run)) };
  },
  "POST runs/update": async ({ mlflow, fields }) => {
    const run = await mlflow.runs.get(fields.runId());
    await mlflow.runs.update(run, {
      status: fields.optionalText("status"),
      endTime: fields.optionalInteger("end_time"),
      name: fields.optionalText("run_name"),
    });
    if (run.record.status !== "running") await judgeTables(mlflow, run);
    return { run_info: wireRunInfo(run) };
  },
  "POST runs/delete": async ({ mlflow, fields }) => {
    await mlflow.runs.setGone([await mlflow.runs.get(fields.runId())], true);
    return {};
  },
  "POST runs/restore": async ({ mlflow, fields }) => {
    await mlflow.runs.setGone([await mlflow.runs.get(fields.runId())], false);
    return {};
  },
  "POST runs/log-metric": async ({ mlflow, fields }) => {
    const metric = metricOf(fields);
    await logged(mlflow, await mlflow.runs.get(fields.runId()), { metrics: [metric] });
    return {};
  },
  "POST runs/log-parameter": async ({ mlflow, fields }) => {
    const param = [fields.text("key"), fields.optionalText("value") ?? ""] as const;
    await logged(mlflow, await mlflow.runs.get(fields.runId()), { params: [param] });
    return {};
  },
  "POST runs/log-batch": async ({ mlflow, fields }) => {
    const metrics = fields.objects("metrics");
    const params = fields.objects("params");
    const tags = fields.objects("tags");
    refuseTooMany("metrics", metrics.length, most.metrics);
    refuseTooMany("params", params.length, most.params);
    refuseTooMany("tags", tags.length, most.tags);
    const all = metrics.length + params.length + tags.length;
    refuseTooMany("metrics, params, and tags", all, most.all);
    const batch = {
      metrics: metrics.map(metricOf),
      params: params.map(pairOf),
      tags: tags.map(pairOf),
    };
    await logged(mlflow, await mlflow.runs.get(fields.text("run_id")), batch);
    return {};
  },
  "POST runs/set-tag": async ({ mlflow, fields }) => {
    const tag = pairOf(fields);
    const run = await mlflow.runs.get(fields.runId());
    await logged(mlflow, run, { tags: [tag] });
    if ([tablesTag, kindTag].includes(tag[0]) && run.record.status !== "running")
      await judgeTables(mlflow, run);
    return {};
  },
  "POST runs/delete-tag": async ({ mlflow, fields }) => {
    const run = await mlflow.runs.get(fields.runId());
    const key = fields.text("key");
    if (!Object.hasOwn(run.record.tags, key)) {
      throw doesNotExist(`No tag with name: ${key} in run with id ${run.record.runId}`);
    }
    await logged(mlflow, run, { tags: [[key, undefined]] });
    return {};
  },
  "POST runs/log-inputs": async ({ mlflow, fields }) => {
    const run = await mlflow.runs.get(fields.runId());
    const datasets = fields.objects("datasets").map((input) => {
      const dataset = input.optionalObject("dataset");
      if (!dataset) throw invalidParameter("Missing value for required parameter 'dataset'.");
      const { "mlflow.data.context": context, ...tags } = Object.fromEntries(input.pairs("tags"));
      return {
        name: dataset.text("name"),
        digest: dataset.text("digest"),
        context,
        tags,
        sourceType: dataset.optionalText("source_type"),
        source: dataset.optionalText("source"),
        schema: dataset.optionalText("schema"),
        profile: dataset.optionalText("profile"),
      };
    });
    const inputs = fields.objects("models").map((model) => model.text("model_id"));
    await mlflow.runs.logInputs(run, { datasets, inputs });
    return {};
  },
  "POST runs/outputs": async ({ mlflow, fields }) => {
    const run = await mlflow.runs.get(fields.runId());
    const outputs = fields
      .objects("models")
      .map((model) => ({ modelId: model.text("model_id"), step: model.optionalInteger("step") ?? 0 }));
    await mlflow.runs.logInputs(run, { outputs });
    return {};
  },
  "POST runs/log-model": async ({ mlflow, fields }) => {
    const run = await mlflow.runs.get(fields.runId());
    await logged(mlflow, run, {
      tags: [[modelsTag, withModel(own(run.record.tags, modelsTag), fields.text("model_json"))]],
    });
    return {};
  },
  "POST runs/search": async ({ mlflow, fields }) => {
    const view = fields.optionalText("run_view_type") ?? "ACTIVE_ONLY";
    const ids = fields.texts("experiment_ids");
    for (const id of ids) if (!mlflow.experiments.find(id)) await mlflow.experiments.refresh();
    const candidates = function* (): Generator<KnownRun> {
      for (const id of new Set(ids)) {
        for (const run of mlflow.runs.ofExperiment(id)) {
          if (view === "ALL" || run.isGone === (view === "DELETED_ONLY")) yield run;
        }
      }
    };
    const { items, nextPageToken } = searchItems(candidates(), "runs", {
      filter: fields.optionalText("filter"),
      orderBy: fields.texts("order_by"),
      maxResults: checkedMaxResults(fields.optionalInteger("max_results"), usualFound, mostFound),
      pageToken: fields.optionalText("page_token"),
    });
    return {
      ...(items.length > 0 ? { runs: items.map((run) => wireRun(run)) } : {}),
      ...(nextPageToken === undefined ? {} : { next_page_token: nextPageToken }),
    };
  },
  "GET metrics/get-history": async ({ mlflow, fields }) => {
    const run = await mlflow.runs.get(fields.runId());
    const key = fields.text("metric_key");
    const count = checkedMaxResults(fields.optionalInteger("max_results"), mostPoints, mostFound);
    const offset = offsetOf(fields.optionalText("page_token"));
    const points = await mlflow.history.points(run, key, { isFirstPage: offset === 0 });
    const end = Math.min(offset + count, points.values.length);
    const metrics: JsonObject[] = [];
    for (let i = offset; i < end; i++) metrics.push({ key, ...wirePoint(points, i) });
    return {
      ...(metrics.length > 0 ? { metrics } : {}),
      ...(end < points.values.length ? { next_page_token: pageToken(end) } : {}),
    };
  },
  "GET metrics/get-history-bulk": (call) => bulkHistory(call, { isSampled: false }),
  "GET metrics/get-history-bulk-interval": (call) => bulkHistory(call, { isSampled: true }),
};

/** The models of a run as clients of version 2 tell of them: a tag has all of them. */
const modelsTag = "mlflow.log-model.history";

/** @throws MlflowError INVALID_PARAMETER_VALUE for what is no model, or one too many for a tag */
function withModel(before: string | undefined, json: string): string {
  const [models, model] = [before ?? "[]", json].map((text) => {
    try {
      return JSON.parse(text) as JsonValue;
    } catch {
      throw invalidParameter(`Malformed model info. \n ${text.slice(0, 200)} \n failed to parse as JSON`);
    }
  });
  const all = JSON.stringify([...(Array.isArray(models) ? models : []), model!]);
  if (all.length <= longestTag) return all;
  throw invalidParameter(
    `the tag ${modelsTag} would have ${all.length} characters, of ${longestTag} at most: the run has too many models for it`,
  );
}

/** The points of a metric of several runs: so many at most, or of each run so many, evenly in steps. */
async function bulkHistory(
  { mlflow, fields }: MlflowCall,
  { isSampled }: { isSampled: boolean },
): Promise<JsonObject> {
  const ids = [...fields.texts("run_ids"), ...fields.texts("run_id")];
  if (ids.length === 0) fields.text("run_ids");
  if (ids.length > 100)
    throw invalidParameter("GetMetricHistoryBulk request cannot have more than 100 runs.");
  const key = fields.text("metric_key");
  const count = checkedMaxResults(
    fields.optionalInteger("max_results"),
    isSampled ? 2_500 : mostPoints,
    mostPoints,
  );
  const from = fields.optionalInteger("start_step") ?? Number.NEGATIVE_INFINITY;
  const to = fields.optionalInteger("end_step") ?? Number.POSITIVE_INFINITY;
  const metrics: JsonObject[] = [];
  for (const id of new Set(ids)) {
    const run = await mlflow.runs.get(id);
    const points = await mlflow.history.points(run, key, { isFirstPage: true });
    const inside = Array.from(points.steps.keys())
      .filter((i) => points.steps[i]! >= from && points.steps[i]! <= to)
      .sort((a, b) => points.steps[a]! - points.steps[b]! || points.times[a]! - points.times[b]!);
    for (const i of isSampled ? evenly(inside, count) : inside.slice(0, count)) {
      metrics.push({ key, ...wirePoint(points, i), run_id: id });
    }
  }
  return metrics.length > 0 ? { metrics: isSampled ? metrics : metrics.slice(0, count) } : {};
}

/** So many of a list at most, spread evenly, the first and the last among them. */
function evenly(list: readonly number[], count: number): number[] {
  if (list.length <= count) return [...list];
  if (count === 1) return [list.at(-1)!];
  return Array.from({ length: count }, (_, i) => list[Math.round((i * (list.length - 1)) / (count - 1))]!);
}

function wirePoint(
  { values, times, steps }: { values: Float64Array; times: Float64Array; steps: Float64Array },
  i: number,
): JsonObject {
  return { value: wireNumber(values[i]!), timestamp: times[i]!, step: steps[i]! };
}

/** What is known of a run's data sets beyond name, digest and context: it stands in the run's events. */
async function datasetDetails(mlflow: Mlflow, run: KnownRun): Promise<DatasetDetails[]> {
  const datasets = run.datasets();
  if (datasets.length === 0) return [];
  const { events } = await readEvents(mlflow.store, run.record);
  const kind = kindNames.indexOf("dataset");
  const found = new Map<string, DatasetDetails>();
  for (let i = 0; i < events.rows; i++) {
    if (events.kinds[i] !== kind) continue;
    const said = eventJson(events.texts.get(i));
    if (typeof said !== "object" || said === null || Array.isArray(said)) continue;
    const { digest, source_type: sourceType, source, schema, profile, tags } = said;
    const id = JSON.stringify([events.keys[events.keyCodes[i]!], digest]);
    if (found.has(id)) continue; // it is as it was said first
    const dataset = textsOf({
      source_type: sourceType ?? null,
      source: source ?? null,
      schema: schema ?? null,
      profile: profile ?? null,
    });
    found.set(id, { dataset, tags: textsOf(tags) });
  }
  return datasets.map(
    ({ name, digest }) => found.get(JSON.stringify([name, digest])) ?? { dataset: {}, tags: {} },
  );
}

/** Logs to a run, and what is of a logged model to that, too. */
async function logged(
  mlflow: Mlflow,
  run: KnownRun,
  batch: Omit<LoggedBatch, "metrics"> & { metrics?: readonly RequestedMetric[] },
): Promise<void> {
  const { runId } = run.record;
  const ofModels = (batch.metrics ?? []).flatMap(
    ({ modelId, key, value, step, timestamp, dataset, digest }) =>
      modelId === undefined
        ? []
        : [{ modelId, metric: { key, value, step, timestamp, runId, dataset, digest } }],
  );
  for (const { modelId } of ofModels) await mlflow.models.get(modelId);
  await mlflow.runs.log(run, batch);
  await mlflow.models.logMetrics(ofModels);
}

interface RequestedMetric extends LoggedMetric {
  modelId: string | undefined;
  dataset: string | undefined;
  digest: string | undefined;
}

function metricOf(fields: RequestFields): RequestedMetric {
  const modelId = fields.optionalText("model_id") || undefined;
  const dataset = fields.optionalText("dataset_name") || undefined;
  const digest = fields.optionalText("dataset_digest") || undefined;
  const hasContext = modelId !== undefined || dataset !== undefined || digest !== undefined;
  return {
    key: fields.text("key"),
    value: fields.number("value"),
    timestamp: fields.integer("timestamp"),
    step: fields.optionalInteger("step") ?? 0,
    context: hasContext
      ? JSON.stringify({ model_id: modelId, dataset_name: dataset, dataset_digest: digest })
      : undefined,
    modelId,
    dataset,
    digest,
  };
}

function pairOf(fields: RequestFields): readonly [key: string, value: string] {
  return [fields.text("key"), fields.optionalText("value") ?? ""];
}

function refuseTooMany(what: string, count: number, limit: number): void {
  if (count <= limit) return;
  throw invalidParameter(
    `A batch logging request can contain at most ${limit} ${what}. Got ${count} ${what}. Please split up ${what} across multiple requests and try again.`,
  );
}
