import { quotedByBackticks as quoted, textWithBackslashes as text } from "./quoting.js";
import type { SqlDialect, SqlType, StoreFiles } from "./sql-dialect.js";

/**
 * A log file whose writer was killed may end in part of a row; more than so many bad lines are a reason to
 * look.
 */
const mostBadLines = 1000;

export const bigQuery: SqlDialect = {
  begin: () => [],
  object: ({ cloudProject, dataset }, name) =>
    [...(cloudProject === undefined ? [] : [cloudProject]), dataset, name].map(quoted).join("."),
  column: quoted,
  text,
  cast: (expression, type) => `SAFE_CAST(${expression} AS ${types[type]})`,
  condition: (expression) => expression,
  capture: (expression, pattern) => `REGEXP_EXTRACT(${expression}, ${text(pattern)})`,
  jsonText: (expression) =>
    `CASE WHEN STARTS_WITH(${expression}, '"') THEN JSON_VALUE(${expression}, '$') END`,
  csvTable: (name, columns, files) => `CREATE OR REPLACE EXTERNAL TABLE ${name} (
${columns.map((column) => `  ${quoted(column)} STRING`).join(",\n")}
)
OPTIONS (
  format = 'CSV',
  uris = [${text(uri(files))}],
  skip_leading_rows = 1,
  allow_jagged_rows = TRUE,
  allow_quoted_newlines = FALSE,
  ignore_unknown_values = TRUE,
  max_bad_records = ${mostBadLines}
)`,
  predictionsTable: (name, type, files) => `CREATE OR REPLACE EXTERNAL TABLE ${name} (
  ${quoted("y_true")} ${types[type]},
  ${quoted("y_pred")} ${types[type]}
)
OPTIONS (
  format = 'PARQUET',
  uris = [${text(uri(files))}]
)`,
  fileColumn: "_FILE_NAME",
  unpivot: (table, columns) =>
    `${table} UNPIVOT (${quoted("value")} FOR ${quoted("score")} IN (${columns.map(quoted).join(", ")}))`,
  view: (name, query) => `CREATE OR REPLACE VIEW ${name} AS\n${query}`,
  dropView: (name) => `DROP VIEW IF EXISTS ${name}`,
  dropExternalTable: (name) => `DROP EXTERNAL TABLE IF EXISTS ${name}`,
};

const types: Record<SqlType, string> = {
  text: "STRING",
  number: "FLOAT64",
  integer: "INT64",
  boolean: "BOOL",
  time: "TIMESTAMP",
};

/** The one wildcard that an address may have stands for subfolders, too. */
function uri({ store, folder, ending }: StoreFiles): string {
  return `${store}/${folder}/*${ending}`;
}
