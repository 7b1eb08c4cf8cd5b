import type { Session } from "../../duckdb/session.js";
import { deepestJson } from "../../experiment/json-depth.js";
import type { CatalogLog, JsonColumn, PhysicalColumn } from "../logs/catalog-log.js";

/**
 * The stage: rows on their way into a project's table, as the text of the log. It is a temporary table of the
 * session, with the columns of the tables to come (numbers, or text) and
 * - `file`: the id of the row's tracking log file
 * - `clean_...`: the JSON columns where the text in the log cannot be read by DuckDB as JavaScript reads it
 * - `length`: bytes that the row takes in the log where it is written as the log's writers write it
 * - `bad`: whether the row is none, or cannot be told from here
 * - `odd`: whether its JSON has to be looked at by JavaScript
 */
export interface StageCell {
  /** In the log. */
  name: string;
  column: string;
  type: PhysicalColumn["type"];
}

/** The columns of the stage that hold a cell each. Numbers are DOUBLE, all others are text. */
export function stageCells({ fixed, scores, mappings }: CatalogLog): readonly StageCell[] {
  const json = mappings.map(({ column }): StageCell => ({ name: column, column, type: "text" }));
  return [...fixed, ...scores, ...json];
}

export function cleanColumns({ mappings }: CatalogLog): string[] {
  return mappings.map(({ column }) => `clean_${column}`);
}

export async function createEmptyStage(session: Session, log: CatalogLog): Promise<void> {
  const cells = stageCells(log).map(
    ({ column, type }) => `${column} ${type === "number" ? "DOUBLE" : "VARCHAR"}`,
  );
  const clean = cleanColumns(log).map((column) => `${column} VARCHAR`);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE stage (file INTEGER, ${[...cells, ...clean].join(", ")}, length BIGINT, bad BOOLEAN, odd BOOLEAN)`,
  );
}

/** A JSON column of the stage as it is to be read. */
export function jsonOf({ column }: JsonColumn): string {
  return `coalesce(clean_${column}, ${column})`;
}

/**
 * What JSON.parse refuses and DuckDB accepts, and some that both accept: NaN, infinities, and commas before a
 * bracket.
 */
const lenientJson = String.raw`(?i)(,\s*[}\]])|([:,\[]\s*[-+]?(nan|inf))`;

/**
 * Whether a JSON text has to be looked at by JavaScript: it is no mapping, or DuckDB is more lenient, or has
 * no path to a name.
 */
function oddJson(column: string): string {
  return `CASE WHEN ${column} IS NULL THEN false
    WHEN length(${column}) - length(replace(replace(${column}, '[', ''), '{', '')) > ${deepestJson} THEN true
    WHEN NOT json_valid(${column}) THEN true
    WHEN json_type(${column}) <> 'OBJECT' THEN true
    ELSE contains(${column}, '\\u0000') OR regexp_matches(${column}, '${lenientJson}') END`;
}

/**
 * Finds the rows whose JSON JavaScript has to look at: those, and where a name stands twice (DuckDB takes the
 * first, JavaScript the last).
 */
export async function markOddRows(session: Session, { mappings }: CatalogLog): Promise<void> {
  await session.run(
    `UPDATE stage SET odd = true WHERE ${mappings.map(({ column }) => `(${oddJson(column)})`).join(" OR ")}`,
  );
  // Runtimes and sets of names repeat from row to row: looking at the different ones is enough to know that
  // none is odd.
  const runtimes = "SELECT c_runtime FROM (SELECT DISTINCT c_runtime FROM stage)";
  await session.run(
    `UPDATE stage SET odd = true WHERE c_runtime IN (${runtimes} WHERE ${oddJson("c_runtime")})`,
  );
  for (const { column } of mappings) {
    // json_keys fails where the JSON is not valid.
    const names = `CASE WHEN odd THEN [] ELSE json_keys(${column}) END`;
    const [[twice]] = (await session.rows(
      `SELECT count(*) FROM (SELECT DISTINCT ${names} AS k FROM stage) WHERE len(k) <> len(list_distinct(k))`,
    )) as [[number]];
    if (twice > 0) {
      await session.run(`UPDATE stage SET odd = true WHERE len(${names}) <> len(list_distinct(${names}))`);
    }
  }
}
