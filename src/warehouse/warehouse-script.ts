import type { Store } from "../store/store.js";
import { projectFolder, readLog } from "../tracking-log/read-log.js";
import { logHeaders } from "./log-headers.js";
import { experimentsView, positions } from "./log-view.js";
import { predictionGroups } from "./prediction-types.js";
import { confusionView, type PredictionTable, residualsView } from "./prediction-views.js";
import type { SqlDialect } from "./sql-dialect.js";
import { type Dataset, tableStem } from "./table-names.js";

/** SQL that makes a project's tables and views. */
export interface WarehouseScript {
  project: string;
  statements: string[];
  /**
   * The views' names: the scoring table always, the others where the project has experiments of that kind.
   */
  views: { experiments: string; confusion?: string; residuals?: string };
  /** False where predictions files are named one by one, so that new ones need the script anew. */
  followsNewFiles: boolean;
}

export interface WarehouseOptions {
  dialect: SqlDialect;
  dataset: Dataset;
  /** Where the database finds the store; by default its address. */
  address?: string;
  onProgress?: (done: number, total: number) => void;
}

/**
 * Writes the SQL for one project: its log and its predictions as tables over the files where they lie, and
 * views that make the pages of a dashboard. Nothing is copied: new experiments are in them at the next query.
 * @throws TrackingError STORE_NOT_READABLE for a log file with columns of another version
 */
export async function warehouseScript(
  store: Store,
  project: string,
  { dialect, dataset, address = store.address, onProgress = () => {} }: WarehouseOptions,
): Promise<WarehouseScript> {
  await logHeaders(store, project);
  const { experiments } = await readLog(store, project);
  const groups = await predictionGroups(store, experiments, onProgress);
  const stem = tableStem(project);
  const table = (name: string) => dialect.table(dataset, `${stem}_${name}`);

  const log = table("log");
  const statements = [
    ...dialect.begin(dataset),
    dialect.logTable(log, positions(), `${address}/${projectFolder(project)}/${project}_`),
    experimentsView(dialect, table("experiments"), log),
  ];
  const labels: PredictionTable[] = [];
  const numbers: PredictionTable[] = [];
  for (const [i, { columns, files }] of groups.entries()) {
    const name = table(groups.length === 1 ? "predictions" : `predictions_${i + 1}`);
    const all = { folder: `${address}/predictions/${project}` };
    const some = { files: files.map((path) => `${address}/${path}`) };
    statements.push(dialect.predictionsTable(name, columns, groups.length === 1 ? all : some));
    const isRegression = columns.some((column) => column.name === "y_true" && column.type === "number");
    (isRegression ? numbers : labels).push({ table: name, columns });
  }
  const views: WarehouseScript["views"] = { experiments: `${stem}_experiments` };
  if (labels.length > 0) {
    views.confusion = `${stem}_confusion`;
    statements.push(confusionView(dialect, table("confusion"), labels, table("experiments")));
  }
  if (numbers.length > 0) {
    views.residuals = `${stem}_residuals`;
    statements.push(residualsView(dialect, table("residuals"), numbers, table("experiments")));
  }
  return { project, statements, views, followsNewFiles: groups.length <= 1 };
}
