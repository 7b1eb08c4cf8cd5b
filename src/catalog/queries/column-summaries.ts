import type { Session } from "../../duckdb/session.js";
import type { CatalogValue, ColumnSummary } from "../catalog-schema.js";
import type { ProjectColumn, ProjectColumns } from "../columns/project-columns.js";
import { allForms, type ProjectState, rareTable } from "../project-state.js";
import { isoTime } from "./select-values.js";

const columnsAtOnce = 50;
/** In larger projects different values are estimated first, and counted where the estimate is small. */
const countedExactly = 20_000;
const fewValues = 1_500;

const known = new WeakMap<ProjectState, Promise<ColumnSummary[]>>();

/** What stands in each column of a project; computed once a state of it. */
export async function columnSummaries(session: Session, columns: ProjectColumns): Promise<ColumnSummary[]> {
  const before = await known.get(columns.project)?.catch(() => undefined); // it was interrupted
  if (before) return before;
  const summaries = summarizeAll(session, columns);
  known.set(columns.project, summaries);
  return summaries;
}

/** count, distinct, min and max of each form, in the order of `allForms`. */
type Statistics = unknown[];

async function summarizeAll(session: Session, { project, all }: ProjectColumns): Promise<ColumnSummary[]> {
  const distinct = (value: string) =>
    project.rows <= countedExactly ? `count(DISTINCT ${value})` : `approx_count_distinct(${value})`;
  const ask = (value: string) => [`count(${value})`, distinct(value), `min(${value})`, `max(${value})`];
  const found = new Map<ProjectColumn, Statistics>();
  const wide = all.filter(({ rareId }) => rareId === undefined);
  for (let at = 0; at < wide.length; at += columnsAtOnce) {
    const part = wide.slice(at, at + columnsAtOnce);
    const asks = part.flatMap(({ forms }) => Object.values(forms).flatMap(ask));
    const [answer] = await session.rows(`SELECT ${asks.join(", ")} FROM ${project.table} e`);
    let next = 0;
    for (const column of part) {
      const width = 4 * Object.keys(column.forms).length;
      found.set(column, (answer ?? []).slice(next, next + width));
      next += width;
    }
  }
  if (project.rows > countedExactly) {
    const few = wide.filter((column) => estimates(column, found).every((estimate) => estimate <= fewValues));
    for (let at = 0; at < few.length; at += columnsAtOnce) {
      const part = few.slice(at, at + columnsAtOnce);
      const asks = part.flatMap(({ forms }) =>
        Object.values(forms).map((value) => `count(DISTINCT ${value})`),
      );
      const [answer] = await session.rows(`SELECT ${asks.join(", ")} FROM ${project.table} e`);
      let next = 0;
      for (const column of part) {
        const statistics = found.get(column) ?? [];
        for (let i = 1; i < statistics.length; i += 4) statistics[i] = answer?.[next++];
      }
    }
  }
  const rare = new Map(
    all.flatMap((column) => (column.rareId === undefined ? [] : [[column.rareId, column] as const])),
  );
  if (rare.size > 0) {
    const asks = allForms.flatMap((which) => ask(which[0] as string));
    const rows = await session.rows(
      `SELECT name, ${asks.join(", ")} FROM ${rareTable(project)} GROUP BY name`,
    );
    for (const [id, ...statistics] of rows) {
      const column = rare.get(id as number);
      if (!column) continue;
      const present = allForms.flatMap((which, i) =>
        column.forms[which] ? statistics.slice(4 * i, 4 * i + 4) : [],
      );
      found.set(column, present);
    }
  }
  return all.map((column) => summarize(column, found.get(column) ?? []));
}

function estimates(column: ProjectColumn, found: ReadonlyMap<ProjectColumn, Statistics>): number[] {
  return (found.get(column) ?? []).filter((_, i) => i % 4 === 1) as number[];
}

function summarize({ info, forms }: ProjectColumn, statistics: Statistics): ColumnSummary {
  let count = 0;
  let distinct = 0;
  for (let i = 0; i < Object.keys(forms).length; i++) {
    count += (statistics[4 * i] ?? 0) as number;
    distinct += (statistics[4 * i + 1] ?? 0) as number;
  }
  // Of a mixed column, the first form that it has: of the numbers, or of the text.
  const value = (found: unknown): CatalogValue => {
    if (found === null || found === undefined) return null;
    return info.type === "time" ? isoTime(found as number) : (found as CatalogValue);
  };
  return {
    ...info,
    count,
    distinct: Math.min(distinct, count),
    min: value(statistics[2]),
    max: value(statistics[3]),
  };
}
