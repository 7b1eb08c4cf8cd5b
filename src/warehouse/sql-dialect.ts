import type { TargetType } from "../predictions/predictions-path.js";
import type { Dataset } from "./dataset.js";

export type SqlType = "text" | "number" | "integer" | "boolean" | "time";

/**
 * What differs between the databases that the script is written for. What the views say in plain SQL means
 * the same in all of them: CASE, COALESCE, NULLIF, CONCAT, SUBSTR, REPLACE, FLOOR, joins, QUALIFY and
 * windows; LEAST of a NULL does not.
 */
export interface SqlDialect {
  /** Statements before all others. */
  begin: (dataset: Dataset) => string[];
  /** A table or view by its name. */
  object: (dataset: Dataset, name: string) => string;
  column: (name: string) => string;
  text: (value: string) => string;
  /** A value as a type; NULL where it is none. */
  cast: (expression: string, type: SqlType) => string;
  /** Whether something holds, as a column. */
  condition: (expression: string) => string;
  /** The first group of a regular expression, or NULL. */
  capture: (expression: string, pattern: string) => string;
  /** The text that a JSON string stands for; NULL where the JSON is anything else. */
  jsonText: (expression: string) => string;
  /** CSV files of a folder of the store, without their first lines, as text by position. */
  csvTable: (name: string, columns: readonly string[], files: StoreFiles) => string;
  /** The predictions of one type. */
  predictionsTable: (name: string, type: TargetType, files: StoreFiles) => string;
  /** The column of such tables that names the file of a row. */
  fileColumn: string;
  /** Rows of a table once a column that is not NULL: its name as `score`, and its `value`. */
  unpivot: (table: string, columns: readonly string[]) => string;
  view: (name: string, query: string) => string;
  dropView: (name: string) => string;
  dropExternalTable: (name: string) => string;
}

/** Every file below a folder of a store whose name ends so. */
export interface StoreFiles {
  /** The store's address. */
  store: string;
  folder: string;
  ending: string;
}
