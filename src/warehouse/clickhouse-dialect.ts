import { quotedByBackticks as quoted, textWithBackslashes as text } from "./quoting.js";
import type { SqlDialect, SqlType, StoreFiles } from "./sql-dialect.js";

export const clickHouse: SqlDialect = {
  begin: ({ dataset }) => [`CREATE DATABASE IF NOT EXISTS ${quoted(dataset)}`],
  object: ({ dataset }, name) => `${quoted(dataset)}.${quoted(name)}`,
  column: quoted,
  text,
  cast: (expression, type) => casts[type](expression),
  condition: (expression) => `CAST(${expression}, 'Nullable(Bool)')`,
  capture: (expression, pattern) => `NULLIF(extract(${expression}, ${text(pattern)}), '')`,
  jsonText: (expression) =>
    `CASE WHEN startsWith(${expression}, '"') AND isValidJSON(${expression}) THEN JSONExtractString(${expression}) END`,
  csvTable: (name, columns, files) => `CREATE OR REPLACE VIEW ${name} AS
SELECT *, _path
FROM file(${text(glob(files))}, 'CSV', ${text(columns.map((column) => `${quoted(column)} Nullable(String)`).join(", "))})
SETTINGS input_format_csv_skip_first_lines = 1, input_format_csv_allow_variable_number_of_columns = 1,
  input_format_csv_trim_whitespaces = 0, format_csv_null_representation = '\\0',
  input_format_allow_errors_ratio = 1`,
  predictionsTable: (name, type, files) => `CREATE OR REPLACE VIEW ${name} AS
SELECT y_true, y_pred, _path
FROM file(${text(glob(files))}, 'Parquet', 'y_true Nullable(${types[type]}), y_pred Nullable(${types[type]})')`,
  fileColumn: "_path",
  unpivot: (table, columns) => `(
  SELECT *, pair.1 AS ${quoted("score")}, pair.2 AS ${quoted("value")}
  FROM ${table}
  ARRAY JOIN [${columns.map((column) => `(${text(column)}, ${quoted(column)})`).join(", ")}] AS pair
  WHERE pair.2 IS NOT NULL
) AS s`,
  view: (name, query) => `CREATE OR REPLACE VIEW ${name} AS
SELECT * FROM (
${query}
)
SETTINGS join_use_nulls = 1, prefer_column_name_to_alias = 1`,
  dropView: (name) => `DROP VIEW IF EXISTS ${name}`,
  dropExternalTable: (name) => `DROP VIEW IF EXISTS ${name}`,
};

const types: Record<SqlType, string> = {
  text: "String",
  number: "Float64",
  integer: "Int64",
  boolean: "Bool",
  time: "DateTime64(3, 'UTC')",
};

const casts: Record<SqlType, (expression: string) => string> = {
  text: (expression) => `CAST(${expression}, 'Nullable(String)')`,
  number: (expression) => `toFloat64OrNull(${expression})`,
  integer: (expression) => `toInt64OrNull(${expression})`,
  boolean: (expression) => `accurateCastOrNull(${expression}, 'Bool')`,
  time: (expression) => `parseDateTime64BestEffortOrNull(${expression}, 3, 'UTC')`,
};

/** Signs of a pattern cannot be escaped, but `?` stands for any one character. */
function glob({ store, folder, ending }: StoreFiles): string {
  return `${store.replaceAll(/[*?{}]/g, "?")}/${folder}/**/*${ending}`;
}
