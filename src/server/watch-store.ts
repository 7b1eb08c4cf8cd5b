import type { Catalog } from "../catalog/catalog.js";

/** Keeps a catalog as fresh as its readers need, and tells them when something is new. */
export interface StoreWatch {
  /**
   * Sees to it that what was logged before this call is in the catalog, unless it was looked for a moment
   * ago.
   */
  freshen(): Promise<void>;
  /** Looks now, so that everybody learns at once of what this server has just written. */
  lookNow(): Promise<void>;
  /**
   * Calls back after every change, until the returned function is called; while anyone listens, the store is
   * polled.
   */
  onChange(listener: (generation: number) => void): () => void;
  /**
   * Tells the listeners where the catalog has something new that was not in the store.
   * @returns whether it has
   */
  tell(): boolean;
  stop(): void;
}

export interface WatchOptions {
  /** Milliseconds between looks at the store while anyone listens. */
  interval: number;
  /** Within so many milliseconds a look is not repeated, whoever asks. */
  freshFor: number;
  /** Called after the first look, and after each that found something new. */
  onNews?: () => void;
}

export function watchStore(
  catalog: Catalog,
  { interval, freshFor, onNews = () => {} }: WatchOptions,
): StoreWatch {
  const listeners = new Set<(generation: number) => void>();
  let lookedAt = -Infinity;
  let looking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let told = catalog.status().generation;

  const tell = () => {
    const { generation } = catalog.status();
    if (generation === told) return false;
    told = generation;
    for (const listener of listeners) listener(generation);
    return true;
  };
  const look = async () => {
    try {
      await catalog.refresh();
    } catch {
      // The catalog's status says that it is stale, and why; its answers stay those of before.
    }
    const isFirst = lookedAt === -Infinity;
    lookedAt = performance.now();
    looking = undefined;
    if (tell() || isFirst) onNews();
  };
  const freshen = async () => {
    if (performance.now() - lookedAt < freshFor) return;
    looking ??= look();
    await looking;
  };
  return {
    freshen,
    lookNow: look,
    tell,
    onChange(listener) {
      listeners.add(listener);
      timer ??= setInterval(() => void freshen(), interval);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    stop() {
      clearInterval(timer);
      listeners.clear();
    },
  };
}
