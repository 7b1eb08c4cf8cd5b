import type { ProjectCompaction } from "../maintenance/compact-store.js";
import type { CopyReport } from "../maintenance/copy-store.js";
import type { Finding, VerifyReport } from "../maintenance/verify-store.js";
import type { SyncReport } from "../spool/sync-spool.js";
import {
  type AbortSignalLike,
  abortSignal,
  address,
  callback,
  checkedText,
  checkOptions,
  flag,
  number,
  type OptionChecks,
  text,
  type UrlLike,
} from "./check-options.js";
import { loadInTurn } from "./load-in-turn.js";
import { placeChecks, type ReadExperimentOptions, type ReadOptions, readChecks } from "./read-experiments.js";
import { answer } from "./typescript-words.js";

export interface VerifyOptions extends ReadOptions {
  /** Put right what can be: see docs/cli.md. */
  repair?: boolean | undefined;
  /** Whether to read every predictions file and check its digest, not just that it is there. Default true. */
  predictions?: boolean | undefined;
  /** Files younger than this may belong to a writer at work and are left alone. Default 3,600 s. */
  graceSeconds?: number | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
  /** Told of each finding, once what can be mended is; what it returns is waited for. */
  onFinding?: ((finding: Finding) => void | Promise<void>) | undefined;
}

export interface CompactOptions extends Omit<ReadExperimentOptions, "project"> {
  /** By default every project. */
  project?: string | undefined;
  /** Files that were written less than so many seconds ago are left alone. Default 60. */
  graceSeconds?: number | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface CopyOptions {
  /** Addresses of the two stores. */
  from: string | UrlLike;
  to: string | UrlLike;
  /** Copy this project alone. */
  project?: string | undefined;
  /** Take predictions that are there with the same size for the same, instead of reading both. */
  quick?: boolean | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
  /** Ends the copy, which then rejects with its reason; copied again, it goes on where it stopped. */
  signal?: AbortSignalLike | undefined;
}

export interface SyncOptions {
  /** Deliver the records of this store alone; by default those of every store. */
  store?: string | UrlLike | undefined;
  /** Deliver them to this store after all, where `store` is gone for good. */
  to?: string | UrlLike | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
  /** Ends the delivery, which then rejects with its reason; what is not delivered goes on waiting. */
  signal?: AbortSignalLike | undefined;
}

const verifyChecks: OptionChecks<VerifyOptions> = {
  ...readChecks,
  repair: flag,
  predictions: flag,
  graceSeconds: number,
  onProgress: callback,
  onFinding: callback,
};
const compactChecks: OptionChecks<CompactOptions> = {
  ...placeChecks,
  graceSeconds: number,
  onProgress: callback,
};
const copyChecks: OptionChecks<CopyOptions> = {
  from: address,
  to: address,
  project: text,
  quick: flag,
  onProgress: callback,
  signal: abortSignal,
};
const syncChecks: OptionChecks<SyncOptions> = {
  store: address,
  to: address,
  onProgress: callback,
  signal: abortSignal,
};

/**
 * Checks a store: every line of every log, every predictions file, and what killed writers left. With
 * `repair`, torn lines, orphaned predictions and left-over files go to `quarantine/` or away, duplicate rows
 * are removed and rows left behind come back; nothing that could be somebody's record is deleted.
 * @throws TrackingError STORE_NOT_READABLE, STORE_NOT_WRITABLE, INVALID_ARGUMENT
 */
export function verifyStore(options?: VerifyOptions): Promise<VerifyReport> {
  return answer(options, async () => {
    const checked = checkOptions(options, verifyChecks);
    const maintenance = await loadInTurn(() => import("../maintenance/verify-store.js"));
    return maintenance.verifyStore(checked);
  });
}

/**
 * Folds many small tracking-log files into few, up to the size cap of a file. Safe while others log, and to
 * be stopped at any moment: rows are in a new file before they leave an old one.
 * @throws TrackingError UNKNOWN_PROJECT, STORE_NOT_READABLE, STORE_NOT_WRITABLE, INVALID_ARGUMENT
 */
export function compactStore(options?: CompactOptions): Promise<ProjectCompaction[]> {
  return answer(options, async () => {
    const checked = checkOptions(options, compactChecks);
    const maintenance = await loadInTurn(() => import("../maintenance/compact-store.js"));
    return maintenance.compactStore(checked);
  });
}

/**
 * Copies a store, or one project, to another, each file verified by its digest. Copied again, it goes on
 * where it stopped.
 * @throws TrackingError UNKNOWN_PROJECT, STORE_NOT_READABLE, STORE_NOT_WRITABLE, MISSING_ARGUMENT,
 * INVALID_ARGUMENT
 */
export function copyStore(options: CopyOptions): Promise<CopyReport> {
  return answer(options, async () => {
    const { from, to, ...rest } = checkOptions(options, copyChecks);
    const addresses = {
      from: checkedText(from, "from", "the address of the store that is copied"),
      to: checkedText(to, "to", "the address of the store that it is copied to"),
    };
    const maintenance = await loadInTurn(() => import("../maintenance/copy-store.js"));
    return maintenance.copyStore({ ...rest, ...addresses });
  });
}

/**
 * Delivers what waits in the local spool, where its store can take it again.
 * @throws TrackingError MISSING_ARGUMENT, INVALID_ARGUMENT
 */
export function syncSpool(options?: SyncOptions): Promise<SyncReport> {
  return answer(options, async () => {
    const checked = checkOptions(options, syncChecks);
    const spool = await loadInTurn(() => import("../spool/sync-spool.js"));
    return spool.syncSpool(checked);
  });
}
