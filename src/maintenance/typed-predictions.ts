import { readAnnotations } from "../annotations/read-annotations.js";
import { findPredictions } from "../predictions/find-predictions.js";
import {
  isUntyped,
  possiblePaths,
  predictionsFolder,
  type TargetType,
  targetType,
  typedPath,
} from "../predictions/predictions-path.js";
import { predictionColumnTypes } from "../predictions/read/read-predictions.js";
import { storeRanges } from "../predictions/read/store-ranges.js";
import { isAboutOneFile } from "../store/folder-failure.js";
import type { ListedFile, Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import type { RowCells } from "../tracking-log/log-shape.js";
import { logLines } from "../tracking-log/read-log.js";
import { copyFile } from "./copy-file.js";

/** The predictions of a project on their way to names that say their type. */
export interface TypedPredictions {
  /** Whether a row names its predictions as format 1 did. */
  isFormer(cells: RowCells): boolean;
  /**
   * Copies the predictions of a row under the name that says their type, compared byte by byte.
   * @returns their new path; undefined where they stay as they are, since they are missing or damaged, or true
   * and predicted values are of different types
   */
  underTypedName(cells: RowCells): Promise<string | undefined>;
  /** Removes those under their old names that no row names any more. @returns how many */
  removeFormer(): Promise<number>;
}

export function typedPredictions(
  store: Store,
  project: string,
  signal: AbortSignal | undefined,
): TypedPredictions {
  return {
    isFormer(cells) {
      const path = cells.get("predictions") ?? "";
      const id = cells.get("prediction_id");
      return path.startsWith(`${predictionsFolder(project)}/`) && path.endsWith(`/${id}.parquet`);
    },
    async underTypedName(cells) {
      const path = cells.get("predictions")!;
      try {
        const found = await findPredictions(store, path, { signal });
        // A compaction that was stopped has left a file whose old name is gone already.
        if (!found || found.path !== path) return found?.path;
        const { size } = found;
        const type = await typeOf(store, path, size);
        if (type === undefined) return undefined;
        const pathThere = typedPath(path, type);
        const sizeThere = (await store.stat(pathThere, { signal }))?.size;
        const file = { from: store, to: store, path, pathThere, size, sizeThere, quick: false, signal };
        const outcome = await copyFile(file);
        return outcome === "copied" || outcome === "already" ? pathThere : undefined;
      } catch (error) {
        const isOfFile = error instanceof TrackingError && error.code === "PREDICTIONS_NOT_READABLE";
        if (isOfFile || isAboutOneFile(error)) return undefined; // verify tells of it
        throw error;
      }
    },
    removeFormer: () => removeFormer(store, project, signal),
  };
}

async function typeOf(store: Store, path: string, size: number): Promise<TargetType | undefined> {
  const columns = await predictionColumnTypes(storeRanges(store, path, size), path);
  const [yTrue, yPred] = ["y_true", "y_pred"].map((name) => columns.find((column) => column.name === name));
  return yTrue && yTrue.type === yPred?.type ? targetType(yTrue.type) : undefined;
}

async function removeFormer(store: Store, project: string, signal: AbortSignal | undefined): Promise<number> {
  const files = new Map<string, ListedFile>();
  for await (const file of store.listFiles(predictionsFolder(project), { signal }))
    files.set(file.path, file);
  const former = [...files.values()].flatMap((file) => {
    const typed = possiblePaths(file.path).filter((path) => path !== file.path && files.has(path));
    return isUntyped(file.path) && typed.length === 1 ? [{ file, typed: files.get(typed[0]!)! }] : [];
  });
  if (former.length === 0) return 0;
  const named = new Set<string>();
  for await (const line of logLines(store, project)) {
    if ("cells" in line) named.add(line.cells.get("predictions") ?? "");
  }
  const { experiments } = await readAnnotations(store, project);
  let removed = 0;
  for (const { file, typed } of former) {
    const id = file.path.slice(file.path.lastIndexOf("/") + 1).split(".")[0]!;
    const isPurged = experiments.get(id)?.state === "purged";
    // A purge at the same time has removed the file that it knew, and its row: the copy goes, too.
    if (isPurged && !named.has(typed.path)) await store.removeIfUnchanged(typed.path, typed.version);
    if (named.has(file.path) || !named.has(typed.path) || file.size !== typed.size) continue;
    if ((await store.removeIfUnchanged(file.path, file.version)) === "removed") removed += 1;
  }
  return removed;
}
