import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBInstance } from "@duckdb/node-api";
import { cacheFolder, storeCacheFolder } from "../duckdb/cache-folder.js";
import { nameOfThisProcess, removeLeftovers } from "../duckdb/leftovers.js";
import { duckdbIsInstalled, openDatabase } from "../duckdb/open-database.js";
import { openSession } from "../duckdb/session.js";
import { type SessionPool, sessionPool } from "../duckdb/session-pool.js";
import { makeFolders } from "../store/make-folders.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import type { CatalogOptions } from "./catalog.js";
import { type ProjectState, readStates } from "./project-state.js";
import { createSchema, holdsCatalogOf } from "./schema.js";

/** A catalog's database, open for this process alone. */
export interface CatalogFile {
  sessions: SessionPool;
  /** Undefined where it is in memory. */
  path: string | undefined;
  /** For copies of what DuckDB is to read; on the same disk, and reachable for it. */
  scratch: string;
  states: ProjectState[];
  refreshedAt: Date | undefined;
  /** Ends what runs on it, for this reason, and gives the file back. */
  close(reason: unknown): Promise<void>;
}

/** So many processes keep a catalog of one store on disk; more have theirs in memory. */
const mostFiles = 4;

/**
 * The files that this process has open. POSIX locks do not keep a process from opening its own file twice,
 * which would ruin it; the set is shared by every copy of this module that was loaded.
 */
const registry = Symbol.for("ml-tracking.catalog-files");
const openHere = ((globalThis as Record<symbol, unknown>)[registry] ??= new Set<string>()) as Set<string>;

/**
 * Opens the first catalog of the store that no other process has, as it was left; a new one where there is
 * none, or where it is damaged or of another version.
 */
export async function openCatalogFile(store: Store, options: CatalogOptions): Promise<CatalogFile> {
  const folder = storeCacheFolder(cacheFolder(options.folder), store.address);
  const scratch = join(folder, "scratch");
  try {
    await makeFolders(scratch, 0o700);
  } catch (cause) {
    throw new TrackingError(
      "CATALOG_NOT_USABLE",
      `cannot keep the catalog in ${folder}: ${String(cause)}; name a folder that can be written in ML_TRACKING_CACHE`,
      { cause },
    );
  }
  for (let number = 0; number < mostFiles; number++) {
    const path = join(folder, `catalog-${number}.duckdb`);
    if (openHere.has(path)) continue;
    openHere.add(path);
    const file = await openOrReplace(store, path, scratch, options);
    if (file) return file;
    openHere.delete(path);
  }
  return openAt(store, undefined, scratch, options);
}

/**
 * Opens a catalog of the store that an earlier process left and none has open now.
 * @returns undefined where there is none, or it is damaged, or DuckDB is not installed
 */
export async function openLeftCatalogFile(
  store: Store,
  options: CatalogOptions,
): Promise<CatalogFile | undefined> {
  const folder = storeCacheFolder(cacheFolder(options.folder), store.address);
  const names = await readdir(folder).catch((): string[] => []);
  if (!names.some((name) => name.startsWith("catalog-")) || !(await duckdbIsInstalled())) return undefined;
  for (let number = 0; number < mostFiles; number++) {
    const path = join(folder, `catalog-${number}.duckdb`);
    if (openHere.has(path) || !names.includes(`catalog-${number}.duckdb`)) continue;
    openHere.add(path);
    try {
      return await openAt(store, path, join(folder, "scratch"), options);
    } catch {
      openHere.delete(path); // in use, or damaged: whoever opens it to build replaces it
    }
  }
  return undefined;
}

/** Removes a catalog that turned out to be damaged, and opens a new one in its place. */
export async function replaceCatalogFile(
  store: Store,
  damaged: CatalogFile,
  options: CatalogOptions,
): Promise<CatalogFile> {
  await damaged.close(new Error("FATAL Error: the catalog's file is damaged"));
  if (damaged.path !== undefined) await removeDatabase(damaged.path);
  return openCatalogFile(store, options);
}

/** @returns undefined where another process has it, or it can be neither used nor removed */
async function openOrReplace(
  store: Store,
  path: string,
  scratch: string,
  options: CatalogOptions,
): Promise<CatalogFile | undefined> {
  for (const isLast of [false, true]) {
    try {
      if (await isFileOrFree(path)) return await openAt(store, path, scratch, options);
      throw new Error("it is no plain file");
    } catch (error) {
      if (isLast || isLocked(error)) return undefined;
      try {
        await removeDatabase(path);
      } catch {
        return undefined; // nothing is lost: the next file is tried, and memory at last
      }
    }
  }
}

async function openAt(
  store: Store,
  path: string | undefined,
  scratch: string,
  options: CatalogOptions,
): Promise<CatalogFile> {
  const instance = await openDatabase({
    file: path,
    reachable: [scratch, ...(store.localPath ? [store.address] : [])],
    temporaryFolder: join(scratch, await nameOfThisProcess()),
    memoryLimit: options.memoryLimit,
    threads: options.threads,
  });
  const sessions = sessionPool(instance);
  const end = async (reason: unknown) => {
    await sessions.endAll(reason);
    instance.closeSync();
    if (path !== undefined) openHere.delete(path);
  };
  let closing: Promise<void> | undefined;
  const close = (reason: unknown) => {
    closing ??= end(reason);
    return closing;
  };
  try {
    const { states, refreshedAt } = await readCatalog(instance, store.address);
    await removeLeftovers(scratch);
    return { sessions, path, scratch, states, refreshedAt, close };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

async function readCatalog(instance: DuckDBInstance, address: string) {
  const session = openSession(await instance.connect());
  try {
    const refreshedAt = await holdsCatalogOf(session, address);
    if (refreshedAt === "empty") await createSchema(session, address);
    return {
      states: await readStates(session),
      refreshedAt: refreshedAt === "empty" ? undefined : refreshedAt,
    };
  } finally {
    await session.close();
  }
}

function isLocked(error: unknown): boolean {
  return /could not set lock|conflicting lock|being used by another process/i.test(String(error));
}

/** DuckDB would wait for what a named pipe has to say. */
async function isFileOrFree(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined || found.isFile();
}

async function removeDatabase(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(`${path}.wal`, { force: true });
}
