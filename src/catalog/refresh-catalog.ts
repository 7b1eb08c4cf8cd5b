import type { Session } from "../duckdb/session.js";
import { messageOf, TrackingError } from "../tracking-error.js";
import type { RefreshOptions, RefreshReport } from "./catalog.js";
import { type CatalogFile, replaceCatalogFile } from "./catalog-file.js";
import { lookAtSaid } from "./fold/look-at-said.js";
import { refreshStore, type StoreContext, type StoreRefresh } from "./fold/refresh-store.js";
import { byTable, countRows, type LiveCatalog, problemsOf, type TableOf, unusedId } from "./live-catalog.js";
import { catalogLogs } from "./logs/log-of.js";

/**
 * Brings a catalog up to date with its store. A file that turns out to be damaged is replaced: it is a cache.
 */
export async function refreshCatalog(live: LiveCatalog, options: RefreshOptions): Promise<RefreshReport> {
  const start = performance.now();
  const before = countRows(live, "experiments");
  const used = live.file;
  let done: StoreRefresh;
  try {
    done = await fold(live, options);
  } catch (error) {
    if (!isDamage(error)) throw error;
    await startAgain(live, used);
    done = await fold(live, options);
  }
  const { odd: _odd, ...rest } = done;
  return {
    ...rest,
    addedExperiments: countRows(live, "experiments") - before,
    milliseconds: performance.now() - start,
    problems: problemsOf(live),
  };
}

/** Starts with an empty catalog where the file turned out to be damaged. */
export async function startAgain(live: LiveCatalog, damaged: CatalogFile): Promise<void> {
  if (live.file !== damaged) return; // another query did it
  live.file = await replaceCatalogFile(live.store, damaged, live.options);
  live.states = byTable(live.file.states);
  live.generation += 1;
  await fold(live, {});
}

export function isDamage(error: unknown): boolean {
  return (
    !(error instanceof TrackingError) &&
    /corrupt|checksum|INTERNAL Error|FATAL Error|database has been invalidated/i.test(String(error))
  );
}

/** The experiments, then the runs; of one project its experiments alone, which commands ask for. */
async function fold(
  live: LiveCatalog,
  { signal, onProgress, project }: RefreshOptions,
): Promise<StoreRefresh> {
  const { sessions } = live.file;
  const session = await sessions.open(signal);
  try {
    let done: StoreRefresh | undefined;
    const said = lookAtSaid(live.store, project === undefined);
    said.catch(() => {}); // whoever waits for it meets the failure
    for (const of of project === undefined
      ? (["experiments", "runs"] as const)
      : (["experiments"] as const)) {
      const states = [...live.states[of].values()];
      const context = contextOf(live, of, session, said, onProgress);
      done = joined(done, await refreshStore(context, catalogLogs[of], states, project));
    }
    live.failure = undefined;
    live.odd = done!.odd;
    live.refreshedAt = new Date();
    return done!;
  } catch (error) {
    if (!signal?.aborted && !live.closed) live.failure = messageOf(error);
    throw error;
  } finally {
    await sessions.end(session);
  }
}

function contextOf(
  live: LiveCatalog,
  of: TableOf,
  session: Session,
  said: StoreContext["said"],
  onProgress: RefreshOptions["onProgress"],
): StoreContext {
  return {
    store: live.store,
    session,
    scratch: live.file.scratch,
    batchBytes: live.options.batchBytes ?? 256 * 2 ** 20,
    now: () => new Date(),
    follower: live.follower,
    nextGeneration: () => live.generation + 1,
    nextId: () => unusedId(live),
    said,
    onProgress,
    onProject: (name, state) => {
      live.generation += 1;
      if (state) live.states[of].set(name, state);
      else live.states[of].delete(name);
    },
    onAnnotations: (name, found) => live.annotations.set(name, found),
  };
}

function joined(before: StoreRefresh | undefined, { odd, ...next }: StoreRefresh): StoreRefresh {
  if (!before) return { odd, ...next };
  return {
    changed: before.changed || next.changed,
    filesRead: before.filesRead + next.filesRead,
    filesRemoved: before.filesRemoved + next.filesRemoved,
    bytesRead: before.bytesRead + next.bytesRead,
    odd: [...before.odd, ...odd],
  };
}
