import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBInstance } from "@duckdb/node-api";
import { cacheFolder, storeCacheFolder } from "../duckdb/cache-folder.js";
import { nameOfThisProcess, removeLeftovers } from "../duckdb/leftovers.js";
import { openDatabase } from "../duckdb/open-database.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { findPredictions } from "../predictions/find-predictions.js";
import { ofOneExperiment } from "../predictions/read/own-failure.js";
import { makeFolders } from "../store/make-folders.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { openPredictions, type Predictions } from "./open-predictions.js";
import { PlotCache } from "./plot-cache.js";
import { predictionsCache } from "./predictions-cache.js";

/** Where the plots of a store's experiments get their predictions from. */
export interface PlotSource {
  /** @throws TrackingError PREDICTIONS_NOT_READABLE */
  predictionsOf(record: ExperimentRecord): Promise<Predictions>;
  /**
   * Where the predictions lie on this computer. @throws TrackingError PREDICTIONS_NOT_READABLE where they are
   * not in the store
   */
  fileOf(record: ExperimentRecord): Promise<{ path: string; version: string }>;
  close(): Promise<void>;
}

export interface PlotOptions {
  /**
   * Where DuckDB may spill what does not fit in memory, and copies of a bucket's predictions are kept; by
   * default the user's cache folder.
   */
  folder?: string;
  /** Bytes that those copies may take; 2 GB by default. */
  cacheLimit?: number | undefined;
}

export async function openPlots(store: Store, options: PlotOptions = {}): Promise<PlotSource> {
  const cache = new PlotCache();
  const folder = cacheFolder(options.folder);
  const copies = predictionsCache(store, {
    folder: join(storeCacheFolder(folder, store.address), "predictions"),
    limit: options.cacheLimit,
  });
  const scratch = join(folder, `plots-${await nameOfThisProcess()}`);
  await makeFolders(scratch, 0o700);
  await removeLeftovers(folder);
  await removeLeftovers(copies.folder);
  let opening: Promise<DuckDBInstance> | undefined;
  const database = () =>
    (opening ??= openDatabase({
      file: undefined,
      reachable: [...[store.localPath ? store.address : copies.folder].flatMap(withPattern), scratch],
      temporaryFolder: join(scratch, "spill"),
    }));
  const fileOf = async (record: ExperimentRecord) => {
    const file = await ofOneExperiment(() => findPredictions(store, record.predictions));
    const path =
      file &&
      (await ofOneExperiment(async () =>
        store.localPath ? store.localPath(file.path) : copies.copyOf(file.path, file),
      ));
    if (file && path !== undefined) return { path, version: file.version };
    throw new TrackingError(
      "PREDICTIONS_NOT_READABLE",
      `the predictions of ${record.predictionId} are not at ${record.predictions} in the store ${store.address}; bring the file back from a backup, its row in the tracking log is intact`,
    );
  };
  return {
    fileOf,
    async predictionsOf(record) {
      return openPredictions({
        connect: async () => (await database()).connect(),
        path: (await fileOf(record)).path,
        name: record.predictions,
        cache,
      });
    },
    async close() {
      copies.close();
      if (opening) (await opening).closeSync();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

/** DuckDB checks the pattern that a query asks for, too, in which special characters stand in brackets. */
function withPattern(folder: string): string[] {
  return [folder, folder.replace(/[[*?]/g, "[$&]")];
}
