import { createHash } from "node:crypto";
import { open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { nameOfThisProcess } from "../duckdb/leftovers.js";
import { inParallel } from "../store/in-parallel.js";
import { makeFolders } from "../store/make-folders.js";
import type { Store, StoreFile } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";

/** Copies of a bucket's predictions on this machine, for readers that take a path. */
export interface PredictionsCache {
  /** The folder that the copies are in. */
  readonly folder: string;
  /**
   * Path of a copy of that file, fetched where there is none. What is asked for twice at the same time is
   * fetched once.
   */
  copyOf(path: string, file: StoreFile): Promise<string>;
  /** Ends what is being fetched. */
  close(): void;
}

export interface PredictionsCacheOptions {
  folder: string;
  /** Bytes that all copies may take; the one that was used longest ago goes first. */
  limit?: number | undefined;
}

const usualCacheLimit = 2 * 2 ** 30;

const partSize = 8 * 2 ** 20;
const partsAtOnce = 4;
/** A copy that was asked for within this time, in milliseconds, may be in use, by another process too. */
const inUseFor = 60_000;

export function predictionsCache(
  store: Store,
  { folder, limit = usualCacheLimit }: PredictionsCacheOptions,
): PredictionsCache {
  const fetching = new Map<string, Promise<string>>();
  const ending = new AbortController();

  const fetchCopy = async (path: string, { size }: StoreFile, copy: string): Promise<string> => {
    const now = new Date();
    const found = await stat(copy).catch(() => undefined);
    if (found?.size === size) {
      await utimes(copy, now, now);
      return copy;
    }
    await makeFolders(folder, 0o700);
    const incoming = join(folder, `${await nameOfThisProcess()}.part`);
    try {
      await fetchParts(store, path, size, incoming, ending.signal);
      await rename(incoming, copy);
    } finally {
      await rm(incoming, { force: true });
    }
    await removeOldest(folder, limit, now.getTime() - inUseFor);
    return copy;
  };

  return {
    folder,
    copyOf(path, file) {
      // Predictions never change, but for a file that somebody put in their place: that has another version.
      const name = createHash("sha256").update(`${path}\0${file.version}`).digest("hex").slice(0, 32);
      const copy = join(folder, `${name}.parquet`);
      const running = fetching.get(copy) ?? fetchCopy(path, file, copy).finally(() => fetching.delete(copy));
      fetching.set(copy, running);
      return running;
    },
    close: () => ending.abort(new Error("the dashboard is closed")),
  };
}

async function fetchParts(
  store: Store,
  path: string,
  size: number,
  target: string,
  signal: AbortSignal,
): Promise<void> {
  const starts = Array.from({ length: Math.ceil(size / partSize) }, (_, part) => part * partSize);
  const file = await open(target, "wx", 0o600);
  try {
    await inParallel(starts, partsAtOnce, async (start) => {
      const end = Math.min(start + partSize, size);
      const bytes = await store.readRange(path, start, end, { signal });
      if (bytes.length !== end - start) throw cutShort(store, path);
      for (let done = 0; done < bytes.length; ) {
        done += (await file.write(bytes, done, bytes.length - done, start + done)).bytesWritten;
      }
    });
  } finally {
    await file.close();
  }
}

function cutShort(store: Store, path: string): TrackingError {
  return new TrackingError(
    "STORE_NOT_READABLE",
    `${path} in the store ${store.address} became shorter while it was read; look again`,
  );
}

async function removeOldest(folder: string, limit: number, inUseSince: number): Promise<void> {
  const files: { path: string; size: number; used: number }[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined); // another process removed it
    if (found) files.push({ path, size: found.size, used: found.mtimeMs });
  }
  let total = files.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size, used } of files.sort((a, b) => a.used - b.used)) {
    if (total <= limit || used > inUseSince) return;
    await rm(path, { force: true });
    total -= size;
  }
}
