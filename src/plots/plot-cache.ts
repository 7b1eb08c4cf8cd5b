/** What the cache keeps: anything that knows its own size in memory. */
export interface Resident {
  readonly bytes: number;
}

interface Entry {
  promise: Promise<Resident>;
  controller: AbortController;
  /** How many wait for it; nobody does any more, and the work is given up. */
  waiting: number;
  /** Undefined until it is there. */
  bytes: number | undefined;
}

/**
 * What was read and counted for plots, so that the next plot of the same experiment is there at once: the
 * least recently used goes first where all would be larger than `limit` bytes. What is asked for twice at the
 * same time is worked out once.
 */
export class PlotCache {
  readonly #limit: number;
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  constructor(limit: number = 512 * 2 ** 20) {
    this.#limit = limit;
  }

  /** Bytes held now. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * The value of that name, worked out where it is not there. A failure is not kept.
   * @param signal gives up waiting; the work itself ends when nobody waits for it any more
   */
  async get<T extends Resident>(
    name: string,
    compute: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    signal?.throwIfAborted();
    let entry = this.#entries.get(name);
    if (entry) {
      this.#entries.delete(name); // and back at the end: the most recently used
      this.#entries.set(name, entry);
    } else {
      entry = this.#start(name, compute);
    }
    if (entry.bytes !== undefined) return (await entry.promise) as T;
    entry.waiting += 1;
    try {
      return (await (signal ? orAborted(entry.promise, signal) : entry.promise)) as T;
    } finally {
      entry.waiting -= 1;
      if (entry.waiting === 0 && entry.bytes === undefined) {
        if (this.#entries.get(name) === entry) this.#entries.delete(name);
        entry.controller.abort();
      }
    }
  }

  #start<T extends Resident>(name: string, compute: (signal: AbortSignal) => Promise<T>): Entry {
    const controller = new AbortController();
    const promise: Promise<Resident> = compute(controller.signal).then(
      (value) => {
        if (this.#entries.get(name) !== entry) return value; // given up meanwhile
        entry.bytes = value.bytes;
        this.#bytes += value.bytes;
        this.#evict(entry);
        return value;
      },
      (error: unknown) => {
        if (this.#entries.get(name) === entry) this.#entries.delete(name);
        throw error;
      },
    );
    const entry: Entry = { promise, controller, waiting: 0, bytes: undefined };
    this.#entries.set(name, entry);
    return entry;
  }

  #evict(newest: Entry): void {
    for (const [name, entry] of this.#entries) {
      if (this.#bytes <= this.#limit) return;
      if (entry === newest || entry.bytes === undefined) continue;
      this.#entries.delete(name);
      this.#bytes -= entry.bytes;
    }
  }
}

/** The promise, or the signal's reason where that comes first. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
