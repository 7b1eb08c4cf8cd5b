import type { Session } from "../../duckdb/session.js";
import { logOf } from "../logs/log-of.js";
import { duplicatesTable, type ProjectState, rareTable } from "../project-state.js";

/**
 * Keeps one row an id, the one that counts, among the stage and what is in the catalog already. Which rows were
 * left out is remembered: when the file of the kept one goes, theirs are read again.
 * @returns what takes those out that are in the project's table, where there are any; to be called once the
 * table has the columns that it needs
 */
export async function leaveDuplicatesOut(
  session: Session,
  project: ProjectState,
): Promise<(() => Promise<void>) | undefined> {
  const { id, whichCounts, written } = logOf(project);
  const { table } = project;
  await session.run(`CREATE OR REPLACE TEMP TABLE contested AS
    SELECT ${id} AS id FROM stage GROUP BY 1 HAVING count(*) > 1
    UNION SELECT ${id} FROM ${table} WHERE ${id} IN (SELECT ${id} FROM stage)`);
  const [[contested]] = (await session.rows("SELECT count(*) FROM contested")) as [[number]];
  if (contested === 0) return undefined;
  const places = [...project.files.values()].map((file) => [String(file.id), file.place]);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE losers AS SELECT id, file, kept, staged, number FROM (
      SELECT *, row_number() OVER of_id AS rank, first_value(file) OVER of_id AS kept FROM (
        SELECT ${id} AS id, file, 1 AS staged, rowid AS number, ${written.staged} AS written FROM stage WHERE ${id} IN (FROM contested)
        UNION ALL
        SELECT ${id}, file, 0, row, ${written.kept} FROM ${table} WHERE ${id} IN (FROM contested)
      ) JOIN (SELECT x[1]::INTEGER AS file, x[2] AS place FROM (SELECT unnest(from_json($1, '[["VARCHAR"]]')) x)) USING (file)
      WINDOW of_id AS (PARTITION BY id ORDER BY ${whichCounts})
    ) WHERE rank > 1`,
    [JSON.stringify(places)],
  );
  // One in the file of the kept one is read again with that.
  await session.run(
    `INSERT INTO ${duplicatesTable(project)} SELECT DISTINCT file, id FROM losers WHERE file <> kept`,
  );
  await session.run("DELETE FROM stage WHERE rowid IN (SELECT number FROM losers WHERE staged = 1)");
  const leaving = "SELECT number FROM losers WHERE staged = 0";
  const [[count]] = (await session.rows(`SELECT count(*) FROM (${leaving})`)) as [[number]];
  if (count === 0) return undefined;
  return async () => {
    await session.run(`DELETE FROM ${project.table} WHERE row IN (${leaving})`);
    await session.run(`DELETE FROM ${rareTable(project)} WHERE row IN (${leaving})`);
    project.rowsChanged = true;
  };
}

/**
 * Takes the rows of some files out of the catalog.
 * @returns other files, which have rows that were left out because of those; they have to be read again from
 * their start
 */
export async function takeFilesOut(
  session: Session,
  project: ProjectState,
  files: readonly number[],
): Promise<number[]> {
  if (files.length === 0) return [];
  const { table } = project;
  const { id } = logOf(project);
  const duplicates = duplicatesTable(project);
  const gone = new Set(files);
  // A file that has to be read again gives up its rows too, which may be the kept ones of yet other files.
  for (let frontier = [...gone]; frontier.length > 0; ) {
    const next = (await session.rows(
      `SELECT DISTINCT file FROM ${duplicates} WHERE id IN
        (SELECT ${id} FROM ${table} WHERE file IN (${frontier.join(", ")}))`,
    )) as [number][];
    frontier = next.map(([file]) => file).filter((file) => !gone.has(file));
    for (const file of frontier) gone.add(file);
  }
  const list = [...gone].join(", ");
  await session.run(
    `DELETE FROM ${rareTable(project)} WHERE row IN (SELECT row FROM ${table} WHERE file IN (${list}))`,
  );
  await session.run(`DELETE FROM ${table} WHERE file IN (${list})`);
  project.rowsChanged = true;
  await session.run(`DELETE FROM ${duplicates} WHERE file IN (${list})`);
  return [...gone].filter((file) => !files.includes(file));
}
