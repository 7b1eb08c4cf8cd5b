import type { Columns } from "../../api/types.js";
import { columnTitle } from "../../run/column-title.js";
import { isOwnTag } from "../../run/mlflow-tags.js";
import { isSystemMetric } from "../../run/system-metrics.js";

type Column = Columns["columns"][number];

const mostParameters = 4;
const mostMetrics = 4;
/** So many metrics stand before the parameters, so that they are seen without scrolling. */
const metricsFirst = 2;
const mostCharts = 4;

/**
 * The columns that a table of runs has where nobody chose: metrics of most runs, and parameters that differ,
 * those of most runs first.
 */
export function usualColumns(columns: readonly Column[]): string[] {
  const differing = columns
    .filter(({ kind, distinct }) => kind === "parameter" && distinct > 1)
    .sort((a, b) => b.count - a.count)
    .slice(0, mostParameters);
  const metrics = metricColumns(columns).slice(0, mostMetrics);
  const first = metrics.filter((metric, i) => i === 0 || (i < metricsFirst && !isBeside(metric)));
  const shown = [...first, ...differing, ...metrics.slice(first.length)];
  return ["status", ...shown.map(({ name }) => name), "duration", "started_at"];
}

/** The metrics that most runs have first, without those of the machine. */
export function metricColumns(columns: readonly Column[]): Column[] {
  return columns
    .filter(({ kind, name, count }) => kind === "metric" && count > 0 && !isSystemMetric(columnTitle(name)))
    .sort((a, b) => b.count - a.count || Number(isBeside(a)) - Number(isBeside(b)));
}

/** The metrics that are drawn where nobody chose: those with a course before those of one value a run. */
export function drawnMetrics(columns: readonly Column[]): string[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return metricColumns(columns)
    .sort((a, b) => Number(mayHaveCourse(b, byName)) - Number(mayHaveCourse(a, byName)))
    .slice(0, mostCharts)
    .map(({ name }) => columnTitle(name));
}

/** What says how long something took, how much a value varies or who is best is looked at after the value itself. */
function isBeside({ name }: Column): boolean {
  return /(^|[._/-])(time|runtime|seconds|std|rank)($|[_/-])|per_second/.test(name);
}

/** False where every run has ended, and the first, least and greatest values of the metric are the last ones. */
function mayHaveCourse(metric: Column, byName: ReadonlyMap<string, Column>): boolean {
  const others = ["first", "min", "max"].map((kind) => byName.get(`${kind}.${columnTitle(metric.name)}`));
  return !others.every(
    (other) => other?.count === metric.count && other.min === metric.min && other.max === metric.max,
  );
}

/** What runs can be put together by. */
export function groupingColumns(columns: readonly Column[]): Column[] {
  return columns.filter(
    ({ kind, name, count }) =>
      count > 0 &&
      (kind === "parameter" ||
        (kind === "tag" && !isOwnTag(columnTitle(name))) ||
        ["parent_run_id", "status", "user", "source"].includes(name)),
  );
}
