import type { TargetType } from "../predictions/predictions-path.js";
import { emptyPredictionsPath } from "./empty-files.js";
import type { SqlDialect, SqlType, StoreFiles } from "./sql-dialect.js";

export const duckDb: SqlDialect = {
  begin: ({ dataset }) => [`CREATE SCHEMA IF NOT EXISTS ${quoted(dataset)}`],
  object: ({ dataset }, name) => `${quoted(dataset)}.${quoted(name)}`,
  column: quoted,
  text,
  cast: (expression, type) => `TRY_CAST(${expression} AS ${types[type]})`,
  condition: (expression) => expression,
  capture: (expression, pattern) => `NULLIF(regexp_extract(${expression}, ${text(pattern)}, 1), '')`,
  jsonText: (expression) =>
    `CASE WHEN starts_with(${expression}, '"') AND json_valid(${expression}) THEN json_extract_string(${expression}, '$') END`,
  csvTable: (name, columns, files) => `CREATE OR REPLACE VIEW ${name} AS
SELECT * FROM read_csv(${text(glob(files))},
  columns = {${columns.map((column) => `${text(column)}: 'VARCHAR'`).join(", ")}},
  auto_detect = false, header = false, skip = 1, delim = ',', quote = '"', escape = '"', new_line = '\\n',
  null_padding = true, ignore_errors = true, filename = true)`,
  // The empty file comes first: its columns are those of the table, and no other file is opened to make that.
  predictionsTable: (name, type, files) => `CREATE OR REPLACE VIEW ${name} AS
SELECT y_true::${types[type]} AS y_true, y_pred::${types[type]} AS y_pred, filename
FROM read_parquet([${[emptyPredictions(files.store, type), glob(files)].map(text).join(", ")}], filename = true)`,
  fileColumn: "filename",
  unpivot: (table, columns) =>
    `${table} UNPIVOT (${quoted("value")} FOR ${quoted("score")} IN (${columns.map(quoted).join(", ")}))`,
  view: (name, query) => `CREATE OR REPLACE VIEW ${name} AS\n${query}`,
  dropView: (name) => `DROP VIEW IF EXISTS ${name}`,
  dropExternalTable: (name) => `DROP VIEW IF EXISTS ${name}`,
};

const types: Record<SqlType, string> = {
  text: "VARCHAR",
  number: "DOUBLE",
  integer: "BIGINT",
  boolean: "BOOLEAN",
  time: "TIMESTAMPTZ",
};

/** In the store's address no character is a pattern. */
function glob({ store, folder, ending }: StoreFiles): string {
  return `${plain(store)}/${folder}/**/*${ending}`;
}

function emptyPredictions(store: string, type: TargetType): string {
  return `${plain(store)}/${emptyPredictionsPath(type)}`;
}

function plain(path: string): string {
  return path.replaceAll(/[*?[]/g, (character) => `[${character}]`);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
