import type { Session } from "../../duckdb/session.js";
import type { ProjectState } from "../project-state.js";

const mostUsers = 20;

/** Counts anew what the catalog says of a project without a query. */
export async function summarize(session: Session, project: ProjectState): Promise<void> {
  await (project.of === "runs" ? summarizeRuns : summarizeExperiments)(session, project);
  const at = project.of === "runs" ? "c_started_at" : "c_logged_at";
  const users = await session.rows(
    `SELECT c_user FROM ${project.table} WHERE c_user IS NOT NULL GROUP BY 1 ORDER BY max(${at}) DESC, 1 LIMIT ${mostUsers}`,
  );
  project.users = users.map(([user]) => String(user));
}

async function summarizeExperiments(session: Session, project: ProjectState): Promise<void> {
  const [answer] = await session.rows(
    `SELECT count(*), max(c_logged_at), list_sort(list(DISTINCT c_kind)), count(a_note), count(a_tags),
       count(*) FILTER (a_starred), count(*) FILTER (a_archived) FROM ${project.table}`,
  );
  const [rows, lastAt, kinds, notes, tags, starred, archived] = answer as [
    number,
    number | null,
    string[] | null,
    ...[number, number, number, number],
  ];
  Object.assign(project, { rows, lastAt, kinds: kinds ?? [], starred, archived });
  const counts = Object.entries({ note: notes, tags, starred, archived });
  project.said = counts.filter(([, count]) => count > 0).map(([name]) => name);
}

async function summarizeRuns(session: Session, project: ProjectState): Promise<void> {
  const [answer] = await session.rows(
    `SELECT count(*), max(c_written_at), count(*) FILTER (c_status = 'running') FROM ${project.table}`,
  );
  const [rows, lastAt, running] = answer as [number, number | null, number];
  Object.assign(project, { rows, lastAt, running });
}
