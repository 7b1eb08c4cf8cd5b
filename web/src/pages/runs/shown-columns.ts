import type { Columns } from "../../api/types.js";
import { columnTitle } from "../../run/column-title.js";
import { isOwnTag } from "../../run/mlflow-tags.js";
import { isSystemMetric } from "../../run/system-metrics.js";

type Column = Columns["columns"][number];

const mostParameters = 4;
const mostMetrics = 4;

/** The columns that a table of runs has where nobody chose: parameters that differ, and metrics of most runs. */
export function usualColumns(columns: readonly Column[]): string[] {
  const total = columns.find(({ name }) => name === "run_id")?.count ?? 0;
  const differing = columns
    .filter(({ kind, distinct, count }) => kind === "parameter" && (distinct > 1 || count < total))
    .sort((a, b) => Number(b.distinct > 1) - Number(a.distinct > 1)); // then those that some have only
  const metrics = metricColumns(columns);
  return [
    "status",
    "started_at",
    "duration",
    ...differing.slice(0, mostParameters).map(({ name }) => name),
    ...metrics.slice(0, mostMetrics).map(({ name }) => name),
  ];
}

/** The metrics that most runs have first, without those of the machine. */
export function metricColumns(columns: readonly Column[]): Column[] {
  return columns
    .filter(({ kind, name, count }) => kind === "metric" && count > 0 && !isSystemMetric(columnTitle(name)))
    .sort((a, b) => b.count - a.count);
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
