import { jsonCell } from "../experiment/json-cell.js";
import { deepestJson, isTooDeep } from "../experiment/json-depth.js";
import type { JsonValue } from "../experiment/json-value.js";
import { oneLine } from "../experiment/one-line.js";
import { formatLine } from "../tracking-log/csv-line.js";
import type { LogShape, RowCells } from "../tracking-log/log-shape.js";
import { metricJson, textNumber } from "./metric-number.js";
import { runColumns } from "./run-columns.js";
import { isRunId } from "./run-id.js";
import { isRunStatus, type RunRecord } from "./run-record.js";

const runFormat = "1";

/** The log of runs. A row is a snapshot of a run; of its rows, the one that was written last counts. */
export const runLog: LogShape = {
  folder: "runs",
  title: "a run log",
  needs: ["run_id", "written_at", "status"],
  whyNoRow(cells) {
    const id = cells.get("run_id") ?? "";
    if (!isRunId(id)) return `${JSON.stringify(id.slice(0, 40))} is not a run id`;
    const time = cells.get("written_at") ?? "";
    if (Number.isNaN(Date.parse(time)))
      return `written_at is ${JSON.stringify(time.slice(0, 40))}, not a time`;
    return undefined;
  },
  keyOf: ({ text }) => text,
};

export const runHeader = formatLine(runColumns.map(({ name }) => name));

/** A snapshot as a row of the run log. */
export function runLine(run: RunRecord): string {
  const cells = runCells(run);
  return formatLine(runColumns.map(({ name }) => cells[name]));
}

/** A snapshot as the cells of a row. */
export function runCells(run: RunRecord): Record<(typeof runColumns)[number]["name"], string> {
  return {
    run_id: run.runId,
    written_at: run.writtenAt.toISOString(),
    project: run.project,
    name: oneLine(run.name ?? ""),
    status: run.status,
    started_at: run.startedAt.toISOString(),
    ended_at: run.endedAt?.toISOString() ?? "",
    parent_run_id: run.parentRunId ?? "",
    error: oneLine(run.error ?? ""),
    user: oneLine(run.user ?? ""),
    host: oneLine(run.host ?? ""),
    source: oneLine(run.source ?? ""),
    git_commit: run.gitCommit ?? "",
    git_dirty: run.gitDirty === undefined ? "" : String(run.gitDirty),
    parameters: jsonCell(run.parameters),
    tags: jsonCell(run.tags),
    metrics: numbersCell(run.metrics),
    metric_steps: numbersCell(run.metricSteps),
    metric_times: numbersCell(run.metricTimes),
    first_metrics: numbersCell(run.firstMetrics),
    min_metrics: numbersCell(run.minMetrics),
    max_metrics: numbersCell(run.maxMetrics),
    inputs: inputsCell(run.inputs),
    outputs: outputsCell(run.outputs),
    runtime: jsonCell(run.runtime),
    format: runFormat,
  };
}

function numbersCell(values: Readonly<Record<string, number>>): string {
  return jsonCell(Object.fromEntries(Object.entries(values).map(([key, value]) => [key, metricJson(value)])));
}

/** A row as a record, or why it is none. */
export function toRun(cells: RowCells): { run: RunRecord } | { broken: string } {
  const problems: string[] = [];
  const text = (name: string) => cells.get(name) || undefined;
  const time = (name: string): Date | undefined => {
    const cell = text(name);
    if (cell === undefined) return undefined;
    const found = new Date(cell);
    if (Number.isNaN(found.getTime())) problems.push(`${name} is ${shown(cell)}, not a time`);
    return found;
  };
  const mapping = (name: string): Record<string, JsonValue> => {
    const cell = text(name);
    if (cell === undefined) return {};
    if (isTooDeep(cell)) {
      problems.push(`${name} is nested over ${deepestJson} levels`);
      return {};
    }
    try {
      const value = JSON.parse(cell) as JsonValue;
      if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
    } catch {
      // said below, with the column's name
    }
    problems.push(`${name} is not a JSON mapping`);
    return {};
  };
  const status = text("status");
  if (!isRunStatus(status)) problems.push(`status is ${shown(status ?? "")}`);
  const startedAt = time("started_at");
  if (startedAt === undefined) problems.push("started_at is empty");
  const dirty = text("git_dirty");
  const run: RunRecord = {
    runId: cells.get("run_id")!,
    writtenAt: time("written_at")!,
    project: text("project") ?? "",
    name: text("name"),
    status: status as RunRecord["status"],
    startedAt: startedAt!,
    endedAt: time("ended_at"),
    parentRunId: text("parent_run_id"),
    error: text("error"),
    user: text("user"),
    host: text("host"),
    source: text("source"),
    gitCommit: text("git_commit"),
    gitDirty: dirty === undefined ? undefined : dirty === "true",
    parameters: mapping("parameters"),
    tags: texts(mapping("tags")),
    metrics: numbers(mapping("metrics")),
    metricSteps: numbers(mapping("metric_steps")),
    metricTimes: numbers(mapping("metric_times")),
    firstMetrics: numbers(mapping("first_metrics")),
    minMetrics: numbers(mapping("min_metrics")),
    maxMetrics: numbers(mapping("max_metrics")),
    inputs: inputsOf(mapping("inputs")),
    outputs: outputsOf(mapping("outputs")),
    runtime: mapping("runtime"),
  };
  return problems.length > 0 ? { broken: problems.join("; ") } : { run };
}

function inputsCell({ datasets, models }: RunRecord["inputs"]): string {
  const given = datasets.map(({ name, digest, context }) => ({
    name,
    digest,
    ...(context === undefined ? {} : { context }),
  }));
  return jsonCell({
    ...(given.length > 0 ? { datasets: given } : {}),
    ...(models.length > 0 ? { models: [...models] } : {}),
  });
}

function outputsCell({ models }: RunRecord["outputs"]): string {
  return jsonCell(
    models.length > 0 ? { models: models.map(({ modelId, step }) => ({ model_id: modelId, step })) } : {},
  );
}

/** What a later version may have written otherwise is left out. */
function inputsOf({ datasets, models }: Record<string, JsonValue>): RunRecord["inputs"] {
  return {
    datasets: mappingsOf(datasets).flatMap(({ name, digest, context }) =>
      typeof name === "string" && typeof digest === "string"
        ? [{ name, digest, context: typeof context === "string" ? context : undefined }]
        : [],
    ),
    models: Array.isArray(models) ? models.filter((model) => typeof model === "string") : [],
  };
}

function outputsOf({ models }: Record<string, JsonValue>): RunRecord["outputs"] {
  return {
    models: mappingsOf(models).flatMap(({ model_id: modelId, step }) =>
      typeof modelId === "string" ? [{ modelId, step: typeof step === "number" ? step : 0 }] : [],
    ),
  };
}

function mappingsOf(value: JsonValue | undefined): Record<string, JsonValue>[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (each): each is Record<string, JsonValue> =>
      typeof each === "object" && each !== null && !Array.isArray(each),
  );
}

function texts(mapping: Record<string, JsonValue>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mapping).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/** Without what is no number: a later version may have written it. */
function numbers(mapping: Record<string, JsonValue>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(mapping).flatMap(([key, value]) => {
      const number = typeof value === "string" ? textNumber(value) : value;
      return typeof number === "number" ? [[key, number]] : [];
    }),
  );
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
