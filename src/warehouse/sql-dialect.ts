import type { Dataset } from "./table-names.js";

/** What differs between the databases that the tables and views are written for. */
export interface SqlDialect {
  /** Statements before all others. */
  begin(dataset: Dataset): string[];
  /** A table or view by its name. */
  table(dataset: Dataset, name: string): string;
  column(name: string): string;
  text(value: string): string;
  /** Text as a value of a type; NULL where it is none. */
  cast(expression: string, type: SqlType): string;
  json(expression: string): string;
  /** The first group of a regular expression. */
  capture(expression: string, pattern: string): string;
  /** The tracking log as text, by position: every CSV file whose path begins so. */
  logTable(name: string, columns: readonly string[], start: string): string;
  /** Files of predictions that have the same types: all below a folder, or those that are named. */
  predictionsTable(name: string, columns: readonly TypedColumn[], files: PredictionFiles): string;
  /** The column of such a table that names its file. */
  fileColumn: string;
}

export type SqlType = "text" | "number" | "integer" | "boolean" | "time";

export interface TypedColumn {
  name: string;
  type: SqlType;
}

export type PredictionFiles = { folder: string } | { files: readonly string[] };

/**
 * A log file whose writer was killed may end in part of a row; more than so many bad lines are a reason to
 * look.
 */
const mostBadLines = 1000;

export const bigQuery: SqlDialect = {
  begin: () => [],
  table: ({ cloudProject, dataset }, name) =>
    `\`${[...(cloudProject === undefined ? [] : [cloudProject]), dataset, name].join(".")}\``,
  column: (name) => `\`${name}\``,
  text: bigQueryText,
  cast: (expression, type) => `SAFE_CAST(${expression} AS ${bigQueryTypes[type]})`,
  json: (expression) => `SAFE.PARSE_JSON(${expression}, wide_number_mode => 'round')`,
  capture: (expression, pattern) => `REGEXP_EXTRACT(${expression}, ${bigQueryText(pattern)})`,
  logTable: (name, columns, start) => `CREATE OR REPLACE EXTERNAL TABLE ${name} (
${columns.map((column) => `  \`${column}\` STRING`).join(",\n")}
)
OPTIONS (
  format = 'CSV',
  uris = [${bigQueryText(`${start}*.csv`)}],
  skip_leading_rows = 1,
  allow_jagged_rows = TRUE,
  allow_quoted_newlines = FALSE,
  max_bad_records = ${mostBadLines}
)`,
  predictionsTable: (name, columns, files) => `CREATE OR REPLACE EXTERNAL TABLE ${name} (
${columns.map((column) => `  \`${column.name}\` ${bigQueryTypes[column.type]}`).join(",\n")}
)
OPTIONS (
  format = 'PARQUET',
  uris = [${("folder" in files ? [`${files.folder}/*`] : files.files).map(bigQueryText).join(", ")}]
)`,
  fileColumn: "_FILE_NAME",
};

const bigQueryTypes: Record<SqlType, string> = {
  text: "STRING",
  number: "FLOAT64",
  integer: "INT64",
  boolean: "BOOL",
  time: "TIMESTAMP",
};

function bigQueryText(value: string): string {
  return `'${value.replaceAll(/[\\']/g, (character) => `\\${character}`)}'`;
}

export const duckDb: SqlDialect = {
  begin: ({ dataset }) => [`CREATE SCHEMA IF NOT EXISTS ${duckDbName(dataset)}`],
  table: ({ dataset }, name) => `${duckDbName(dataset)}.${duckDbName(name)}`,
  column: duckDbName,
  text: duckDbText,
  cast: (expression, type) => `TRY_CAST(${expression} AS ${duckDbTypes[type]})`,
  json: (expression) => `TRY_CAST(${expression} AS JSON)`,
  capture: (expression, pattern) => `NULLIF(regexp_extract(${expression}, ${duckDbText(pattern)}, 1), '')`,
  logTable: (name, columns, start) => `CREATE OR REPLACE VIEW ${name} AS
SELECT * FROM read_csv(${duckDbText(`${asGlob(start)}*.csv`)},
  columns = {${columns.map((column) => `${duckDbText(column)}: 'VARCHAR'`).join(", ")}},
  auto_detect = false, header = false, skip = 1, delim = ',', quote = '"', escape = '"', new_line = '\\n',
  null_padding = true, ignore_errors = true)`,
  predictionsTable: (name, columns, files) => `CREATE OR REPLACE VIEW ${name} AS
SELECT ${columns.map((column) => `${duckDbName(column.name)}::${duckDbTypes[column.type]} AS ${duckDbName(column.name)}`).join(", ")}, filename
FROM read_parquet([${duckDbFiles(files).map(duckDbText).join(", ")}], filename = true, union_by_name = true)`,
  fileColumn: "filename",
};

const duckDbTypes: Record<SqlType, string> = {
  text: "VARCHAR",
  number: "DOUBLE",
  integer: "BIGINT",
  boolean: "BOOLEAN",
  time: "TIMESTAMPTZ",
};

function duckDbName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function duckDbText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function duckDbFiles(files: PredictionFiles): string[] {
  return "folder" in files ? [`${asGlob(files.folder)}/*/*.parquet`] : files.files.map(asGlob);
}

/** A path in which no character is a pattern. */
function asGlob(path: string): string {
  return path.replaceAll(/[*?[]/g, (character) => `[${character}]`);
}
