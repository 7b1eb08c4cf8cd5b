import { annotationColumns, annotationLog } from "../annotations/annotation-line.js";
import { trackingLog } from "../tracking-log/log-shape.js";
import type { Dataset } from "./dataset.js";
import { experimentsView } from "./experiments-view.js";
import { logRowsView } from "./log-rows-view.js";
import { confusionView, type PredictionTables, residualsView } from "./prediction-views.js";
import { problemsView } from "./problems-view.js";
import { positions } from "./row-layouts.js";
import { scoresView } from "./scores-view.js";
import type { SqlDialect } from "./sql-dialect.js";

const typeOrder = ["text", "integer", "boolean", "number"] as const;

/** The names of all tables and views. */
export const objectNames: ReadonlySet<string> = new Set([
  "tracking_log",
  "annotations",
  ...typeOrder.map((type) => `predictions_${type}`),
  "log_rows",
  "experiments",
  "confusion",
  "residuals",
  "scores",
  "problems",
]);

/**
 * The SQL that makes a store's tables and views. It says nothing but where the store is, so that whatever is
 * logged later is in them at the next query: new files, new projects, labels of another type.
 * @param store the store's address
 */
export function warehouseScript(sql: SqlDialect, dataset: Dataset, store: string): string[] {
  const object = (name: string) => sql.object(dataset, name);
  const csv = (folder: string) => ({ store, folder, ending: ".csv" });
  const predictions = (type: string) => ({ store, folder: "predictions", ending: `.${type}.parquet` });
  const tables: PredictionTables = {
    text: object("predictions_text"),
    integer: object("predictions_integer"),
    boolean: object("predictions_boolean"),
    number: object("predictions_number"),
  };
  return [
    ...sql.begin(dataset),
    sql.csvTable(object("tracking_log"), positions, csv(trackingLog.folder)),
    sql.csvTable(
      object("annotations"),
      annotationColumns.map(({ name }) => name),
      csv(annotationLog.folder),
    ),
    ...typeOrder.map((type) => sql.predictionsTable(tables[type], type, predictions(type))),
    logRowsView(sql, object("log_rows"), object("tracking_log")),
    experimentsView(sql, object("experiments"), object("log_rows"), object("annotations")),
    confusionView(sql, object("confusion"), tables, object("experiments")),
    residualsView(sql, object("residuals"), tables, object("experiments")),
    scoresView(sql, object("scores"), object("experiments")),
    problemsView(sql, object("problems"), tables, {
      logRows: object("log_rows"),
      experiments: object("experiments"),
    }),
  ];
}
