import type { Session } from "../../duckdb/session.js";
import { experimentTitle } from "../../experiment/experiment-title.js";
import type { RunEvaluation } from "../catalog.js";
import type { ProjectState } from "../project-state.js";

/**
 * Those of some runs that a project has, each with the newest experiment that was logged in it; an experiment
 * whose run is in the trash, too.
 * @param experiments of the same project
 */
export async function runEvaluations(
  session: Session,
  runs: ProjectState,
  experiments: ProjectState,
  runIds: readonly string[],
): Promise<RunEvaluation[]> {
  const ids = JSON.stringify(runIds);
  const some = `c_run_id IN (SELECT unnest(from_json($1, '["VARCHAR"]')))`;
  const named = (await session.rows(`SELECT c_run_id, c_name FROM ${runs.table} WHERE ${some}`, [ids])) as [
    string,
    string | null,
  ][];
  const newest = new Map(
    (await session.rows(
      `SELECT c_run_id, arg_max(c_prediction_id, (c_logged_at, c_prediction_id)) FROM ${experiments.table}
       WHERE ${some} GROUP BY c_run_id`,
      [ids],
    )) as [string, string][],
  );
  const titles = new Map(named.map(([runId, name]) => [runId, experimentTitle(name, runId)]));
  return [...new Set([...titles.keys(), ...newest.keys()])].map((runId) => ({
    runId,
    project: runs.name,
    title: titles.get(runId),
    predictionId: newest.get(runId),
  }));
}
