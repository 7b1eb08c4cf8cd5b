import packageJson from "../../../package.json" with { type: "json" };
import type { AddedScore } from "../../added-scores/added-score.js";
import type { ProjectAnnotations } from "../../annotations/fold-annotations.js";
import type { Session } from "../../duckdb/session.js";
import { logOf } from "../logs/log-of.js";
import { addedTable, type ProjectState, trashTable, wideColumn } from "../project-state.js";
import { addColumns } from "./add-columns.js";

/**
 * What an added score's values depend on beside the experiment: what is computed, and the program that does. A
 * score that is changed has values of its own, and one that is changed back has its former ones.
 */
function textOf({ kind, definition, expression }: AddedScore): string {
  return JSON.stringify([kind, definition ?? null, expression ?? null, packageJson.version]);
}

/**
 * Gives the scores that a project has beside those of every project their columns.
 * @param isReread whether rows were read again, which have to get their values back
 */
export async function foldAddedScores(
  session: Session,
  project: ProjectState,
  { addedScores }: ProjectAnnotations,
  isReread: boolean,
): Promise<void> {
  if (project.of !== "experiments") return;
  const ids: Record<string, number> = { ...project.addedIds };
  const missing: number[] = [];
  for (const text of addedScores.map(textOf)) {
    if (Object.hasOwn(ids, text)) continue;
    ids[text] = project.nextName;
    missing.push(project.nextName);
    project.nextName += 1;
  }
  await addColumns(
    session,
    project,
    missing.map((id) => ({ name: { id }, forms: ["number"] })),
  );
  const added = addedScores.map(({ author: _author, writtenAt: _writtenAt, ...score }) => ({
    id: ids[textOf(score)]!,
    score,
  }));
  Object.assign(project, { added, addedIds: ids });
  if (isReread) await giveBack(session, project);
}

/** Values of rows that are gone go, too. */
async function giveBack(session: Session, project: ProjectState): Promise<void> {
  const { table } = project;
  const { id } = logOf(project);
  const values = addedTable(project);
  await session.run(
    `DELETE FROM ${values} WHERE id NOT IN (SELECT ${id} FROM ${table} UNION SELECT ${id} FROM ${trashTable(project)})`,
  );
  for (const number of Object.values(project.addedIds)) {
    const column = wideColumn(number, "number");
    await session.run(
      `UPDATE ${table} SET ${column} = v.value FROM ${values} v WHERE v.score = ${number} AND v.id = ${id} AND ${column} IS DISTINCT FROM v.value`,
    );
  }
}
