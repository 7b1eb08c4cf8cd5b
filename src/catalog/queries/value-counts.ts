import type { Session } from "../../duckdb/session.js";
import { TrackingError } from "../../tracking-error.js";
import { columnNamed } from "../columns/find-column.js";
import type { ProjectColumn, ProjectColumns } from "../columns/project-columns.js";
import { numberKinds } from "../logs/catalog-log.js";
import { type ProjectState, rareTable } from "../project-state.js";
import { formsOf } from "./select-values.js";

const columnsAtOnce = 200;
/** Of the names in JSON columns together, where nobody says which columns. */
const mostByDefault = 200;
const mostColumns = 20_000;

const known = new WeakMap<ProjectState, Map<string, number>>();

/** In how many rows each of some columns has a value. */
async function valueCounts(
  session: Session,
  { project }: ProjectColumns,
  columns: readonly ProjectColumn[],
): Promise<ReadonlyMap<string, number>> {
  const counts = known.get(project) ?? new Map<string, number>();
  known.set(project, counts);
  const asked = columns.filter(({ info }) => !counts.has(info.name));
  const wide = asked.filter(({ rareId }) => rareId === undefined);
  for (let at = 0; at < wide.length; at += columnsAtOnce) {
    const part = wide.slice(at, at + columnsAtOnce);
    const sums = part.map((column) =>
      formsOf(column)
        .map((value) => `count(${value})`)
        .join(" + "),
    );
    const [answer] = await session.rows(`SELECT ${sums.join(", ")} FROM ${project.table} e`);
    for (const [i, { info }] of part.entries()) counts.set(info.name, (answer?.[i] ?? 0) as number);
  }
  const rare = asked.filter(({ rareId }) => rareId !== undefined);
  if (rare.length > 0) {
    const rows = await session.rows(`SELECT name, count(*) FROM ${rareTable(project)} GROUP BY name`);
    const byId = new Map(rows as [number, number][]);
    for (const { info, rareId } of rare) counts.set(info.name, byId.get(rareId as number) ?? 0);
  }
  return counts;
}

/**
 * The columns to show: those asked for, or the usual ones.
 * @throws TrackingError UNKNOWN_COLUMN, INVALID_ARGUMENT
 */
export async function shownColumns(
  session: Session,
  columns: ProjectColumns,
  asked: readonly string[] | undefined,
  most: number = mostByDefault,
): Promise<{ shown: ProjectColumn[]; omitted: number }> {
  if (asked !== undefined) {
    if (asked.length === 0 || asked.length > mostColumns) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `columns has ${asked.length} names; give 1 to ${mostColumns}, or leave it out for the usual ones`,
      );
    }
    return { shown: asked.map((name) => columnNamed(columns, name)), omitted: 0 };
  }
  const scores = columns.all.filter(({ info }) => info.kind === "score");
  const named = columns.all.filter(isDynamic);
  const counts = await valueCounts(session, columns, named.length > most ? [...scores, ...named] : scores);
  const countOf = ({ info }: ProjectColumn) => counts.get(info.name) ?? 0;
  const kept =
    named.length > most
      ? new Set([...named].sort((a, b) => countOf(b) - countOf(a)).slice(0, most))
      : new Set(named);
  const shown = columns.all.filter((column) => {
    if (isDynamic(column)) return kept.has(column);
    if (column.info.kind === "annotation") return columns.project.said.includes(column.info.name);
    return column.info.kind === "fixed" || column.info.kind === "added" || countOf(column) > 0;
  });
  return { shown, omitted: named.length - kept.size };
}

const dynamic = new Set<string>(["parameter", "extra", "tag", ...numberKinds]);

function isDynamic({ info }: ProjectColumn): boolean {
  return dynamic.has(info.kind);
}
