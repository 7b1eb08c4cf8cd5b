import { attempts, type Patience, untilAnswered } from "./attempts.js";
import { type Attempt, BucketFailure, partSize } from "./bucket-api.js";
import type { BucketRequests } from "./bucket-requests.js";
import { inParts, startingWith } from "./in-parts.js";
import { lastWritten } from "./last-written.js";
import { putSurely } from "./put-surely.js";
import type { Store } from "./store.js";

const lineBreak = 0x0a;

/** Lost races for one file until a writer goes to another one. */
const mostLosses = 2;

/** How a store in a bucket is written: an object as a whole, on a condition. */
export function bucketWriting(
  { nameOf, inWords, checkSafe }: BucketRequests,
  reading: Pick<Store, "read">,
  { sizeCap, patience }: { sizeCap: number; patience: Patience },
): Pick<Store, "create" | "append" | "removeIfUnchanged"> {
  const written = lastWritten(2 * sizeCap);

  return {
    async create(path, chunks, options = {}) {
      const name = nameOf(path);
      const { signal, replacing = false } = options;
      await checkSafe(signal);
      if (replacing) written.forget(path);
      return inWords("create", path, signal, async (api) => {
        const parts = inParts(chunks, signal);
        const first = await parts.next();
        const bytes = first.done ? new Uint8Array(0) : first.value;
        if (bytes.length === partSize) {
          const attempt: Attempt = (request, size) => untilAnswered(patience, signal, request, size);
          const outcome = await api.putParts(name, startingWith(bytes, parts), attempt, { replacing });
          return outcome === "refused" ? "exists" : "created";
        }
        if (replacing) {
          const put = (ending: AbortSignal) => api.put(name, bytes, undefined, ending);
          await untilAnswered(patience, signal, put, bytes.length);
          return "created";
        }
        const beginsSo = async () => {
          if (bytes.length === 0) return true;
          const range = { start: 0, end: bytes.length };
          const found = await untilAnswered(patience, signal, (ending) => api.get(name, range, ending));
          return found !== undefined && Buffer.from(found.bytes).equals(bytes);
        };
        const outcome = await putSurely(api, patience, name, bytes, { absent: true }, signal, beginsSo);
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
          const file = known ?? (await reading.read(path, options));
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
        // Emptied first, on condition of the version: nobody appends to an empty file, so that removing it
        // loses nothing even where the place does not know conditions for that.
        const isEmpty = async () =>
          (await untilAnswered(patience, signal, (ending) => api.head(name, ending)))?.size === 0;
        const emptied = await putSurely(api, patience, name, new Uint8Array(0), { version }, signal, isEmpty);
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
