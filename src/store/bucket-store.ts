import { TrackingError } from "../tracking-error.js";
import { attempts, orEnd, type Patience, untilAnswered, usualPatience } from "./attempts.js";
import {
  type BucketApi,
  type BucketDeed,
  BucketFailure,
  type PlaceWords,
  type PutCondition,
  partSize,
} from "./bucket-api.js";
import { explainFailure } from "./bucket-failure-message.js";
import { lastWritten } from "./last-written.js";
import { probeConditions, probeName } from "./probe-conditions.js";
import type { CallOptions, ListedFile, Store, StoreEntry } from "./store.js";
import { checkStorePath } from "./store-path.js";

const sizeCap = 4 * 2 ** 20;
const lineBreak = 0x0a;

/** Lost races for one file until a writer goes to another one. */
const mostLosses = 2;

export interface BucketPlace {
  /** @example "gs://team/experiments" */
  address: string;
  /** What every object name begins with: empty, or with a slash at its end. */
  prefix: string;
  /** Another server than the cloud's own, or "". */
  server: string;
  words: PlaceWords;
  /** Opens the cloud's library; called when it is needed. */
  open: () => Promise<BucketApi>;
}

/** The probes of this process, by server and address. */
const checks = new Map<string, Promise<void>>();

/**
 * A store in a bucket that honours conditional writes. An object is written whole: a line is added by reading the file and
 * writing it anew on condition that it is still in the version that was read.
 */
export function bucketStore(
  { address, prefix, server, words, open }: BucketPlace,
  patience: Patience = usualPatience,
): Store {
  let opening: Promise<BucketApi> | undefined;
  const written = lastWritten(2 * sizeCap);

  const nameOf = (path: string) => prefix + checkStorePath(path);

  const openApi = async (signal: AbortSignal | undefined): Promise<BucketApi> => {
    opening ??= open();
    try {
      return await orEnd(signal, opening);
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };

  /** Makes a request that may be repeated, and says in the user's words why it failed. */
  const ask = async <T>(
    deed: BucketDeed,
    path: string,
    { signal }: CallOptions,
    request: (api: BucketApi, signal: AbortSignal) => Promise<T>,
    bodySize = 0,
  ): Promise<T> => {
    return inWords(deed, path, signal, async (api) =>
      untilAnswered(patience, signal, (ending) => request(api, ending), bodySize),
    );
  };

  const inWords = async <T>(
    deed: BucketDeed,
    path: string,
    signal: AbortSignal | undefined,
    work: (api: BucketApi) => Promise<T>,
  ): Promise<T> => {
    signal?.throwIfAborted();
    try {
      return await work(await openApi(signal));
    } catch (error) {
      throw error instanceof BucketFailure ? explainFailure(error, { deed, path, address, words }) : error;
    }
  };

  /** Before a process's first write: see that the place honours conditions. */
  const checkSafe = async (signal: AbortSignal | undefined): Promise<void> => {
    signal?.throwIfAborted();
    const key = `${server} ${address}`;
    const checking =
      checks.get(key) ??
      inWords("create", probeName, undefined, (api) =>
        probeConditions(api, prefix + probeName, address, patience),
      );
    checks.set(key, checking);
    try {
      await orEnd(signal, checking);
    } catch (error) {
      if (!signal?.aborted) checks.delete(key);
      throw error;
    }
  };

  // An object without any byte is what a removal that was stopped leaves (see removeIfUnchanged): no file, but its name is taken.
  const stat = async (path: string, options: CallOptions = {}) => {
    const name = nameOf(path);
    const found = await ask("read", path, options, (api, signal) => api.head(name, signal));
    return found?.size === 0 ? undefined : found;
  };

  const read = async (path: string, options: CallOptions = {}) => {
    const name = nameOf(path);
    const found = await ask("read", path, options, (api, signal) => api.get(name, undefined, signal));
    return found?.bytes.length === 0 ? undefined : found;
  };

  async function* pages(folder: string, delimited: boolean, options: CallOptions) {
    const from = `${nameOf(folder)}/`;
    let token: string | undefined;
    do {
      const page = await ask("list", folder, options, (api, signal) =>
        api.list({ prefix: from, delimited, token }, signal),
      );
      yield page;
      token = page.token;
    } while (token !== undefined);
  }

  /** Writes an object on a condition, again where an answer was lost; `came` looks whether the write had come in. */
  const putSurely = async (
    api: BucketApi,
    name: string,
    bytes: Uint8Array,
    condition: PutCondition,
    signal: AbortSignal | undefined,
    came: () => Promise<boolean>,
  ): Promise<{ version: string } | "came" | "refused" | "missing"> => {
    const series = attempts(patience, signal);
    let doubtful = false;
    for (;;) {
      try {
        const outcome = await series.once((ending) => api.put(name, bytes, condition, ending), bytes.length);
        if (outcome === "refused" && doubtful && (await came())) return "came";
        return outcome;
      } catch (error) {
        const isBusy = error instanceof BucketFailure && error.kind === "busy";
        // A name that is written too often is most likely taken: no use in waiting for it.
        if (isBusy && "absent" in condition) {
          const there = await untilAnswered(patience, signal, (ending) => api.head(name, ending));
          if (there) return doubtful && (await came()) ? "came" : "refused";
        }
        await series.backOff(error);
        doubtful ||= !isBusy;
      }
    }
  };

  return {
    address,
    sizeCap,
    appendsByRewriting: true,

    sharesAppends: async () => true,

    async list(folder, options = {}) {
      const from = `${nameOf(folder)}/`.length;
      const entries: StoreEntry[] = [];
      for await (const { objects, folders } of pages(folder, true, options)) {
        for (const { name } of objects) {
          if (name.length > from) entries.push({ name: name.slice(from), kind: "file" });
        }
        for (const name of folders) entries.push({ name: name.slice(from, -1), kind: "folder" });
      }
      return entries;
    },

    async *listFiles(folder, options = {}): AsyncGenerator<ListedFile> {
      for await (const { objects } of pages(folder, false, options)) {
        for (const { name, ...file } of objects) {
          // Consoles keep an empty object for a folder.
          if (!name.endsWith("/")) yield { path: name.slice(prefix.length), ...file };
        }
      }
    },

    stat,
    read,

    async readRange(path, start, end, options = {}) {
      const name = nameOf(path);
      if (end <= start) return new Uint8Array(0);
      const range = { start, end };
      const found = await ask(
        "read",
        path,
        options,
        (api, signal) => api.get(name, range, signal),
        end - start,
      );
      if (found && (found.bytes.length > 0 || (await stat(path, options)))) return found.bytes;
      throw new TrackingError(
        "STORE_NOT_READABLE",
        `cannot read ${path} in the store ${address}: there is no such file`,
      );
    },

    async create(path, chunks, options = {}) {
      const name = nameOf(path);
      const { signal } = options;
      await checkSafe(signal);
      return inWords("create", path, signal, async (api) => {
        const parts = inParts(chunks, signal);
        const first = await parts.next();
        const bytes = first.done ? new Uint8Array(0) : first.value;
        if (bytes.length === partSize) {
          const outcome = await api.putParts(name, startingWith(bytes, parts), (request, size) =>
            untilAnswered(patience, signal, request, size),
          );
          return outcome === "refused" ? "exists" : "created";
        }
        const beginsSo = async () => {
          if (bytes.length === 0) return true;
          const range = { start: 0, end: bytes.length };
          const found = await untilAnswered(patience, signal, (ending) => api.get(name, range, ending));
          return found !== undefined && Buffer.from(found.bytes).equals(bytes);
        };
        const outcome = await putSurely(api, name, bytes, { absent: true }, signal, beginsSo);
        if (outcome === "refused" || outcome === "missing") return "exists";
        if (outcome !== "came" && bytes.at(-1) === lineBreak) written.keep(path, bytes, outcome.version);
        return "created";
      });
    },

    async append(path, lines, options = {}) {
      const name = nameOf(path);
      const { signal, header } = options;
      await checkSafe(signal);
      return inWords("append", path, signal, async (api) => {
        const series = attempts(patience, signal);
        let tried = false;
        for (let losses = 0; ; ) {
          const known = written.of(path);
          const file = known ?? (await read(path, options));
          if (!file) return "missing";
          const before = Buffer.from(file.bytes);
          if (tried && hasLines(before, lines)) return "appended";
          if (losses >= mostLosses) return "busy";
          if (before.length >= sizeCap) return "unfit";
          if (header && !before.subarray(0, header.length).equals(header)) return "unfit";
          if (before.at(-1) !== lineBreak) return "torn";
          const bytes = Buffer.concat([before, lines]);
          try {
            const condition = { version: file.version };
            const outcome = await series.once(
              (ending) => api.put(name, bytes, condition, ending),
              bytes.length,
            );
            if (typeof outcome === "object") {
              written.keep(path, bytes, outcome.version);
              return "appended";
            }
            // What was kept of the file may be old: that is no race lost.
            if (!known) losses += 1;
          } catch (error) {
            if (!(error instanceof BucketFailure && error.kind === "busy")) await series.backOff(error);
            else if (tried) losses = mostLosses;
            else return "busy";
          }
          written.forget(path);
          tried = true;
        }
      });
    },

    async removeIfUnchanged(path, version, options = {}) {
      const name = nameOf(path);
      const { signal } = options;
      await checkSafe(signal);
      written.forget(path);
      return inWords("remove", path, signal, async (api) => {
        // Emptied first, on condition of the version: nobody appends to an empty file, so that removing it loses nothing even
        // where the place does not know conditions for that.
        const isEmpty = async () =>
          (await untilAnswered(patience, signal, (ending) => api.head(name, ending)))?.size === 0;
        const emptied = await putSurely(api, name, new Uint8Array(0), { version }, signal, isEmpty);
        if (emptied === "missing") return "missing";
        if (emptied === "refused") {
          const there = await untilAnswered(patience, signal, (ending) => api.head(name, ending));
          return there ? "changed" : "missing";
        }
        const empty =
          emptied === "came"
            ? (await untilAnswered(patience, signal, (ending) => api.head(name, ending)))?.version
            : emptied.version;
        if (empty !== undefined) {
          // Where its answer is lost this is not made again: by then the name may be another writer's.
          await attempts(patience, signal)
            .once((ending) => api.remove(name, empty, ending))
            .catch((error: unknown) => {
              if (!(error instanceof BucketFailure) || error.kind === "denied") throw error;
            });
        }
        return "removed";
      });
    },
  };
}

/** Whether whole lines stand in a file at the start of a line. */
function hasLines(file: Buffer, lines: Uint8Array): boolean {
  const at = file.lastIndexOf(lines);
  return at === 0 || (at > 0 && file[at - 1] === lineBreak);
}

/** Chunks as parts of `partSize`, but for the last; a single empty part where there is nothing. */
async function* inParts(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let part = Buffer.allocUnsafe(partSize);
  let filled = 0;
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    for (let at = 0; at < chunk.length; ) {
      const taken = Math.min(chunk.length - at, partSize - filled);
      part.set(chunk.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      if (filled < partSize) continue;
      yield part;
      part = Buffer.allocUnsafe(partSize);
      filled = 0;
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}

async function* startingWith(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}
