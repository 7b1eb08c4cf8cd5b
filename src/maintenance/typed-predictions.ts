import { readAnnotations } from "../annotations/read-annotations.js";
import {
  possiblePaths,
  predictionsFolder,
  type TargetType,
  targetType,
  untypedPath,
} from "../predictions/predictions-path.js";
import { predictionColumnTypes } from "../predictions/read/read-predictions.js";
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
      const isOwn =
        path.startsWith(`${predictionsFolder(project)}/`) &&
        path.endsWith(`/${cells.get("prediction_id")}.parquet`);
      return isOwn && untypedPath(path) !== undefined;
    },
    async underTypedName(cells) {
      const path = cells.get("predictions")!;
      try {
        const size = (await store.stat(path, { signal }))?.size;
        if (size === undefined) return await alreadyTyped(store, path, signal);
        const type = await typeOf(store, path, size);
        if (type === undefined) return undefined;
        const pathThere = untypedPath(path)!.typed(type);
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

/** Where a compaction that was stopped has left a file whose old name is gone already. */
async function alreadyTyped(
  store: Store,
  path: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  for (const other of possiblePaths(path).filter((one) => one !== path)) {
    if (await store.stat(other, { signal })) return other;
  }
  return undefined;
}

async function typeOf(store: Store, path: string, byteLength: number): Promise<TargetType | undefined> {
  const columns = await predictionColumnTypes(
    {
      byteLength,
      slice: async (start, end = byteLength) => {
        const bytes = await store.readRange(path, start, end);
        return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
      },
    },
    path,
  );
  const [yTrue, yPred] = ["y_true", "y_pred"].map((name) => columns.find((column) => column.name === name));
  return yTrue && yTrue.type === yPred?.type ? targetType(yTrue.type) : undefined;
}

async function removeFormer(store: Store, project: string, signal: AbortSignal | undefined): Promise<number> {
  const files = new Map<string, ListedFile>();
  for await (const file of store.listFiles(predictionsFolder(project), { signal }))
    files.set(file.path, file);
  const former = [...files.values()].flatMap((file) => {
    const typed = possiblePaths(file.path).filter((path) => path !== file.path && files.has(path));
    return untypedPath(file.path) && typed.length === 1 ? [{ file, typed: files.get(typed[0]!)! }] : [];
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
