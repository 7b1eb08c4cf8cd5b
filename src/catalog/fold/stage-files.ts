import { type Session, sqlText } from "../../duckdb/session.js";
import type { CatalogLog } from "../logs/catalog-log.js";
import { cleanColumns, stageCells } from "./stage.js";

/** A file on a local disk that DuckDB reads by itself: a header and whole lines. */
export interface LocalFile {
  /** Of the tracking log file. */
  id: number;
  localPath: string;
  header: readonly string[];
  /** Bytes of the rows, without the header. */
  bytes: number;
}

/** Whether DuckDB can read files with this header: they have all that a row needs. */
export function isBulkHeader({ needed }: CatalogLog, header: readonly string[]): boolean {
  return needed.every((name) => header.includes(name));
}

/**
 * Reads files with one header into a new stage, all at once and far faster than line by line.
 * @returns rows by file, for the files that were read whole; whatever is not exactly as the log's writers
 * write it, such as a torn line, leaves its file out, to be read line by line
 */
export async function stageFiles(
  session: Session,
  log: CatalogLog,
  files: readonly LocalFile[],
): Promise<Map<number, number>> {
  try {
    await readCsv(session, log, files);
  } catch (error) {
    if (!isAboutText(error)) throw error;
    return new Map(); // text that DuckDB's reader stumbles over
  }
  const whole = new Map<number, number>();
  const bytes = new Map(files.map((file) => [file.id, file.bytes]));
  const sums = await session.rows(
    "SELECT file, count(*), sum(length), bool_or(bad) FROM stage GROUP BY file",
  );
  for (const [file, rows, length, bad] of sums as [number, number, number, boolean][]) {
    if (!bad && length === bytes.get(file)) whole.set(file, rows);
  }
  const left = files.filter(({ id }) => !whole.has(id)).map(({ id }) => id);
  if (left.length > 0) await session.run(`DELETE FROM stage WHERE file IN (${left.join(", ")})`);
  return whole;
}

async function readCsv(session: Session, log: CatalogLog, files: readonly LocalFile[]): Promise<void> {
  const header = files[0]?.header ?? [];
  // Generated names: DuckDB's ignore case, and a header can hold any.
  const columns = header.map((_, i) => `'h${i}': 'VARCHAR'`).join(", ");
  const source = `read_csv([${files.map(({ localPath }) => sqlText(localPath)).join(", ")}],
    auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', new_line = '\\n', strict_mode = true,
    null_padding = false, ignore_errors = true, columns = {${columns}})`;
  const given = stageCells(log).map(({ name, column, type }) => {
    const at = header.indexOf(name);
    return { column, isNumber: type === "number", text: at < 0 ? undefined : `h${at}` };
  });
  const cells = given.map(({ column, isNumber, text = "NULL::VARCHAR" }) =>
    isNumber ? `TRY_CAST(${text} AS DOUBLE) AS ${column}` : `${text} AS ${column}`,
  );
  const texts = given.filter(({ isNumber, text }) => isNumber && text !== undefined);
  const unread = texts.map(({ column, text }) => `(${text} IS NOT NULL AND ${column} IS NULL)`);
  const numbers = new Set(texts.map(({ text }) => text));
  const format = given.find(({ column }) => column === "c_format")?.text ?? "NULL::VARCHAR";
  const length = header.map((_, i) =>
    numbers.has(`h${i}`) ? `coalesce(strlen(h${i}), 0)` : writtenLength(`h${i}`),
  );
  // Two steps, so that a number is read once.
  await session.run(`CREATE OR REPLACE TEMP TABLE stage AS
    SELECT * EXCLUDE (digits, unread, format), ${cleanColumns(log)
      .map((column) => `NULL::VARCHAR AS ${column}`)
      .join(", ")},
      (${badRow(log, header)}) AS bad, false AS odd
    FROM (
      SELECT * EXCLUDE (${header.map((_, i) => `h${i}`).join(", ")}), (${unread.join(" OR ") || "false"}) AS unread FROM (
        SELECT [${files.map(({ id }) => id).join(", ")}][CAST(file_index + 1 AS BIGINT)] AS file, ${cells.join(", ")},
          ${length.join(" + ")} + ${header.length} AS length, concat_ws(',', ${[...numbers].join(", ") || "''"}) AS digits,
          ${format} AS format, *
        FROM ${source}))`);
}

/**
 * Bytes of a field as the log's writers write it. Where the sum over a file is not the file's size, something
 * in it is written in another way: a line that was skipped, a stray quote, a space after one. A line break
 * inside a field spoils it too.
 */
function writtenLength(field: string): string {
  const quoted = `CASE WHEN contains(${field}, chr(10)) THEN 1e12 ELSE 2 + strlen(${field}) - strlen(replace(${field}, '"', '')) END`;
  return `coalesce(strlen(${field}) + CASE WHEN contains(${field}, '"') OR contains(${field}, ',') THEN ${quoted} ELSE 0 END, 0)`;
}

/** As strict as the reader of lines: what that one might refuse, or read in another way, is bad. */
function badRow({ refused }: CatalogLog, header: readonly string[]): string {
  return [
    "unread",
    "NOT regexp_full_match(digits, '[0-9eE+.,-]*')",
    ...refused,
    ...(header.includes("format")
      ? [String.raw`NOT regexp_full_match(coalesce(format, ''), '[1-9]\d*')`]
      : []),
  ].join(" OR ");
}

function isAboutText(error: unknown): boolean {
  return (
    /^(Error: )?(Invalid Input|Conversion|IO) Error/.test(String(error)) &&
    !/No space left/.test(String(error))
  );
}
