import { annotationColumns, annotationLog } from "../annotations/annotation-line.js";
import { type TargetType, targetTypes } from "../predictions/predictions-path.js";
import { trackingLog } from "../tracking-log/log-shape.js";
import type { Dataset } from "./dataset.js";
import { experimentsView } from "./experiments-view.js";
import { logRowsView } from "./log-rows-view.js";
import { confusionView, residualsView } from "./prediction-views.js";
import { problemsView } from "./problems-view.js";
import { positions } from "./row-layouts.js";
import { scoresView } from "./scores-view.js";
import type { SqlDialect } from "./sql-dialect.js";

/** Writes one object of the script. @param at the other objects by their names, as the database has them */
type Write = (sql: SqlDialect, name: string, at: (name: string) => string, store: string) => string;

/** Every table and view, each after those that it reads. */
const objects: Readonly<Record<string, Write>> = {
  tracking_log: (sql, name, _, store) =>
    sql.csvTable(name, positions, { store, folder: trackingLog.folder, ending: ".csv" }),
  annotations: (sql, name, _, store) =>
    sql.csvTable(
      name,
      annotationColumns.map((column) => column.name),
      { store, folder: annotationLog.folder, ending: ".csv" },
    ),
  ...Object.fromEntries(targetTypes.map((type) => [`predictions_${type}`, predictionsOf(type)])),
  log_rows: (sql, name, at) => sql.view(name, logRowsView(sql, at)),
  experiments: (sql, name, at) => sql.view(name, experimentsView(sql, at)),
  confusion: (sql, name, at) => sql.view(name, confusionView(sql, at)),
  residuals: (sql, name, at) => sql.view(name, residualsView(sql, at)),
  scores: (sql, name, at) => sql.view(name, scoresView(sql, at)),
  problems: (sql, name, at) => sql.view(name, problemsView(sql, at)),
};

function predictionsOf(type: TargetType): Write {
  return (sql, name, _, store) =>
    sql.predictionsTable(name, type, { store, folder: "predictions", ending: `.${type}.parquet` });
}

export const objectNames: ReadonlySet<string> = new Set(Object.keys(objects));

/**
 * The SQL that makes a store's tables and views. It says nothing but where the store is, so that whatever is
 * logged later is in them at the next query: new files, new projects, labels of another type.
 * @param store the store's address
 */
export function warehouseScript(sql: SqlDialect, dataset: Dataset, store: string): string[] {
  const at = (name: string) => sql.object(dataset, name);
  return [
    ...sql.begin(dataset),
    ...Object.entries(objects).map(([name, write]) => write(sql, at(name), at, store)),
  ];
}
