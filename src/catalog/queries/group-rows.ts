import type { Session } from "../../duckdb/session.js";
import { studentQuantile } from "../../statistics/student-distribution.js";
import { TrackingError } from "../../tracking-error.js";
import type { GroupsQuery } from "../catalog.js";
import type { GroupStatistics, Groups } from "../catalog-schema.js";
import { columnNamed } from "../columns/find-column.js";
import type { ProjectColumn, ProjectColumns } from "../columns/project-columns.js";
import { Bindings } from "../filter/bindings.js";
import { checkCount } from "./limits.js";
import { fromSelection, readFilter } from "./read-filter.js";
import { firstValue, formsOf } from "./select-values.js";

const mostColumns = 50;
const perValue = 6;

/** Rows put together by equal values of some columns, with statistics of others. */
export async function groupRows(
  session: Session,
  columns: ProjectColumns,
  query: GroupsQuery,
): Promise<Groups> {
  const limit = checkCount("limit", query.limit, { least: 1, most: 10_000, usual: 1_000 });
  const by = chosen(columns, "by", query.by);
  if (by.length === 0)
    throw new TrackingError("INVALID_ARGUMENT", "by is empty; name the columns whose values make a group");
  const values = chosen(columns, "values", query.values ?? []);
  for (const { forms, info } of values) {
    if (forms.number && info.type !== "time") continue;
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `values has ${info.filter_name}, which holds ${info.type}; statistics are of numeric columns`,
    );
  }
  const bindings = new Bindings();
  const selection = readFilter(columns, query.filter, bindings);
  const keys = by.flatMap(formsOf);
  const from = fromSelection(columns, selection, [...by, ...values]);
  const order = ["count(*) DESC", ...keys.map((key) => `${key} ASC NULLS LAST`)].join(", ");
  const rows = await session.rows(
    `SELECT ${[...keys, "count(*)", "count(*) OVER ()", ...values.flatMap(statistics)].join(", ")} ${from}
     GROUP BY ${keys.join(", ")} ORDER BY ${order} LIMIT ${limit}`,
    bindings.values,
  );
  return {
    by: by.map(({ info }) => info),
    values: values.map(({ info }) => info),
    groups: rows.map((row) => ({
      key: readKey(by, row),
      count: row[keys.length] as number,
      values: values.map((_, i) => readStatistics(row.slice(keys.length + 2 + i * perValue))),
    })),
    total: (rows[0]?.[keys.length + 1] ?? 0) as number,
  };
}

function chosen(columns: ProjectColumns, argument: string, names: readonly string[]): ProjectColumn[] {
  if (names.length > mostColumns) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${argument} has ${names.length} columns; at most ${mostColumns} are allowed`,
    );
  }
  return names.map((name) => columnNamed(columns, name));
}

function statistics({ forms, direction }: ProjectColumn): string[] {
  const value = forms.number as string;
  // DuckDB's standard deviation fails where a square is beyond the range of doubles.
  const tame = `CASE WHEN abs(${value}) < 1e150 THEN ${value} END`;
  const wild = `count(*) FILTER (abs(${value}) >= 1e150)`;
  return [
    `count(${value})`,
    `avg(${value})`,
    `CASE WHEN ${wild} = 0 THEN stddev_samp(${tame}) END`,
    `min(${value})`,
    `max(${value})`,
    best(value, direction),
  ];
}

/** The experiment with the best value, of equal ones the one with the least prediction id. */
function best(value: string, direction: ProjectColumn["direction"]): string {
  if (direction === undefined) return "NULL";
  const badness = { higher: `-${value}`, lower: value, zero: `abs(${value})` }[direction];
  return `min({'badness': ${badness}, 'id': e.c_prediction_id, 'value': ${value}}) FILTER (${value} IS NOT NULL)`;
}

function readKey(by: readonly ProjectColumn[], row: readonly unknown[]): Groups["groups"][number]["key"] {
  let at = 0;
  return by.map((column) => {
    const width = formsOf(column).length;
    at += width;
    return firstValue(row.slice(at - width, at), column.info.type === "time");
  });
}

function readStatistics(results: readonly unknown[]): GroupStatistics {
  const [count, mean, standardDeviation, min, max, bestOne] = results;
  const winner = bestOne as { id: string; value: number } | null;
  return {
    count: count as number,
    mean: number(mean),
    standard_deviation: number(standardDeviation),
    mean_interval: meanInterval(count as number, number(mean), number(standardDeviation)),
    min: number(min),
    max: number(max),
    best: winner ? { value: winner.value, prediction_id: winner.id } : null,
  };
}

/** Where the mean of many such rows would lie, as seeds are: Student's t interval at 95 %. */
function meanInterval(
  count: number,
  mean: number | null,
  deviation: number | null,
): GroupStatistics["mean_interval"] {
  if (count < 2 || mean === null || deviation === null) return null;
  const reach = (studentQuantile(0.975, count - 1) * deviation) / Math.sqrt(count);
  return { low: mean - reach, high: mean + reach };
}

function number(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
