import { type ColumnType, columnsOfFormat1, logColumns } from "../tracking-log/columns.js";
import type { SqlDialect, SqlType } from "./sql-dialect.js";

/** What a log file's columns may be; a project may have files of each. */
const layouts = {
  current: logColumns,
  classification: columnsOfFormat1("classification"),
  earlier: columnsOfFormat1("classification", true),
  regression: columnsOfFormat1("regression"),
};
type Layout = keyof typeof layouts;

/**
 * The columns of a log file by position. Where those of two layouts differ, a position has a number for its
 * name: databases match the columns of CSV files by position, whatever their headers say, and a project may
 * have files of every layout.
 */
export function positions(): string[] {
  const all = Object.values(layouts);
  const longest = Math.max(...all.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => {
    const [name, ...others] = all.map((columns) => columns[i]?.name);
    return name !== undefined && others.every((other) => other === name) ? name : `field_${i + 1}`;
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

/**
 * The scoring table: a row an experiment, with typed columns by name. Rows written twice and parts of rows
 * are left out.
 */
export function experimentsView(sql: SqlDialect, view: string, logTable: string): string {
  const cells = positions();
  const columns = new Map<string, { type: ColumnType; cell: Map<Layout, string> }>();
  for (const layout of Object.keys(layouts) as Layout[]) {
    for (const [i, { name, type }] of layouts[layout].entries()) {
      const column = columns.get(name) ?? { type, cell: new Map<Layout, string>() };
      columns.set(name, column);
      column.cell.set(layout, cells[i] as string);
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

/**
 * The cell of a column: at one position, or at one that depends on the row's layout: only rows of the longest
 * layouts have its last cell.
 */
function cellOf(sql: SqlDialect, cell: ReadonlyMap<Layout, string>): string {
  const places = new Set(cell.values());
  const [only] = places;
  if (places.size === 1 && cell.size === Object.keys(layouts).length) return sql.column(only as string);
  const isOf = (kind: string) => `${sql.column("kind")} = ${sql.text(kind)}`;
  const lastOf = (layout: Layout) =>
    `NULLIF(${sql.column(positions()[layouts[layout].length - 1] as string)}, '')`;
  const isFormer = `${lastOf("current")} IS NULL`;
  const conditions: Record<Layout, string> = {
    current: `${lastOf("current")} IS NOT NULL`,
    classification: `${isFormer} AND ${isOf("classification")} AND ${lastOf("classification")} IS NOT NULL`,
    earlier: `${isFormer} AND ${isOf("classification")} AND ${lastOf("classification")} IS NULL`,
    regression: `${isFormer} AND ${isOf("regression")}`,
  };
  const cases = [...cell].map(([layout, place]) => `WHEN ${conditions[layout]} THEN ${sql.column(place)}`);
  return `CASE ${cases.join(" ")} END`;
}
