import type { Session } from "../../duckdb/session.js";
import { TrackingError } from "../../tracking-error.js";
import type { TableQuery } from "../catalog.js";
import type { CatalogValue, ColumnInfo } from "../catalog-schema.js";
import { fromTables, type ProjectColumns } from "../columns/project-columns.js";
import { Bindings } from "../filter/bindings.js";
import type { ProjectState } from "../project-state.js";
import { checkCount } from "./limits.js";
import { readCursor, writeCursor } from "./page-cursor.js";
import { fromSelection, readFilter, type Selection } from "./read-filter.js";
import { selectValues } from "./select-values.js";
import { isAfter, orderBy, type SortPlace, sortOrder } from "./sort-order.js";
import { shownColumns } from "./value-counts.js";

/** A page of rows, before they are named. */
export interface TablePage {
  columns: ColumnInfo[];
  omitted_columns: number;
  rows: CatalogValue[][];
  total: number;
  next: string | null;
  ids: string[];
  /** Of each row the values of the columns for naming, by column. */
  naming: ReadonlyMap<string, CatalogValue>[];
}

/**
 * One page of the rows that a query selects.
 * @param names of columns that are read of each row whatever is asked for, where they are there
 */
export async function tablePage(
  session: Session,
  columns: ProjectColumns,
  query: TableQuery,
  names: readonly string[],
): Promise<TablePage> {
  const { project } = columns;
  const limit = checkCount("limit", query.limit, { least: 1, most: 10_000, usual: 100 });
  const offset = checkCount("offset", query.offset, { least: 0, most: Number.MAX_SAFE_INTEGER, usual: 0 });
  if (query.cursor !== undefined && query.offset !== undefined) {
    throw new TrackingError("INVALID_ARGUMENT", "both cursor and offset are given; give one of them");
  }
  const order = sortOrder(columns, query.sort);
  const identity = JSON.stringify([project.of, project.name, query.filter ?? "", query.sort ?? null]);

  const bindings = new Bindings();
  const selection = readFilter(columns, query.filter, bindings);
  const countBindings = [...bindings.values];
  const place = query.cursor === undefined ? undefined : readCursor(query.cursor, identity, order);
  const after = place === undefined ? "" : ` AND ${isAfter(order, place, bindings)}`;

  await session.run("BEGIN"); // every query below sees the same state
  try {
    const { shown, omitted } = await shownColumns(session, columns, query.columns);
    const total = await countRows(session, columns, selection, countBindings);
    const found = await session.rows(
      `SELECT e.rowid, e.row, ${order.parts.map(({ expression }) => expression).join(", ")}
       ${fromSelection(columns, selection, order.columns)}${after} ${orderBy(order)} LIMIT ${limit + 1} OFFSET ${offset}`,
      bindings.values,
    );
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const naming = names.flatMap((name) => columns.byName.get(name) ?? []);
    const rows = await readRows(
      session,
      project,
      [...shown, ...naming],
      page.map(([id, row]) => ({ id: id as number, row: row as number })),
    );
    return {
      columns: shown.map(({ info }) => info),
      omitted_columns: omitted,
      rows: rows.map((row) => row.slice(0, shown.length)),
      ids: page.map((row) => row.at(-1) as string),
      naming: rows.map(
        (row) => new Map(naming.map(({ info }, i) => [info.name, row[shown.length + i] ?? null])),
      ),
      total,
      next: found.length > limit && last ? writeCursor(identity, last.slice(2) as SortPlace) : null,
    };
  } finally {
    await session.run("COMMIT").catch(() => {}); // interrupted; nothing was written
  }
}

async function readRows(
  session: Session,
  project: ProjectState,
  columns: Parameters<typeof selectValues>[1],
  rows: readonly { id: number; row: number }[],
): Promise<CatalogValue[][]> {
  if (rows.length === 0) return [];
  const values = selectValues(project, columns, rows.map(({ row }) => row).join(", "));
  const found = await session.rows(
    `SELECT ${["e.rowid", ...values.expressions].join(", ")} ${fromTables(project, [])}${values.join}
     WHERE e.rowid IN (SELECT unnest([${rows.map(({ id }) => id).join(", ")}]::BIGINT[]))`,
  );
  const byId = new Map(found.map(([id, ...results]) => [id, results]));
  return rows.map(({ id }) => values.decode(byId.get(id) ?? []));
}

const totals = new WeakMap<ProjectState, Map<string, number>>();
const mostTotals = 1_000;

/** How many rows a filter selects; counted once a state of the project, where time does not change it. */
async function countRows(
  session: Session,
  columns: ProjectColumns,
  selection: Selection,
  values: Bindings["values"],
): Promise<number> {
  const { project } = columns;
  if (selection.isAll) return project.rows;
  const count = async () => {
    const [answer] = await session.rows(`SELECT count(*) ${fromSelection(columns, selection)}`, values);
    return answer?.[0] as number;
  };
  if (selection.columns.some(({ passing }) => passing)) return count();
  const known = totals.get(project) ?? new Map<string, number>();
  totals.set(project, known);
  const key = JSON.stringify([selection.where, values]);
  let total = known.get(key);
  if (total === undefined) {
    total = await count();
    if (known.size >= mostTotals) known.clear();
    known.set(key, total);
  }
  return total;
}
