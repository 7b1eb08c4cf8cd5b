import { rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder, storeCacheFolder } from "../duckdb/cache-folder.js";
import { nameOfThisProcess, removeLeftovers } from "../duckdb/leftovers.js";
import { openDatabase } from "../duckdb/open-database.js";
import type { Session } from "../duckdb/session.js";
import { type SessionPool, sessionPool } from "../duckdb/session-pool.js";
import {
  foldedFileName,
  type HistoryPlace,
  historyFolder,
  latestFolded,
  listHistory,
} from "../history/history-folder.js";
import { predictionsCache } from "../plots/predictions-cache.js";
import { inParallel } from "../store/in-parallel.js";
import { makeFolders } from "../store/make-folders.js";
import type { Store } from "../store/store.js";
import { messageOf, TrackingError } from "../tracking-error.js";
import type { ChartQuery } from "./chart-query.js";
import type { ConsolePage, Histories, Series } from "./chart-schema.js";
import { foldedSeries } from "./folded-series.js";
import { liveSeries } from "./live-series.js";
import { consolePage } from "./read-console.js";
import { runEventsCache } from "./run-events.js";
import { seriesCache } from "./series-cache.js";
import type { FoldedFile } from "./stretches.js";

/** The events of a store's runs, for charts of many and the console of one. */
export interface ChartSource {
  /** The metrics of some runs, thinned out. */
  histories(
    runs: readonly HistoryPlace[],
    query: ChartQuery,
    signal?: AbortSignal,
  ): Promise<Pick<Histories, "series" | "problems">>;
  /** What a run printed. @throws TrackingError PREDICTIONS_NOT_READABLE */
  console(run: HistoryPlace, page: { from: number | undefined; limit: number }): Promise<ConsolePage>;
  close(): Promise<void>;
}

export interface ChartOptions {
  /** Where copies of a bucket's files are kept; by default the user's cache folder. */
  folder?: string;
  /** Bytes that those copies may take. */
  cacheLimit?: number | undefined;
}

/** Files that are listed or fetched at the same time. */
const atOnce = 32;

export async function openCharts(store: Store, options: ChartOptions = {}): Promise<ChartSource> {
  const folder = cacheFolder(options.folder);
  const copies = predictionsCache(store, {
    folder: join(storeCacheFolder(folder, store.address), "histories"),
    limit: options.cacheLimit,
  });
  const scratch = join(folder, `plots-${await nameOfThisProcess()}`);
  await makeFolders(scratch, 0o700);
  await removeLeftovers(copies.folder);
  const kept = seriesCache();
  const events = runEventsCache(store);
  let opening: Promise<{ pool: SessionPool; close: () => void }> | undefined;
  const open = async () => {
    const instance = await openDatabase({
      file: undefined,
      reachable: [store.localPath ? store.address : copies.folder].flatMap(withPattern),
      temporaryFolder: join(scratch, "spill"),
    });
    return { pool: sessionPool(instance), close: () => instance.closeSync() };
  };
  const withSession = async <T>(signal: AbortSignal | undefined, work: (session: Session) => Promise<T>) => {
    const { pool } = await (opening ??= open());
    const session = await pool.open(signal);
    try {
      return await work(session);
    } finally {
      await pool.end(session);
    }
  };

  /** The path in the store of the whole history of a run; undefined where events lie beside what is folded. */
  const foldedPath = async (run: HistoryPlace): Promise<string | undefined> => {
    const folderOfRun = historyFolder(run);
    const files = await listHistory(store, folderOfRun);
    const latest = latestFolded(files);
    if (latest === 0 || files.some(({ kind }) => kind === "events")) return undefined;
    return `${folderOfRun}/${foldedFileName(latest)}`;
  };
  /** Where such a file is on this machine; undefined where it went meanwhile. */
  const onThisMachine = async (path: string): Promise<string | undefined> => {
    if (store.localPath) return store.localPath(path);
    const file = await store.stat(path);
    return file && copies.copyOf(path, file);
  };

  return {
    async histories(runs, query, signal) {
      const problems: Histories["problems"] = [];
      const found = new Map<string, readonly Series[]>();
      const missing: FoldedFile[] = [];
      const names = new Map<string, string>();
      await inParallel([...runs], atOnce, async (run) => {
        signal?.throwIfAborted();
        const path = await foldedPath(run);
        const name = JSON.stringify([path, query]);
        const before = path && kept.get(name);
        if (before) {
          found.set(run.runId, before);
          return;
        }
        const local = path && (await onThisMachine(path));
        if (!local) {
          try {
            found.set(run.runId, liveSeries(run.runId, await events.read(run), query));
          } catch (error) {
            if (!isUnreadable(error)) throw error;
            problems.push({ run_id: run.runId, reason: error.message });
          }
          return;
        }
        missing.push({ runId: run.runId, path: local });
        names.set(run.runId, name);
      });
      if (missing.length > 0) {
        const read = (files: readonly FoldedFile[]) =>
          withSession(signal, (session) => foldedSeries(session, files, query));
        const { series, unread } = await readAll(missing, read, signal);
        problems.push(...unread);
        for (const file of missing) {
          if (unread.some(({ run_id: id }) => id === file.runId)) continue;
          found.set(file.runId, series.get(file.runId) ?? []);
          kept.set(names.get(file.runId)!, series.get(file.runId) ?? []);
        }
      }
      return { series: runs.flatMap(({ runId }) => found.get(runId) ?? []), problems };
    },

    async console(run, page) {
      return consolePage(run.runId, await events.read(run), page);
    },

    async close() {
      copies.close();
      if (opening) {
        const { pool, close } = await opening;
        await pool.endAll(new TrackingError("STORE_NOT_READABLE", "the dashboard is closed"));
        close();
      }
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

function isUnreadable(error: unknown): error is TrackingError {
  return error instanceof TrackingError && error.code === "PREDICTIONS_NOT_READABLE";
}

/** Reads files all at once; where one cannot be read, halves of them, so that it harms no other. */
async function readAll(
  files: readonly FoldedFile[],
  read: (files: readonly FoldedFile[]) => Promise<Series[]>,
  signal: AbortSignal | undefined,
): Promise<{ series: Map<string, Series[]>; unread: Histories["problems"] }> {
  try {
    const series = new Map<string, Series[]>();
    for (const each of await read(files)) {
      series.set(each.run_id, [...(series.get(each.run_id) ?? []), each]);
    }
    return { series, unread: [] };
  } catch (error) {
    signal?.throwIfAborted();
    if (!isOfDuckDb(error)) throw error;
    const [only] = files;
    if (files.length === 1) {
      const reason = `its folded history cannot be read: ${messageOf(error)}`;
      return { series: new Map(), unread: [{ run_id: only!.runId, reason }] };
    }
    const middle = Math.ceil(files.length / 2);
    const first = await readAll(files.slice(0, middle), read, signal);
    const second = await readAll(files.slice(middle), read, signal);
    return {
      series: new Map([...first.series, ...second.series]),
      unread: [...first.unread, ...second.unread],
    };
  }
}

function isOfDuckDb(error: unknown): boolean {
  return /^[A-Z]\w+( \w+)* Error:/.test(messageOf(error));
}

/** DuckDB checks the pattern that a query asks for, too, in which special characters stand in brackets. */
function withPattern(folder: string): string[] {
  return [folder, folder.replace(/[[*?]/g, "[$&]")];
}
