import type { Store } from "../store/store.js";
import { isStoreFailure } from "../store/store-failure.js";
import { noteFailure, recentFailure } from "./outage.js";
import { nameAddress, runSpool } from "./run-spool.js";
import type { SpoolFolders } from "./spool-folders.js";

/** A store that keeps what it cannot take in the local spool, for the files of a run. */
export interface SpoolingStore {
  /** Reads and writes go to the store, and to the spool where it fails. */
  store: Store;
  /** Where files wait. */
  spool: Store;
  /** Why the store failed last; undefined where nothing had to wait. */
  spooledFor: () => unknown;
}

export function spoolingStore(store: Store, { usual }: SpoolFolders): SpoolingStore {
  const bySpool = opened.get(store) ?? new Map<string, Spooling>();
  opened.set(store, bySpool);
  const spooling = bySpool.get(usual) ?? openSpooling(store, usual);
  bySpool.set(usual, spooling);
  const { failures } = spooling.state;
  return {
    store: spooling.store,
    spool: spooling.spool,
    spooledFor: () => (spooling.state.failures > failures ? spooling.state.failure : undefined),
  };
}

interface Spooling extends Pick<SpoolingStore, "store" | "spool"> {
  state: { failures: number; failure: unknown };
}

/** A process has one for each store, so that what is remembered of a store holds for its next run. */
const opened = new WeakMap<Store, Map<string, Spooling>>();

function openSpooling(store: Store, spoolFolder: string): Spooling {
  const spool = runSpool(spoolFolder, store.address);
  const state: Spooling["state"] = { failures: 0, failure: undefined };
  const orSpool = async <T>(ask: (place: Store) => Promise<T>, isWrite: boolean): Promise<T> => {
    const down = recentFailure(store);
    let failure = down?.failure;
    if (!down) {
      const start = performance.now();
      try {
        return await ask(store);
      } catch (error) {
        if (!isStoreFailure(error)) throw error;
        noteFailure(store, error, performance.now() - start);
        failure = error;
      }
    }
    if (!isWrite) return ask(spool);
    try {
      await nameAddress(spool, store.address);
      const done = await ask(spool);
      state.failures += 1;
      state.failure = failure;
      return done;
    } catch {
      throw failure; // the spool cannot take it either: what the store said matters
    }
  };
  return {
    spool,
    state,
    store: {
      address: store.address,
      sizeCap: store.sizeCap,
      appendsByRewriting: store.appendsByRewriting,
      sharesAppends: () => orSpool((place) => place.sharesAppends(), false),
      list: (folder, options) => orSpool((place) => place.list(folder, options), false),
      listFiles: (folder, options) => store.listFiles(folder, options),
      stat: (path, options) => orSpool((place) => place.stat(path, options), false),
      read: (path, options) => orSpool((place) => place.read(path, options), false),
      readRange: (path, start, end, options) =>
        orSpool((place) => place.readRange(path, start, end, options), false),
      // What can be read once only goes to the store alone.
      create: (path, chunks, options) =>
        Array.isArray(chunks)
          ? orSpool((place) => place.create(path, chunks as Uint8Array[], options), true)
          : store.create(path, chunks, options),
      append: (path, lines, options) => orSpool((place) => place.append(path, lines, options), true),
      removeIfUnchanged: (path, version, options) => store.removeIfUnchanged(path, version, options),
    },
  };
}
