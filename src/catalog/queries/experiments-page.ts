import type { Session } from "../../duckdb/session.js";
import { experimentTitle } from "../../experiment/experiment-title.js";
import { innerParameters, modelInShort } from "../../experiment/model-in-short.js";
import { TrackingError } from "../../tracking-error.js";
import type { ExperimentsQuery } from "../catalog.js";
import type { CatalogValue, ExperimentsPage } from "../catalog-schema.js";
import { fromTables, type ProjectColumn, type ProjectColumns } from "../columns/project-columns.js";
import { Bindings } from "../filter/bindings.js";
import type { ProjectState } from "../project-state.js";
import { checkCount } from "./limits.js";
import { readCursor, writeCursor } from "./page-cursor.js";
import { fromSelection, readFilter, type Selection } from "./read-filter.js";
import { selectValues } from "./select-values.js";
import { isAfter, orderBy, type SortPlace, sortOrder } from "./sort-order.js";
import { shownColumns } from "./value-counts.js";

/** One page of the experiments that a query selects. */
export async function experimentsPage(
  session: Session,
  columns: ProjectColumns,
  query: ExperimentsQuery,
): Promise<ExperimentsPage> {
  const { project } = columns;
  const limit = checkCount("limit", query.limit, { least: 1, most: 10_000, usual: 100 });
  const offset = checkCount("offset", query.offset, { least: 0, most: Number.MAX_SAFE_INTEGER, usual: 0 });
  if (query.cursor !== undefined && query.offset !== undefined) {
    throw new TrackingError("INVALID_ARGUMENT", "both cursor and offset are given; give one of them");
  }
  const order = sortOrder(columns, query.sort);
  const identity = JSON.stringify([project.name, query.filter ?? "", query.sort ?? null]);

  const bindings = new Bindings();
  const selection = readFilter(columns, query.filter, bindings);
  const countBindings = [...bindings.values];
  const place = query.cursor === undefined ? undefined : readCursor(query.cursor, identity, order);
  const after = place === undefined ? "" : ` AND ${isAfter(order, place, bindings)}`;

  await session.run("BEGIN"); // every query below sees the same state
  try {
    const { shown, omitted } = await shownColumns(session, columns, query.columns);
    const total = await countExperiments(session, columns, selection, countBindings);
    const found = await session.rows(
      `SELECT e.rowid, e.row, ${order.parts.map(({ expression }) => expression).join(", ")}
       ${fromSelection(columns, selection, order.columns)}${after} ${orderBy(order)} LIMIT ${limit + 1} OFFSET ${offset}`,
      bindings.values,
    );
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const naming = namingColumns(columns);
    const rows = await readRows(
      session,
      project,
      [...shown, ...naming],
      page.map(([id, row]) => ({ id: id as number, row: row as number })),
    );
    const ids = page.map((row) => row.at(-1) as string);
    return {
      columns: shown.map(({ info }) => info),
      omitted_columns: omitted,
      rows: rows.map((row) => row.slice(0, shown.length)),
      prediction_ids: ids,
      ...namesOf(
        naming,
        ids,
        rows.map((row) => row.slice(shown.length)),
      ),
      total,
      next: found.length > limit && last ? writeCursor(identity, last.slice(2) as SortPlace) : null,
    };
  } finally {
    await session.run("COMMIT").catch(() => {}); // interrupted; nothing was written
  }
}

/** The columns that say what an experiment and its model are called. */
function namingColumns({ byName }: ProjectColumns): ProjectColumn[] {
  const names = ["name", "model", ...innerParameters.map((name) => `params.${name}`)];
  return names.flatMap((name) => byName.get(name) ?? []);
}

function namesOf(
  naming: readonly ProjectColumn[],
  ids: readonly string[],
  rows: readonly CatalogValue[][],
): Pick<ExperimentsPage, "titles" | "models"> {
  const titles: string[] = [];
  const models: string[] = [];
  for (const [at, row] of rows.entries()) {
    const values = new Map(naming.map(({ info }, i) => [info.name, row[i]]));
    titles.push(experimentTitle(values.get("name") as string | null, ids[at] as string));
    const inner = Object.fromEntries(innerParameters.map((name) => [name, values.get(`params.${name}`)]));
    models.push(modelInShort(String(values.get("model")), inner));
  }
  return { titles, models };
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

/** How many experiments a filter selects; counted once a state of the project. */
async function countExperiments(
  session: Session,
  columns: ProjectColumns,
  selection: Selection,
  values: Bindings["values"],
): Promise<number> {
  const { project } = columns;
  if (selection.isAll) return project.experiments;
  const known = totals.get(project) ?? new Map<string, number>();
  totals.set(project, known);
  const key = JSON.stringify([selection.where, values]);
  let total = known.get(key);
  if (total === undefined) {
    const [answer] = await session.rows(`SELECT count(*) ${fromSelection(columns, selection)}`, values);
    total = answer?.[0] as number;
    if (known.size >= mostTotals) known.clear();
    known.set(key, total);
  }
  return total;
}
