import type { Session } from "../../duckdb/session.js";
import { logOf } from "../logs/log-of.js";
import type { ProjectState } from "../project-state.js";
import { isoTime } from "./select-values.js";

/**
 * The rows of some ids that are in a project, as cells of the log.
 * @param table of those in the trash, where they are asked for
 */
export async function findRows(
  session: Session,
  project: ProjectState,
  ids: readonly string[],
  table: string = project.table,
): Promise<Map<string, string>[]> {
  const { fixed, scores, mappings, id: idColumn } = logOf(project);
  const plain = [...fixed, ...scores];
  const expressions = [...plain, ...mappings].map(({ column }) => column);
  const found = await session.rows(
    `SELECT rowid FROM ${table} WHERE ${idColumn} IN (SELECT unnest(from_json($1, '["VARCHAR"]')))`,
    [JSON.stringify(ids)],
  );
  if (found.length === 0) return [];
  // By their row ids, so that nothing is read of the long columns of other rows.
  const rows = await session.rows(
    `SELECT ${expressions.join(", ")} FROM ${table}
     WHERE rowid IN (SELECT unnest([${found.map(([id]) => id).join(", ")}]::BIGINT[]))`,
  );
  return rows.map((row) => {
    const cells = new Map<string, string>();
    for (const [i, { name, type }] of plain.entries()) {
      const value = row[i] as string | number | boolean | null;
      if (value !== null) cells.set(name, type === "time" ? isoTime(value as number) : String(value));
    }
    for (const [i, { column }] of mappings.entries()) {
      cells.set(column, (row[plain.length + i] ?? "") as string);
    }
    return cells;
  });
}

/** What the log's reader made of a row, which it read before. */
export function asRead<T extends object>(read: T | { broken: string }, id: string | undefined): T {
  if (!("broken" in read)) return read;
  throw new Error(`the catalog has a row for ${id} that the log's reader refuses: ${read.broken}`);
}
