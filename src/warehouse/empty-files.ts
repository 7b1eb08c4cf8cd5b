import { annotationHeader, annotationLog } from "../annotations/annotation-line.js";
import type { PredictionColumn } from "../predictions/prediction-table.js";
import { predictionsFolder, type TargetType } from "../predictions/predictions-path.js";
import { parquetChunks } from "../predictions/write/write-predictions.js";
import { emptyFolder } from "../store/empty-folder.js";
import { inParallel } from "../store/in-parallel.js";
import type { Store } from "../store/store.js";

/**
 * Puts a file without rows of each kind into a store, so that no table of the script is without files: DuckDB
 * refuses to make such a table, and BigQuery may refuse to read it. Who lists projects, and `verify`, pass
 * them over.
 * @returns the paths of those that were not there
 * @throws TrackingError STORE_NOT_WRITABLE
 */
export async function addEmptyFiles(store: Store): Promise<string[]> {
  const files = emptyFiles();
  const created: string[] = [];
  await inParallel([...files.keys()], files.size, async (path) => {
    if ((await store.stat(path)) !== undefined) return;
    if ((await store.create(path, files.get(path)!)) === "created") created.push(path);
  });
  return created.sort();
}

function emptyFiles(): Map<string, Iterable<Uint8Array>> {
  const files = new Map<string, Iterable<Uint8Array>>();
  files.set(`${annotationLog.folder}/${emptyFolder}/empty.csv`, [Buffer.from(annotationHeader)]);
  for (const [type, column] of Object.entries(columns)) {
    const table = { rows: 0, columns: [column("y_true"), column("y_pred")], metadata: {} };
    files.set(emptyPredictionsPath(type as TargetType), parquetChunks(table));
  }
  return files;
}

export function emptyPredictionsPath(type: TargetType): string {
  return `${predictionsFolder(emptyFolder)}/empty.${type}.parquet`;
}

const columns: Record<TargetType, (name: string) => PredictionColumn> = {
  text: (name) => ({ name, type: "string", values: [] }),
  integer: (name) => ({ name, type: "integer", values: new Int32Array() }),
  boolean: (name) => ({ name, type: "boolean", values: new Uint8Array() }),
  number: (name) => ({ name, type: "double", values: new Float64Array() }),
};
