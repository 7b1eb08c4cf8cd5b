import type { CallOptions, ListedFile, Store } from "../../store/store.js";

/** So many bytes are asked for at once at most, beyond what a caller wants. */
const ahead = 8 * 2 ** 20;
/** So many are held at once; the file that was asked for first goes first. */
const mostHeld = 64 * 2 ** 20;
/** So many new files are fetched side by side. */
const atOnce = 8;

interface HeldRange {
  start: number;
  end: number;
  bytes: Promise<Uint8Array>;
}

/**
 * The same store, for reading log files where each request takes long: a read goes on to the end of the file,
 * what was read is held for the next one, and with a new file those after it are fetched too. A new file then
 * takes one request, and one that has grown two: for its header, and for what is new.
 * @param files as they were listed, in the order in which they will be read
 * @param known paths of files that were read before
 */
export function readAhead(store: Store, files: readonly ListedFile[], known: ReadonlySet<string>): Store {
  const sizes = new Map(files.map(({ path, size }) => [path, size]));
  const fresh = files.filter(({ path, size }) => !known.has(path) && size <= ahead);
  const held = new Map<string, HeldRange[]>();
  let bytesHeld = 0;

  const fetch = (path: string, start: number, end: number, options?: CallOptions): Promise<Uint8Array> => {
    const range = { start, end, bytes: store.readRange(path, start, end, options) };
    held.set(path, [...(held.get(path) ?? []), range]);
    bytesHeld += end - start;
    // What failed is asked for again by whoever needs it, who then meets the failure.
    range.bytes.catch(() => drop(path));
    for (const oldest of held.keys()) {
      if (bytesHeld <= mostHeld || oldest === path) break;
      drop(oldest);
    }
    return range.bytes;
  };
  const drop = (path: string) => {
    for (const { start, end } of held.get(path) ?? []) bytesHeld -= end - start;
    held.delete(path);
  };
  let begun = 0;
  const fetchNext = (path: string) => {
    const at = fresh.findIndex((file) => file.path === path);
    if (at < 0) return;
    for (begun = Math.max(begun, at + 1); begun < Math.min(fresh.length, at + atOnce); begun++) {
      const next = fresh[begun]!;
      if (bytesHeld + next.size > mostHeld) return;
      void fetch(next.path, 0, next.size).catch(() => {}); // dropped above
    }
  };

  return {
    ...store,
    async readRange(path, start, end, options) {
      const found = held.get(path)?.find((range) => range.start <= start && end <= range.end);
      if (start === 0) fetchNext(path);
      if (found) return (await found.bytes).subarray(start - found.start, end - found.start);
      // The beginning of a file that was read before is its header, to be compared.
      const isHeader = start === 0 && known.has(path);
      const until = isHeader ? end : Math.max(end, Math.min(sizes.get(path) ?? end, start + ahead));
      return (await fetch(path, start, until, options)).subarray(0, end - start);
    },
  };
}
