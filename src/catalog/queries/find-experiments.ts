import type { Session } from "../../duckdb/session.js";
import type { ExperimentRecord } from "../../experiment/experiment-record.js";
import { toRecord } from "../../tracking-log/row.js";
import type { ProjectState } from "../project-state.js";
import { asRead, findRows } from "./find-rows.js";

/**
 * Those of some experiments that are in a project, as they stand in the log.
 * @param table of those in the trash, where they are asked for
 */
export async function findExperiments(
  session: Session,
  project: ProjectState,
  predictionIds: readonly string[],
  table?: string,
): Promise<ExperimentRecord[]> {
  const found = await findRows(session, project, predictionIds, table);
  return found.map((cells) => asRead(toRecord(cells), cells.get("prediction_id")).record);
}
