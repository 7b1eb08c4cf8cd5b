import type { Session } from "../../duckdb/session.js";
import { duplicatesTable, type ProjectState, rareTable } from "../project-state.js";

/**
 * Keeps one row a prediction id, the first one in the order of the log, among the stage and what is in the
 * catalog already. Which rows were left out is remembered: when the file of the kept one goes, theirs are
 * read again.
 * @returns whether rows left the project's table
 */
export async function leaveDuplicatesOut(session: Session, project: ProjectState): Promise<boolean> {
  const { table } = project;
  await session.run(`CREATE OR REPLACE TEMP TABLE contested AS
    SELECT c_prediction_id AS id FROM stage GROUP BY 1 HAVING count(*) > 1
    UNION SELECT c_prediction_id FROM ${table} WHERE c_prediction_id IN (SELECT c_prediction_id FROM stage)`);
  const [[contested]] = (await session.rows("SELECT count(*) FROM contested")) as [[number]];
  if (contested === 0) return false;
  const places = [...project.files.values()].map(({ id, place }) => [String(id), place]);
  // Within a file, what is in the table stands before what was appended since.
  await session.run(
    `CREATE OR REPLACE TEMP TABLE losers AS SELECT id, file, staged, number FROM (
      SELECT *, row_number() OVER (PARTITION BY id ORDER BY place, staged, number) AS rank FROM (
        SELECT c_prediction_id AS id, file, 1 AS staged, rowid AS number FROM stage WHERE c_prediction_id IN (FROM contested)
        UNION ALL
        SELECT c_prediction_id, file, 0, row FROM ${table} WHERE c_prediction_id IN (FROM contested)
      ) JOIN (SELECT x[1]::INTEGER AS file, x[2] AS place FROM (SELECT unnest(from_json($1, '[["VARCHAR"]]')) x)) USING (file)
    ) WHERE rank > 1`,
    [JSON.stringify(places)],
  );
  await session.run(`INSERT INTO ${duplicatesTable(project)} SELECT file, id FROM losers`);
  await session.run("DELETE FROM stage WHERE rowid IN (SELECT number FROM losers WHERE staged = 1)");
  const leaving = "SELECT number FROM losers WHERE staged = 0";
  const [[count]] = (await session.rows(`SELECT count(*) FROM (${leaving})`)) as [[number]];
  if (count === 0) return false;
  await session.run(`DELETE FROM ${table} WHERE row IN (${leaving})`);
  await session.run(`DELETE FROM ${rareTable(project)} WHERE row IN (${leaving})`);
  return true;
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
  const duplicates = duplicatesTable(project);
  const gone = new Set(files);
  // A file that has to be read again gives up its rows too, which may be the kept ones of yet other files.
  for (let frontier = [...gone]; frontier.length > 0; ) {
    const next = (await session.rows(
      `SELECT DISTINCT file FROM ${duplicates} WHERE prediction_id IN
        (SELECT c_prediction_id FROM ${table} WHERE file IN (${frontier.join(", ")}))`,
    )) as [number][];
    frontier = next.map(([file]) => file).filter((file) => !gone.has(file));
    for (const file of frontier) gone.add(file);
  }
  const list = [...gone].join(", ");
  await session.run(
    `DELETE FROM ${rareTable(project)} WHERE row IN (SELECT row FROM ${table} WHERE file IN (${list}))`,
  );
  await session.run(`DELETE FROM ${table} WHERE file IN (${list})`);
  await session.run(`DELETE FROM ${duplicates} WHERE file IN (${list})`);
  return [...gone].filter((file) => !files.includes(file));
}
