import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { nameOfThisProcess } from "../../duckdb/leftovers.js";
import type { Session } from "../../duckdb/session.js";
import type { Store } from "../../store/store.js";
import type { LogLine } from "../../tracking-log/read-log.js";
import { parseHeader } from "../../tracking-log/row.js";
import type { CatalogLog } from "../logs/catalog-log.js";
import { logOf } from "../logs/log-of.js";
import type { FileState, ProjectState } from "../project-state.js";
import { cleanOddRows } from "./clean-odd-rows.js";
import type { FileNow } from "./file-changes.js";
import { foldStage } from "./fold-stage.js";
import { endOfLines, readNewLines } from "./read-new-lines.js";
import { createEmptyStage } from "./stage.js";
import { isBulkHeader, type LocalFile, stageFiles } from "./stage-files.js";
import { stageLines } from "./stage-lines.js";

/**
 * A part of a tracking log file that is to be read: from the end of what was read to where the file ended.
 */
export interface NewPart {
  file: FileState;
  now: FileNow;
}

export interface ReadContext {
  store: Store;
  session: Session;
  /** A folder for copies that DuckDB reads. */
  scratch: string;
  /** So many bytes are read at once. */
  batchBytes: number;
  onBytes: (bytes: number) => void;
  /**
   * Called between two batches of a large log, with the parts that are read and whether rows left the tables
   * meanwhile.
   */
  onBatch: (read: readonly NewPart[], rowsLeft: boolean) => Promise<void>;
}

/** From so many new bytes on, DuckDB reads the parts of at least the second size by itself. */
const bulkTotal = 2 ** 20;
const bulkPart = 2 ** 16;
/** So many rows are read line by line before they are folded in. */
const linesBatch = 20_000;

/**
 * Reads new parts of a project's tracking log files and folds their rows in.
 * @returns whether rows left the project's tables
 */
export async function readFiles(
  context: ReadContext,
  project: ProjectState,
  parts: readonly NewPart[],
): Promise<boolean> {
  const total = parts.reduce((sum, { file, now }) => sum + now.size - file.offset, 0);
  const isBulk = ({ file, now }: NewPart) => total >= bulkTotal && now.size - file.offset >= bulkPart;
  const left = parts.filter((part) => !isBulk(part));
  let rowsLeft = false;
  const batches = inBatches(parts.filter(isBulk), context.batchBytes);
  for (const batch of batches) {
    const outcome = await readInBulk(context, project, batch);
    rowsLeft ||= outcome.rowsLeft;
    for (const part of outcome.unread) left.push(part);
    const unread = new Set(outcome.unread.map(({ file }) => file));
    if (batch !== batches.at(-1)) {
      await context.onBatch(
        batch.filter(({ file }) => !unread.has(file)),
        rowsLeft,
      );
    }
  }
  return (await readByLine(context, project, left)) || rowsLeft;
}

function inBatches(parts: readonly NewPart[], most: number): NewPart[][] {
  const batches: NewPart[][] = [];
  let size = Infinity;
  for (const part of parts) {
    const bytes = part.now.size - part.file.offset;
    if (size + bytes > most) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push(part);
    size += bytes;
  }
  return batches;
}

interface BulkPart extends NewPart {
  local: LocalFile;
  headerLength: number;
  end: number;
}

/** @returns the parts that have to be read line by line */
async function readInBulk(
  context: ReadContext,
  project: ProjectState,
  parts: readonly NewPart[],
): Promise<{ unread: NewPart[]; rowsLeft: boolean }> {
  const { session, onBytes } = context;
  const log = logOf(project);
  const unread: NewPart[] = [];
  const copies: string[] = [];
  let rowsLeft = false;
  try {
    const byHeader = new Map<string, BulkPart[]>();
    for (const part of parts) {
      const bulk = await prepare(context, log, part, copies);
      if (!bulk) unread.push(part);
      else {
        const key = bulk.local.header.join("\0");
        byHeader.set(key, [...(byHeader.get(key) ?? []), bulk]);
      }
    }
    for (const alike of byHeader.values()) {
      const rows = await stageFiles(
        session,
        log,
        alike.map(({ local }) => local),
      );
      const odd = rows.size > 0 ? await cleanOddRows(session, log) : new Set<number>();
      if (odd.size > 0) await session.run(`DELETE FROM stage WHERE file IN (${[...odd].join(", ")})`);
      for (const part of alike) {
        const { file, now, headerLength, end } = part;
        const count = rows.get(file.id);
        if (count === undefined || odd.has(file.id)) {
          unread.push({ file, now });
          continue;
        }
        file.lines += count + (file.offset === 0 ? 1 : 0);
        file.headerLength = headerLength;
        onBytes(end - file.offset);
        file.offset = end;
      }
      if (rows.size > odd.size) rowsLeft = (await foldStage(session, project)) || rowsLeft;
    }
    await session.run("DROP TABLE IF EXISTS stage");
  } finally {
    for (const copy of copies) await rm(copy, { force: true });
  }
  return { unread, rowsLeft };
}

/**
 * Where DuckDB finds a part: the file itself where all of it is to be read and it is on this machine, or a
 * copy of the part.
 */
async function prepare(
  { store, scratch }: ReadContext,
  log: CatalogLog,
  { file, now }: NewPart,
  copies: string[],
): Promise<BulkPart | undefined> {
  const header = await readHeader(store, now);
  const names = header && parseHeader(header.text, log.shape);
  if (!header || !names || !isBulkHeader(log, names)) return undefined;
  const start = Math.max(file.offset, header.length);
  const end = await endOfLines(store, now.path, start, now.size);
  if (end === start) return undefined;
  let localPath = file.offset === 0 && end === now.size ? await store.localPath?.(now.path) : undefined;
  if (localPath === undefined || isPattern(localPath)) {
    if (isPattern(scratch)) return undefined;
    localPath = join(scratch, `${await nameOfThisProcess()}.csv`);
    copies.push(localPath);
    await copyPart(store, now.path, localPath, Buffer.from(`${header.text}\n`), start, end);
  }
  return {
    file,
    now,
    headerLength: header.length,
    end,
    local: { id: file.id, localPath, header: names, bytes: end - start },
  };
}

/**
 * DuckDB takes such a path for a pattern, and one with its characters escaped for one that it must not reach.
 */
function isPattern(path: string): boolean {
  return /[[*?]/.test(path);
}

/** Undefined where the first line is longer than any header, or no text. */
async function readHeader(
  store: Store,
  { path, size }: { path: string; size: number },
): Promise<{ text: string; length: number } | undefined> {
  const bytes = Buffer.from(await store.readRange(path, 0, Math.min(size, 2 ** 16)));
  const end = bytes.indexOf(0x0a);
  if (end < 0) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, end));
    return text.startsWith("\ufeff") || text.endsWith("\r") ? undefined : { text, length: end + 1 };
  } catch {
    return undefined;
  }
}

async function copyPart(
  store: Store,
  path: string,
  target: string,
  header: Uint8Array,
  start: number,
  end: number,
): Promise<void> {
  const copy = await open(target, "wx", 0o600);
  try {
    await copy.writeFile(header);
    for (let at = start; at < end; at += 2 ** 23) {
      await copy.writeFile(await store.readRange(path, at, Math.min(end, at + 2 ** 23)));
    }
  } finally {
    await copy.close();
  }
}

async function readByLine(
  { store, session, onBytes }: ReadContext,
  project: ProjectState,
  parts: readonly NewPart[],
): Promise<boolean> {
  if (parts.length === 0) return false;
  const log = logOf(project);
  let rowsLeft = false;
  let staged = 0;
  await createEmptyStage(session, log);
  const fold = async () => {
    if (staged === 0) return;
    await cleanOddRows(session, log);
    rowsLeft = (await foldStage(session, project)) || rowsLeft;
    await createEmptyStage(session, log);
    staged = 0;
  };
  for (const { file, now } of parts) {
    const header = await store.readRange(now.path, 0, file.headerLength);
    const range = { from: file.offset, to: now.size, count: file.lines };
    for await (const { lines, offset, count } of readNewLines(store, now.path, header, range, log.shape)) {
      if (file.headerLength === 0) file.headerLength = await firstLineLength(store, now);
      for (const problem of await stageLines(session, log, withFile(file.id, lines)))
        file.problems.push(problem);
      onBytes(offset - file.offset);
      file.offset = offset;
      file.lines = count;
      staged += lines.length;
      if (staged >= linesBatch) await fold();
    }
  }
  await fold();
  await session.run("DROP TABLE stage");
  return rowsLeft;
}

function withFile(file: number, lines: readonly LogLine[]): { file: number; line: LogLine }[] {
  return lines.map((line) => ({ file, line }));
}

async function firstLineLength(store: Store, { path, size }: FileNow): Promise<number> {
  for (let at = 0; at < size; at += 2 ** 20) {
    const found = Buffer.from(await store.readRange(path, at, Math.min(size, at + 2 ** 20))).indexOf(0x0a);
    if (found >= 0) return at + found + 1;
  }
  return 0;
}
