import { kinds } from "../experiment/experiment-input.js";
import { type ColumnType, logColumns } from "../tracking-log/columns.js";
import type { SqlDialect, SqlType } from "./sql-dialect.js";

/**
 * The columns of a log file by position. Where those of a classification and of a regression differ, a position has a number for its name:
 * databases match the columns of CSV files by position, whatever their headers say, and the files of a project may be of both.
 */
export function positions(): string[] {
  const [classification, regression] = [logColumns("classification"), logColumns("regression")];
  const longest = Math.max(classification.length, regression.length);
  return Array.from({ length: longest }, (_, i) => {
    const name = classification[i]?.name;
    return name !== undefined && name === regression[i]?.name ? name : `field_${i + 1}`;
  });
}

const sqlTypes: Record<ColumnType, SqlType> = {
  text: "text",
  json: "text",
  number: "number",
  integer: "integer",
  boolean: "boolean",
  time: "time",
};

/** The scoring table: a row an experiment, with typed columns by name. Rows written twice and parts of rows are left out. */
export function experimentsView(sql: SqlDialect, view: string, logTable: string): string {
  const cells = positions();
  const columns = new Map<string, { type: ColumnType; cell: Map<string, string> }>();
  for (const kind of kinds) {
    for (const [i, { name, type }] of logColumns(kind).entries()) {
      const column = columns.get(name) ?? { type, cell: new Map<string, string>() };
      columns.set(name, column);
      column.cell.set(kind, cells[i] as string);
    }
  }
  const selected = [...columns].flatMap(([name, { type, cell }]) => {
    const text = `NULLIF(${cellOf(sql, cell)}, '')`;
    const value = `${type === "text" || type === "json" ? text : sql.cast(text, sqlTypes[type])} AS ${sql.column(name)}`;
    return type === "json" ? [value, `${sql.json(text)} AS ${sql.column(`${name}_json`)}`] : [value];
  });
  const id = sql.column("prediction_id");
  return `CREATE OR REPLACE VIEW ${view} AS
SELECT * FROM (
  SELECT
${selected.map((column) => `    ${column}`).join(",\n")}
  FROM ${logTable}
)
WHERE ${sql.capture(id, predictionId)} IS NOT NULL AND ${sql.column("format")} IS NOT NULL
QUALIFY ROW_NUMBER() OVER (PARTITION BY ${id} ORDER BY ${sql.column("logged_at")}) = 1`;
}

const predictionId = "^([0-9a-hjkmnp-tv-z]{12})$";

/** The cell of a column: at one position, or at one that depends on the row's kind. */
function cellOf(sql: SqlDialect, cell: ReadonlyMap<string, string>): string {
  const places = new Set(cell.values());
  const [only] = places;
  if (places.size === 1 && cell.size === kinds.length) return sql.column(only as string);
  const cases = [...cell].map(([kind, place]) => `WHEN ${sql.text(kind)} THEN ${sql.column(place)}`);
  return `CASE ${sql.column("kind")} ${cases.join(" ")} END`;
}
