import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBInstance } from "@duckdb/node-api";

import type { ExperimentRecord } from "../experiment/experiment-record.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { cacheFolder } from "./cache-folder.js";
import { openDatabase } from "./open-database.js";
import { openPredictions, type Predictions } from "./plots/open-predictions.js";
import { PlotCache } from "./plots/plot-cache.js";

/** Where the plots of a store's experiments get their predictions from. */
export interface PlotSource {
  /** @throws TrackingError PREDICTIONS_NOT_READABLE */
  predictionsOf(record: ExperimentRecord): Promise<Predictions>;
  close(): Promise<void>;
}

/** @param options.folder where DuckDB may spill what does not fit in memory; by default the user's cache folder */
export async function openPlots(store: Store, options: { folder?: string } = {}): Promise<PlotSource> {
  const cache = new PlotCache();
  const folder = cacheFolder(options.folder);
  await mkdir(folder, { recursive: true });
  const scratch = await mkdtemp(join(folder, "plots-"));
  let opening: Promise<DuckDBInstance> | undefined;
  const database = () =>
    (opening ??= openDatabase({
      file: undefined,
      // DuckDB checks the pattern that a query asks for, too, in which special characters stand in brackets.
      reachable: [store.address, store.address.replace(/[[*?]/g, "[$&]"), scratch],
      temporaryFolder: join(scratch, "spill"),
    }));
  return {
    async predictionsOf(record) {
      const path = (await store.stat(record.predictions)) && (await store.localPath?.(record.predictions));
      if (path === undefined) {
        throw new TrackingError(
          "PREDICTIONS_NOT_READABLE",
          `the predictions of ${record.predictionId} are not at ${record.predictions} in the store ${store.address}; bring the file back from a backup, its row in the tracking log is intact`,
        );
      }
      return openPredictions({
        connect: async () => (await database()).connect(),
        path,
        name: record.predictions,
        cache,
      });
    },
    async close() {
      if (opening) (await opening).closeSync();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}
