import type { Store } from "../../store/store.js";
import { countLines, longestLine } from "../../tracking-log/log-chunks.js";
import type { LogShape } from "../../tracking-log/log-shape.js";
import { type LogLine, linesOf } from "../../tracking-log/read-log.js";

const chunkSize = 8 * 2 ** 20;
const lineBreak = 0x0a;

/** Whole lines of a part of a file, and where the next ones begin. */
export interface LinesRead {
  lines: LogLine[];
  /** Bytes of the file up to the end of the last whole line. */
  offset: number;
  /** Whole lines up to there, the header included. */
  count: number;
}

/**
 * Reads the lines of a tracking log file between two offsets, strictly, some megabytes at a time.
 * @param header the file's header with its line break; empty where it is the first line to be read
 * @param count lines before `from`
 */
export async function* readNewLines(
  store: Store,
  path: string,
  header: Uint8Array,
  { from, to, count }: { from: number; to: number; count: number },
  log: LogShape,
): AsyncGenerator<LinesRead> {
  let pending = new Uint8Array(0);
  let skipping = false;
  let top: Uint8Array = header;
  for (let at = from; at < to; ) {
    const bytes = await store.readRange(path, at, Math.min(to, at + chunkSize));
    if (bytes.length === 0) return; // truncated meanwhile: the next look at it will tell
    at += bytes.length;
    const joined = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
    const end = joined.lastIndexOf(lineBreak) + 1;
    pending = Uint8Array.from(joined.subarray(end));
    const lines: LogLine[] = [];
    if (end > 0) {
      let whole = joined.subarray(0, end);
      if (skipping) {
        count += 1;
        lines.push({ path, line: count, text: "", broken: "it is longer than any row" });
        whole = whole.subarray(whole.indexOf(lineBreak) + 1);
        skipping = false;
      }
      if (top.length === 0) {
        // The file's own header is among these lines.
        for (const line of linesOf(path, whole, log)) lines.push({ ...line, line: line.line + count });
        count += countLines(whole);
        top = whole.subarray(0, whole.indexOf(lineBreak) + 1);
      } else {
        for (const line of linesOf(path, Buffer.concat([top, whole]), log)) {
          if (line.line > 1) lines.push({ ...line, line: line.line - 1 + count });
        }
        count += countLines(whole);
      }
      yield { lines, offset: at - pending.length, count };
    }
    if (pending.length > longestLine) {
      skipping = true;
      pending = new Uint8Array(0);
    }
  }
}

/** Why what stands after the last line break is no row, as the reader of whole files says it. */
export async function tornTail(
  store: Store,
  path: string,
  header: Uint8Array,
  { offset, size, lines }: { offset: number; size: number; lines: number },
  log: LogShape,
): Promise<{ path: string; line: number; reason: string } | undefined> {
  if (offset >= size) return undefined;
  const tail = await store.readRange(path, offset, Math.min(size, offset + chunkSize));
  if (tail.includes(lineBreak)) return undefined; // changed meanwhile
  const last = [...linesOf(path, Buffer.concat([header, tail]), log)].at(-1);
  if (last === undefined || !("broken" in last)) return undefined;
  return { path, line: lines + 1, reason: last.broken };
}

/** The offset after the last line break between two offsets; `from` where there is none. */
export async function endOfLines(store: Store, path: string, from: number, to: number): Promise<number> {
  for (let end = to; end > from; ) {
    const start = Math.max(from, end - 2 ** 16);
    const bytes = await store.readRange(path, start, end);
    const at = bytes.lastIndexOf(lineBreak);
    if (at >= 0) return start + at + 1;
    end = start;
  }
  return from;
}
