import type { Session } from "../../duckdb/session.js";
import { toRun } from "../../run/run-line.js";
import type { CatalogRun } from "../catalog.js";
import { lastSeenAt, lostContact } from "../columns/run-times.js";
import type { ProjectState } from "../project-state.js";
import { asRead, findRows } from "./find-rows.js";

/**
 * A run of a project, with what belongs to it; undefined where the project has none of that id.
 * @param experiments of the same project
 */
export async function findRun(
  session: Session,
  runs: ProjectState,
  experiments: ProjectState,
  runId: string,
): Promise<CatalogRun | undefined> {
  const [cells] = await findRows(session, runs, [runId]);
  if (!cells) return undefined;
  const ids = async (sql: string) => (await session.rows(sql, [runId])).map(([id]) => id as string);
  const [[isLost, seenAt]] = (await session.rows(
    `SELECT ${lostContact}, ${lastSeenAt} FROM ${runs.table} e WHERE c_run_id = $1`,
    [runId],
  )) as [[boolean, number | null]];
  return {
    run: asRead(toRun(cells), runId).run,
    lostContact: isLost,
    lastSeenAt: seenAt === null ? undefined : new Date(seenAt),
    children: await ids(
      `SELECT c_run_id FROM ${runs.table} WHERE c_parent_run_id = $1 ORDER BY c_started_at, c_run_id`,
    ),
    experiments: await ids(
      `SELECT c_prediction_id FROM ${experiments.table} WHERE c_run_id = $1 ORDER BY c_logged_at, c_prediction_id`,
    ),
  };
}
