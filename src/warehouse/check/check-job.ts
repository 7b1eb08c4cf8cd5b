import type { ListedFile, Store } from "../../store/store.js";
import type { SortedKeys } from "../../tracking-log/key-list.js";
import type { LogShape } from "../../tracking-log/log-shape.js";
import type { WarehouseFinding } from "./warehouse-finding.js";

/** What every check works with. */
export interface CheckJob {
  store: Store;
  /** Whether BigQuery is going to read the store, which has limits of its own. */
  isBigQuery: boolean;
  /** Ends the job, which then throws its reason. */
  signal: AbortSignal | undefined;
  /** Whether to read predictions, not only what their footers say. */
  readPredictions: boolean;
  /** False for what a writer at work may not have finished yet. */
  oldEnough: (modified: Date) => boolean;
  tell: (finding: Omit<WarehouseFinding, "wayOut">) => Promise<void>;
  onProgress: (done: number, total: number) => void;
}

/** A CSV file that the warehouse reads as a log. */
export interface LogFileToCheck extends Pick<ListedFile, "path" | "size"> {
  log: LogShape;
}

/** What the checks before have learnt of the store. */
export interface CheckedStore {
  projects: number;
  logFiles: readonly LogFileToCheck[];
  /** How many prediction ids have a row. */
  experiments: number;
  /** The paths of predictions that rows name. */
  namedPredictions: SortedKeys;
  /** How many files of predictions there are. */
  predictions: number;
}

/** Looks for some kinds of trouble, and returns what it learnt for the checks after it. */
export type WarehouseCheck = (
  job: CheckJob,
  known: CheckedStore,
) => Promise<Partial<CheckedStore> | undefined>;
