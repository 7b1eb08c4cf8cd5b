import type { LogShape, RowCells } from "../../tracking-log/log-shape.js";

/** A column of a log that has its own column in the catalog's tables. */
export interface PhysicalColumn {
  /** In the log. */
  name: string;
  /** In DuckDB, where names ignore case and some are reserved. */
  column: string;
  type: "text" | "number" | "boolean" | "time";
}

/** What a name in a JSON column is of. */
export type NameKind = "parameter" | "extra" | "tag" | NumberKind;
/** Of a metric: its last value, its first, its least and its greatest. */
export type NumberKind = "metric" | "first" | "min" | "max";
export const numberKinds: ReadonlySet<string> = new Set<NumberKind>(["metric", "first", "min", "max"]);

/** A column of JSON mappings whose names become columns; it also stands in the tables as it is in the log. */
export interface JsonColumn {
  column: string;
  kind: NameKind;
}

/** What the catalog needs to know of a log to keep its rows: one row an id. */
export interface CatalogLog {
  readonly of: "experiments" | "runs";
  readonly shape: LogShape;
  /** The columns that every row has, in the order of the log. */
  readonly fixed: readonly PhysicalColumn[];
  readonly scores: readonly PhysicalColumn[];
  readonly mappings: readonly JsonColumn[];
  /** SQL over a row of the stage: whether MLflow's client gave its parameters, as texts. */
  readonly fromMlflow?: string;
  /** Further columns of the tables that are not from the log, as declared in SQL. */
  readonly beside: readonly string[];
  /** The column in the tables that has a row's id. */
  readonly id: string;
  /** SQL for an order of the rows of one id, over place, staged, number and `written`; the first one counts. */
  readonly whichCounts: string;
  /** SQL over a row of the stage or of a table for `written`. */
  readonly written: { staged: string; kept: string };
  /** What a header has to have so that DuckDB can read the file by itself. */
  readonly needed: readonly string[];
  /** SQL over a row of the stage, one of which holds where the reader of lines might refuse it. */
  readonly refused: readonly string[];
  /** Reads a row strictly: the times in it by column, or why it is none. */
  read(cells: RowCells): { times: Readonly<Record<string, Date | undefined>> } | { broken: string };
}

/** SQL over a text: no ISO 8601 in UTC as the logs' writers write it. */
export function isNoTime(column: string): string {
  return String.raw`(NOT regexp_full_match(${column}, '\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z') OR TRY_CAST(${column} AS TIMESTAMP) IS NULL)`;
}

/** SQL for a time of the stage, which is ISO 8601 or milliseconds since 1970 as text, as the latter. */
export function stagedTime(column: string): string {
  return `CASE WHEN contains(${column}, 'T') THEN epoch_ms(TRY_CAST(${column} AS TIMESTAMP)) ELSE TRY_CAST(${column} AS BIGINT) END`;
}

/** How DuckDB keeps a type; times are milliseconds since 1970. */
export function storageType(type: PhysicalColumn["type"]): string {
  return { text: "VARCHAR", number: "DOUBLE", boolean: "BOOLEAN", time: "BIGINT" }[type];
}
