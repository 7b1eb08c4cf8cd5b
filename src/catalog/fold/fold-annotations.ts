import type { ProjectAnnotations } from "../../annotations/fold-annotations.js";
import type { Session } from "../../duckdb/session.js";
import { logOf } from "../logs/log-of.js";
import { type ProjectState, rareTable, rareTrashTable, trashTable } from "../project-state.js";
import { recountNames } from "./recount-names.js";

/**
 * Puts what was said of experiments beside their rows, and moves those and runs that are in the trash out of the
 * project's tables into two of their own, and back: so every query is right without knowing of them.
 */
export async function foldAnnotations(
  session: Session,
  project: ProjectState,
  { experiments }: ProjectAnnotations,
): Promise<void> {
  if (experiments.size === 0 && project.saidVersion === "") return; // nothing is, nor was
  const rows = [...experiments].map(([id, { name, note, tags, starred, archived, state }]) => [
    id,
    name ?? null,
    note ?? null,
    tags.length === 0 ? null : JSON.stringify(tags),
    String(starred),
    String(archived),
    String(state !== "there"),
  ]);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE said AS SELECT x[1] AS id, x[2] AS name, x[3] AS note, x[4] AS tags,
       x[5]::BOOLEAN AS starred, x[6]::BOOLEAN AS archived, x[7]::BOOLEAN AS gone
     FROM (SELECT unnest(from_json($1, '[["VARCHAR"]]')) x)`,
    [JSON.stringify(rows)],
  );
  project.rowsChanged = true;
  const moved = await moveToTrash(session, project);
  if (project.of === "experiments") await saySaid(session, project);
  await session.run("DROP TABLE said");
  if (moved) await recountNames(session, project, { keepNames: true });
}

const said = ["name", "note", "tags", "starred", "archived"] as const;

async function saySaid(session: Session, { table }: ProjectState): Promise<void> {
  await session.run(
    `UPDATE ${table} SET ${said.map((name) => `a_${name} = said.${name}`).join(", ")} FROM said
     WHERE c_prediction_id = said.id AND (${said.map((name) => `a_${name} IS DISTINCT FROM said.${name}`).join(" OR ")})`,
  );
  // Where a backup brought an older log back, less was said than before.
  await session.run(
    `UPDATE ${table} SET ${said.map((name) => `a_${name} = NULL`).join(", ")}
     WHERE (${said.map((name) => `a_${name} IS NOT NULL`).join(" OR ")}) AND c_prediction_id NOT IN (SELECT id FROM said)`,
  );
}

/** Brings the rows back that are in the trash, before the log's changes are folded. */
export async function emptyTrash(session: Session, project: ProjectState): Promise<void> {
  if (project.saidVersion === "") return;
  for (const [table, trash] of [
    [project.table, trashTable(project)],
    [rareTable(project), rareTrashTable(project)],
  ]) {
    await session.run(`INSERT INTO ${table} BY NAME SELECT * FROM ${trash}`);
    await session.run(`DELETE FROM ${trash}`);
  }
}

/** @returns whether any row was moved, to the trash or back */
async function moveToTrash(session: Session, project: ProjectState): Promise<boolean> {
  const { table } = project;
  const trash = trashTable(project);
  const gone = `${logOf(project).id} IN (SELECT id FROM said WHERE gone)`;
  const [[leaving, coming]] = (await session.rows(
    `SELECT (SELECT count(*) FROM ${table} WHERE ${gone}), (SELECT count(*) FROM ${trash} WHERE NOT (${gone}))`,
  )) as [[number, number]];
  if (leaving + coming === 0) return false;
  await emptyTrash(session, project);
  // Made anew: the project's table may have columns that it had not.
  await session.run(`CREATE OR REPLACE TABLE ${trash} AS SELECT * FROM ${table} WHERE ${gone}`);
  await session.run(`DELETE FROM ${table} WHERE ${gone}`);
  const rareGone = `row IN (SELECT row FROM ${trash})`;
  await session.run(
    `INSERT INTO ${rareTrashTable(project)} SELECT * FROM ${rareTable(project)} WHERE ${rareGone}`,
  );
  await session.run(`DELETE FROM ${rareTable(project)} WHERE ${rareGone}`);
  return true;
}
