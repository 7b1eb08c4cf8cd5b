import type { Session } from "../../duckdb/session.js";
import { isTooDeep } from "../../experiment/json-depth.js";
import type { CatalogLog } from "../logs/catalog-log.js";
import { cleanColumns, markOddRows } from "./stage.js";

const mostAtOnce = 500;

/**
 * Puts JSON that DuckDB and JavaScript read differently into a form that both read alike, as JavaScript reads
 * it.
 * @returns the files with a row whose JSON is no mapping
 */
export async function cleanOddRows(session: Session, log: CatalogLog): Promise<Set<number>> {
  await markOddRows(session, log);
  const columns = log.mappings.map(({ column }) => column);
  const bad = new Set<number>();
  for (let after = "-1"; ; ) {
    const rows = (await session.rows(
      `SELECT CAST(rowid AS VARCHAR), file, ${columns.join(", ")}, c_runtime FROM stage WHERE odd AND rowid > $1::BIGINT
       ORDER BY rowid LIMIT ${mostAtOnce}`,
      [after],
    )) as [string, number, ...(string | null)[]][];
    if (rows.length === 0) return bad;
    const cleaned: (string | null)[][] = [];
    for (const [row, file, ...cells] of rows) {
      after = row;
      const texts = cells.map((cell) => (cell === null ? null : cleanMapping(cell)));
      if (texts.includes(undefined)) bad.add(file);
      else cleaned.push([row, ...(texts as (string | null)[]).slice(0, columns.length)]);
    }
    await session.run(
      `UPDATE stage SET ${cleanColumns(log)
        .map((column, i) => `${column} = u.x[${i + 2}]`)
        .join(", ")}
       FROM (SELECT unnest(from_json($1, '[["VARCHAR"]]')) x) u WHERE stage.rowid = u.x[1]::BIGINT`,
      [JSON.stringify(cleaned)],
    );
  }
}

/** Undefined where the text is no JSON mapping, or nested too deeply. */
function cleanMapping(text: string): string | undefined {
  if (isTooDeep(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // the reader of lines says what is wrong with it
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return JSON.stringify(clean(value));
}

/** Lone surrogates become U+FFFD, and NUL in a name its symbol, since neither can be written in a path. */
function clean(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(clean);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name.toWellFormed().replaceAll("\0", "\u2400"),
      clean(item),
    ]),
  );
}
