import type { PredictionGroup } from "./prediction-types.js";
import type { SqlDialect } from "./sql-dialect.js";

/** Predictions as a table, with the types of its columns. */
export interface PredictionTable extends Pick<PredictionGroup, "columns"> {
  table: string;
}

/** How often each pair of a true and a predicted label occurs in each classification. */
export function confusionView(
  sql: SqlDialect,
  view: string,
  tables: readonly PredictionTable[],
  experiments: string,
): string {
  const name = (column: string) => sql.column(column);
  const labels = (column: string) => `${sql.cast(name(column), "text")} AS ${name(column)}`;
  const parts = tables.map(
    ({ table }) => `SELECT ${fileId(sql)}, ${labels("y_true")}, ${labels("y_pred")} FROM ${table}`,
  );
  const by = ["prediction_id", "y_true", "y_pred"].map((column) => `p.${name(column)}`).join(", ");
  return `CREATE OR REPLACE VIEW ${view} AS
SELECT ${by}, MIN(e.${name("name")}) AS ${name("name")}, MIN(e.${name("model")}) AS ${name("model")}, COUNT(*) AS ${name("samples")}
FROM (
  ${parts.join("\n  UNION ALL ")}
) AS p
JOIN ${experiments} AS e ON e.${name("prediction_id")} = p.${name("prediction_id")}
GROUP BY ${by}`;
}

/** Every sample of each regression with its error, y_pred - y_true: above 0 the model predicts too high. */
export function residualsView(
  sql: SqlDialect,
  view: string,
  tables: readonly PredictionTable[],
  experiments: string,
): string {
  const name = (column: string) => sql.column(column);
  const parts = tables.map(({ table, columns }) => {
    const hasId = columns.some((column) => column.name === "sample_id");
    const sampleId = sql.cast(hasId ? name("sample_id") : "NULL", "text");
    return `SELECT ${fileId(sql)}, ${sampleId} AS ${name("sample_id")}, ${name("y_true")}, ${name("y_pred")} FROM ${table}`;
  });
  const of = (table: string, columns: readonly string[]) =>
    columns.map((column) => `${table}.${name(column)}`).join(", ");
  return `CREATE OR REPLACE VIEW ${view} AS
SELECT ${of("p", ["prediction_id"])}, ${of("e", ["name", "model"])}, ${of("p", ["sample_id", "y_true", "y_pred"])},
  p.${name("y_pred")} - p.${name("y_true")} AS ${name("error")}
FROM (
  ${parts.join("\n  UNION ALL ")}
) AS p
JOIN ${experiments} AS e ON e.${name("prediction_id")} = p.${name("prediction_id")}`;
}

/** A predictions file is named after its experiment, and since format 2 after its type. */
function fileId(sql: SqlDialect): string {
  return `${sql.capture(sql.fileColumn, "([0-9a-z]{12})(?:\\.[a-z]+)?\\.parquet$")} AS ${sql.column("prediction_id")}`;
}
