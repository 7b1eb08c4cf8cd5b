import { messageOf, TrackingError } from "../tracking-error.js";
import type { RefreshOptions, RefreshReport } from "./catalog.js";
import { type CatalogFile, replaceCatalogFile } from "./catalog-file.js";
import { refreshStore, type StoreRefresh } from "./fold/refresh-store.js";
import { byName, countExperiments, type LiveCatalog, problemsOf } from "./live-catalog.js";

/**
 * Brings a catalog up to date with its store. A file that turns out to be damaged is replaced: it is a cache.
 */
export async function refreshCatalog(live: LiveCatalog, options: RefreshOptions): Promise<RefreshReport> {
  const start = performance.now();
  const before = countExperiments(live);
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
    addedExperiments: countExperiments(live) - before,
    milliseconds: performance.now() - start,
    problems: problemsOf(live),
  };
}

/** Starts with an empty catalog where the file turned out to be damaged. */
export async function startAgain(live: LiveCatalog, damaged: CatalogFile): Promise<void> {
  if (live.file !== damaged) return; // another query did it
  live.file = await replaceCatalogFile(live.store, damaged, live.options);
  live.states = byName(live.file.states);
  live.generation += 1;
  await fold(live, {});
}

export function isDamage(error: unknown): boolean {
  return (
    !(error instanceof TrackingError) &&
    /corrupt|checksum|INTERNAL Error|FATAL Error|database has been invalidated/i.test(String(error))
  );
}

async function fold(
  live: LiveCatalog,
  { signal, onProgress, project }: RefreshOptions,
): Promise<StoreRefresh> {
  const { sessions, scratch } = live.file;
  const session = await sessions.open(signal);
  try {
    const done = await refreshStore(
      {
        store: live.store,
        session,
        scratch,
        batchBytes: live.options.batchBytes ?? 256 * 2 ** 20,
        now: () => new Date(),
        nextGeneration: () => live.generation + 1,
        onProgress,
        onProject: (name, state) => {
          live.generation += 1;
          if (state) live.states.set(name, state);
          else live.states.delete(name);
        },
        onAnnotations: (name, found) => live.annotations.set(name, found),
      },
      [...live.states.values()],
      project,
    );
    live.failure = undefined;
    live.odd = done.odd;
    live.refreshedAt = new Date();
    return done;
  } catch (error) {
    if (!signal?.aborted && !live.closed) live.failure = messageOf(error);
    throw error;
  } finally {
    await sessions.end(session);
  }
}
