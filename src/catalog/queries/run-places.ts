import type { Session } from "../../duckdb/session.js";
import type { HistoryPlace } from "../../history/history-folder.js";
import type { TableQuery } from "../catalog.js";
import type { ProjectColumns } from "../columns/project-columns.js";
import type { ProjectState } from "../project-state.js";
import { tablePage } from "./table-page.js";

/** Where the events of some runs lie; one that the project does not have is left out. */
export async function runPlaces(
  session: Session,
  { name, table }: ProjectState,
  runIds: readonly string[],
): Promise<HistoryPlace[]> {
  const rows = (await session.rows(
    `SELECT c_run_id, c_started_at FROM ${table} WHERE c_run_id IN (SELECT unnest(from_json($1, '["VARCHAR"]')))`,
    [JSON.stringify(runIds)],
  )) as [string, number][];
  const startOf = new Map(rows);
  return runIds.flatMap((runId) => {
    const at = startOf.get(runId);
    return at === undefined ? [] : [{ project: name, runId, startedAt: new Date(at) }];
  });
}

/** Where the events of the runs of a page lie, in its order. */
export async function selectedPlaces(
  session: Session,
  columns: ProjectColumns,
  query: TableQuery,
): Promise<HistoryPlace[]> {
  const { ids, rows } = await tablePage(session, columns, { ...query, columns: ["started_at"] }, []);
  const { name: project } = columns.project;
  return ids.map((runId, at) => ({ project, runId, startedAt: new Date(rows[at]![0] as string) }));
}
