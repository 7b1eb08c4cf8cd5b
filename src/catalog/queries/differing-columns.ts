import type { Session } from "../../duckdb/session.js";
import type { ColumnInfo } from "../catalog-schema.js";
import { fromTables, type ProjectColumn, type ProjectColumns } from "../columns/project-columns.js";
import { Bindings } from "../filter/bindings.js";
import { rareTable } from "../project-state.js";
import { fromSelection, readFilter } from "./read-filter.js";
import { formsOf } from "./select-values.js";

const columnsAtOnce = 100;

/** The columns in which the experiments of a selection differ: two values, or a value here and none there. */
export async function differingColumns(
  session: Session,
  columns: ProjectColumns,
  filter: string | undefined,
): Promise<ColumnInfo[]> {
  const bindings = new Bindings();
  const selection = readFilter(columns, filter, bindings);
  const rows = `(SELECT e.row ${fromSelection(columns, selection)})`;
  const { isAll } = selection;
  const [[total]] = (await session.rows(`SELECT count(*) FROM ${rows}`, bindings.values)) as [[number]];
  const differing = new Set<ProjectColumn>();

  const wide = columns.all.filter(({ rareId }) => rareId === undefined);
  for (let at = 0; at < wide.length; at += columnsAtOnce) {
    const part = wide.slice(at, at + columnsAtOnce);
    const asks = part.map(
      (column) => `${differs(formsOf(column))} OR (${counts(formsOf(column))} BETWEEN 1 AND ${total - 1})`,
    );
    const [answer] = await session.rows(
      `SELECT ${asks.join(", ")} ${fromTables(columns.project, [])} WHERE ${isAll ? "true" : `e.row IN ${rows}`}`,
      bindings.values,
    );
    for (const [i, column] of part.entries()) if (answer?.[i] === true) differing.add(column);
  }

  const rare = new Map(
    columns.all.flatMap((column) => (column.rareId === undefined ? [] : [[column.rareId, column] as const])),
  );
  if (rare.size > 0) {
    const forms = ["n", "t", "b"];
    const ids = await session.rows(
      `SELECT name FROM ${rareTable(columns.project)} WHERE ${isAll ? "true" : `row IN ${rows}`} GROUP BY name
       HAVING ${differs(forms)} OR ${counts(forms)} < ${total}`,
      bindings.values,
    );
    for (const [id] of ids) {
      const column = rare.get(id as number);
      if (column) differing.add(column);
    }
  }
  return columns.all.filter((column) => differing.has(column)).map(({ info }) => info);
}

function differs(forms: readonly string[]): string {
  const two = forms.map((value) => `coalesce(min(${value}) <> max(${value}), false)`);
  const kinds = forms.map((value) => `CAST(count(${value}) > 0 AS INTEGER)`);
  return `${two.join(" OR ")} OR ${kinds.join(" + ")} > 1`;
}

function counts(forms: readonly string[]): string {
  return `(${forms.map((value) => `count(${value})`).join(" + ")})`;
}
