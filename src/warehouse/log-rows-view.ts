import { type ColumnType, logColumns } from "../tracking-log/columns.js";
import { cellOf, layoutOfLine } from "./row-layouts.js";
import type { SqlDialect, SqlType } from "./sql-dialect.js";

/** The types of the log's columns in SQL. */
export const sqlTypes: Readonly<Record<ColumnType, SqlType>> = {
  text: "text",
  json: "text", // a column of type JSON can be neither grouped nor chosen from, so that no chart takes it
  number: "number",
  integer: "integer",
  boolean: "boolean",
  time: "time",
};

/** What no experiment is without, as for the library's reader. */
const needed = ["project", "kind", "model", "dataset_uri", "target_column", "test_set_digest", "predictions"];

/**
 * Every line of the tracking logs with its cells under their names, as text, whichever header its file has.
 * `layout` is NULL where a line is no row, and `readable` false where a cell does not hold what its column
 * promises.
 */
export function logRowsView(sql: SqlDialect, at: (name: string) => string): string {
  const c = sql.column;
  const cells = logColumns.map((column) => `    ${cellOf(sql, column)} AS ${c(column.name)}`);
  const typed = logColumns.filter(({ type }) => type === "number" || type === "integer");
  const conditions = [
    `${c("layout")} IS NOT NULL`,
    `${c("kind")} IN ('classification', 'regression')`,
    ...needed.map((name) => `${c(name)} IS NOT NULL`),
    `${sql.cast(c("logged_at"), "time")} IS NOT NULL`,
    ...typed.map(
      ({ name, type }) => `(${c(name)} IS NULL OR ${sql.cast(c(name), sqlTypes[type])} IS NOT NULL)`,
    ),
  ];
  const isId = `${sql.capture(c("prediction_id"), predictionId)} IS NOT NULL`;
  return `WITH lines AS (
  SELECT
    *,
    ${sql.fileColumn} AS ${c("file")},
    CASE WHEN ${isId} THEN ${layoutOfLine(sql)} END AS ${c("layout")}
  FROM ${at("tracking_log")}
), placed AS (
  SELECT
    ${c("file")}, ${c("layout")},
${cells.join(",\n")}
  FROM lines
)
SELECT
  *,
  COALESCE(${conditions.join("\n    AND ")}, FALSE) AS ${c("readable")}
FROM placed`;
}

const predictionId = "^([0-9a-hjkmnp-tv-z]{12})$";
