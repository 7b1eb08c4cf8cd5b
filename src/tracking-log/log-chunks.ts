import type { ListedFile, Store } from "../store/store.js";
import { lookAtProject } from "./look-at-logs.js";

/** Some lines of a log file, as bytes. */
export interface LogChunk {
  /** Path of the log file in the store. */
  path: string;
  /** Line number of the first of these lines; 1 is the file's header. */
  firstLine: number;
  /** Whole lines. Only the last chunk of a file may end without a line break: that line was torn. */
  bytes: Buffer;
  /**
   * Line numbers, all before `firstLine`, that were passed over because they are longer than any row can be.
   */
  tooLong: readonly number[];
}

const chunkSize = 4 * 2 ** 20;
/** Longer than any row can be: two JSON columns of a million characters, every one of them quoted. */
export const longestLine = 16 * 2 ** 20;
/** Objects of a bucket that are asked for at the same time: that shortens the wait. */
const objectsAtOnce = 16;
const lineBreak = 0x0a;

/**
 * The log of a project, oldest file first, some megabytes at a time: each file is read once, and little of it
 * is in memory. A file that a repair or a compaction took away meanwhile has its rows in a file that comes
 * later, so rows may come twice.
 */
export async function* logChunks(store: Store, project: string): AsyncGenerator<LogChunk, void, undefined> {
  const done = new Set<string>();
  for (let missed = true; missed; ) {
    missed = false;
    const listed = await lookAtProject(store, project);
    if (!listed) {
      missed = true;
      continue;
    }
    const files = listed.filter(({ path }) => !done.has(path));
    const reading = new Map<string, Promise<Buffer | undefined>>();
    for (const [i, file] of files.entries()) {
      done.add(file.path);
      try {
        if (store.localPath) yield* chunksOfFile(store, file);
        else {
          for (const next of files.slice(i, i + objectsAtOnce)) {
            if (!reading.has(next.path)) reading.set(next.path, quietly(readObject(store, next.path)));
          }
          const bytes = await reading.get(file.path);
          reading.delete(file.path);
          if (bytes) yield { path: file.path, firstLine: 1, bytes, tooLong: [] };
          else missed = true;
        }
      } catch (error) {
        if (await store.stat(file.path)) throw error;
        missed = true; // listed, then gone
      }
    }
  }
}

async function readObject(store: Store, path: string): Promise<Buffer | undefined> {
  const file = await store.read(path);
  return file && asBuffer(file.bytes);
}

/** What fails before it is waited for is not unhandled: waiting for it tells. */
function quietly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** One log file, some megabytes at a time. */
export async function* chunksOfFile(
  store: Store,
  { path, size }: Pick<ListedFile, "path" | "size">,
): AsyncGenerator<LogChunk> {
  let firstLine = 1;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let tooLong: number[] = [];
  let skipping = false;
  const readAt = (at: number) => quietly(store.readRange(path, at, Math.min(size, at + chunkSize)));
  let next = readAt(0); // the next part is read while this one is looked at
  for (let at = 0; at < size; ) {
    const read = asBuffer(await next);
    if (read.length === 0) break; // cut short meanwhile
    at += read.length;
    if (at < size) next = readAt(at);
    let bytes = read;
    if (skipping) {
      const end = bytes.indexOf(lineBreak);
      if (end < 0) continue;
      tooLong.push(firstLine);
      firstLine += 1;
      skipping = false;
      bytes = bytes.subarray(end + 1);
    }
    const end = bytes.lastIndexOf(lineBreak) + 1;
    if (end === 0) {
      pending.push(bytes);
      pendingBytes += bytes.length;
      if (pendingBytes > longestLine) {
        pending = [];
        pendingBytes = 0;
        skipping = true;
      }
      continue;
    }
    const whole = Buffer.concat([...pending, bytes.subarray(0, end)]);
    pending = [bytes.subarray(end)];
    pendingBytes = bytes.length - end;
    yield { path, firstLine, bytes: whole, tooLong };
    firstLine += countLines(whole);
    tooLong = [];
  }
  if (skipping) tooLong.push(firstLine);
  const bytes = Buffer.concat(pending);
  if (bytes.length > 0 || tooLong.length > 0) yield { path, firstLine, bytes, tooLong };
}

/** Line breaks among some bytes. */
export function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(lineBreak); at >= 0; at = bytes.indexOf(lineBreak, at + 1)) count += 1;
  return count;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
