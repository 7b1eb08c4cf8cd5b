import { openStore } from "../store/open-store.js";
import { keyList } from "../tracking-log/key-list.js";
import type { CheckedStore, CheckJob, WarehouseCheck } from "./check/check-job.js";
import { checkLogFiles } from "./check/log-files.js";
import { checkLogRows } from "./check/log-rows.js";
import { checkPredictions } from "./check/predictions.js";
import { checkStoreAddress } from "./check/store-address.js";
import { type WarehouseFinding, warehouseFindings } from "./check/warehouse-finding.js";

export type { WarehouseFinding } from "./check/warehouse-finding.js";

export interface WarehouseReport extends Pick<CheckedStore, "projects" | "experiments" | "predictions"> {
  /** How many log files there are. */
  logFiles: number;
  /** How many findings. */
  found: number;
}

export interface CheckWarehouseOptions {
  store?: string | undefined;
  /** Which database is going to read the store. Default bigquery. */
  dialect?: string;
  /** Whether to read the labels of every file, not just its footer. Default true. */
  predictions?: boolean;
  /** Files younger than this may belong to a writer at work: no orphans. Default 3,600 s. */
  graceSeconds?: number;
  onProgress?: (done: number, total: number) => void;
  /** Told of each finding; what it returns is waited for. */
  onFinding: (finding: WarehouseFinding) => void | Promise<void>;
  signal?: AbortSignal;
  now?: () => Date;
}

/** Each needs what those before it learnt. */
const checks: readonly WarehouseCheck[] = [checkStoreAddress, checkLogFiles, checkLogRows, checkPredictions];

/**
 * Reads a store as a warehouse does, by wildcards and positions, and tells what would go wrong there. Changes
 * nothing.
 * @throws TrackingError STORE_NOT_READABLE
 */
export async function checkWarehouse(options: CheckWarehouseOptions): Promise<WarehouseReport> {
  const now = options.now ?? (() => new Date());
  const grace = (options.graceSeconds ?? 3600) * 1000;
  let found = 0;
  const job: CheckJob = {
    store: openStore(options.store, options.signal),
    isBigQuery: (options.dialect ?? "bigquery") === "bigquery",
    signal: options.signal,
    readPredictions: options.predictions ?? true,
    oldEnough: (modified) => now().getTime() - modified.getTime() >= grace,
    async tell(finding) {
      found += 1;
      const wayOut = warehouseFindings[finding.kind].wayOut.replace("STORE", () => job.store.address);
      await options.onFinding({ ...finding, wayOut });
    },
    onProgress: options.onProgress ?? (() => {}),
  };
  const known: CheckedStore = {
    projects: 0,
    logFiles: [],
    experiments: 0,
    namedPredictions: keyList().sorted(),
    predictions: 0,
  };
  for (const check of checks) Object.assign(known, await check(job, known));
  const { projects, experiments, predictions, logFiles } = known;
  return { projects, experiments, predictions, logFiles: logFiles.length, found };
}
