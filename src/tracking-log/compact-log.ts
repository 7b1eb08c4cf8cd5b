import { inParallel } from "../store/in-parallel.js";
import type { ListedFile, Store } from "../store/store.js";
import type { LogFile } from "./log-file-name.js";
import { type LogShape, type RowCells, trackingLog } from "./log-shape.js";
import { linesOf, listLogFiles, projectFolder } from "./read-log.js";
import { createNextLogFile, removeLogFile } from "./repair-log-file.js";

/** What a compaction did to the log of one project. */
export interface LogCompaction {
  filesBefore: number;
  filesAfter: number;
  /** Files that were folded into others, or had nothing in them. */
  filesFolded: number;
  /** Files with lines that are no rows: `verify --repair` comes first. */
  filesWithTornLines: string[];
}

/** Rows of a log file, by their key: each with its line break. */
export interface FoldedRows {
  /** With its line break. */
  header: string;
  rows: ReadonlyMap<string, string>;
}

/** How rows of former formats become rows of today's while files are folded. */
export interface BringForward {
  /** Today's header, with its line break. */
  header: string;
  /**
   * The rows of a file under today's header, each with all that it held; undefined where one holds what today's
   * columns do not.
   */
  rowsOf(rows: ReadonlyMap<string, RowCells>): Promise<ReadonlyMap<string, string> | undefined>;
}

export interface CompactLogOptions {
  now: () => Date;
  /** Files that may have a writer at work are left alone. */
  isAtRest: (modified: Date) => boolean;
  onFile?: ((done: number, total: number) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** By default the log of experiments. */
  log?: LogShape;
  /** By default rows stay as they are, under the header that they have. */
  forward?: BringForward | undefined;
}

/** A log file as it was read, all of its lines rows, and what its rows become. */
interface Source extends FoldedRows {
  path: string;
  version: string;
  rows: Map<string, string>;
  cells: Map<string, RowCells>;
}

interface Foldable extends Source {
  folded: FoldedRows;
  /** Of the rows that they become. */
  size: number;
}

/** What is folded, and whose signal ends it. */
interface Folding {
  store: Store;
  project: string;
  log: LogShape;
  signal: AbortSignal | undefined;
  forward: BringForward | undefined;
}

/** So many files are removed at the same time. */
const removedAtOnce = 8;

/**
 * Folds small log files of a project into few, up to the size cap, while others append: files of one header
 * are written together into the next file of the project, and only then each is removed, unless it changed
 * since it was read; then what came is carried over first. At no moment is a row in no file. A crash in
 * between leaves rows in two files, of which readers keep one. Files of a former format are written anew
 * whatever their size and number.
 */
export async function compactLog(
  store: Store,
  project: string,
  { now, isAtRest, onFile, signal, log = trackingLog, forward }: CompactLogOptions,
): Promise<LogCompaction> {
  const job: Folding = { store, project, log, signal, forward };
  const before = await listLogFiles(store, project, { signal }, log);
  const found = await filesToFold(job, before, isAtRest);
  const result: LogCompaction = {
    filesBefore: before.length,
    filesAfter: before.length,
    filesFolded: 0,
    filesWithTornLines: [],
  };
  const batches = new Map<string, Foldable[]>();
  const fold = async (sources: readonly Foldable[]) => {
    if (sources.length === 0 || (sources.length === 1 && !isChanged(sources[0]!))) return;
    await foldFiles(job, sources, now());
    result.filesFolded += sources.length;
  };
  for (const [done, { path, size, version }] of found.entries()) {
    onFile?.(done, found.length);
    if (size === 0) {
      await removeLogFile(store, project, path, version, { signal }, log);
      result.filesFolded += 1;
      continue;
    }
    const file = await store.read(path, { signal });
    if (!file) continue; // another repair or compaction has its rows
    const source = readSource(path, file, log);
    if (!source) {
      result.filesWithTornLines.push(path);
      continue;
    }
    const foldable = await brought(job, source);
    const { header } = foldable.folded;
    const batch = batches.get(header) ?? [];
    const together = batch.reduce((sum, other) => sum + other.size, foldable.size);
    if (together <= store.sizeCap) batch.push(foldable);
    else await fold(batch);
    batches.set(header, together <= store.sizeCap ? batch : [foldable]);
  }
  for (const batch of batches.values()) await fold(batch);
  onFile?.(found.length, found.length);
  result.filesAfter = (await listLogFiles(store, project, { signal }, log)).length;
  return result;
}

/** What the rows of a file become: those of today's format, or what they are. */
async function brought({ forward }: Folding, source: Source): Promise<Foldable> {
  const rows = await forward?.rowsOf(source.cells);
  const folded = rows && forward ? { header: forward.header, rows } : source;
  const size = [...folded.rows.values()].reduce(
    (sum, row) => sum + Buffer.byteLength(row),
    Buffer.byteLength(folded.header),
  );
  return { ...source, folded, size };
}

/** Whether a file says something else once it is written anew. */
function isChanged({ header, rows, folded }: Foldable): boolean {
  return folded.header !== header || [...rows].some(([key, row]) => folded.rows.get(key) !== row);
}

/**
 * Files that nobody wrote a short while ago, oldest first: those below the size cap, and those with the header
 * of a former format.
 */
async function filesToFold(
  { store, project, log, signal, forward }: Folding,
  files: readonly LogFile[],
  isAtRest: (modified: Date) => boolean,
): Promise<ListedFile[]> {
  const folder = projectFolder(project, log);
  const atRest = new Map<string, ListedFile>();
  for await (const file of store.listFiles(folder, { signal })) {
    if (!isAtRest(file.modified)) continue;
    const isSmall = file.size < store.sizeCap;
    if (isSmall || (forward && !(await beginsWith(store, file.path, forward.header, signal)))) {
      atRest.set(file.path, file);
    }
  }
  return files.flatMap(({ name }) => atRest.get(`${folder}/${name}`) ?? []);
}

async function beginsWith(
  store: Store,
  path: string,
  header: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const wanted = Buffer.from(header);
  return wanted.equals(await store.readRange(path, 0, wanted.length, { signal }));
}

/** @returns undefined where a line is no row */
function readSource(
  path: string,
  { bytes, version }: { bytes: Uint8Array; version: string },
  log: LogShape,
): Source | undefined {
  const header = Buffer.from(bytes.subarray(0, bytes.indexOf(0x0a) + 1)).toString();
  const rows = new Map<string, string>();
  const cells = new Map<string, RowCells>();
  for (const line of linesOf(path, bytes, log)) {
    if (!("cells" in line)) return undefined;
    const key = log.keyOf(line);
    if (rows.has(key)) continue;
    rows.set(key, `${line.text}\n`);
    cells.set(key, line.cells);
  }
  return { path, version, header, rows, cells };
}

async function foldFiles(job: Folding, sources: readonly Foldable[], now: Date): Promise<void> {
  const { store, project, log } = job;
  const header = sources[0]?.folded.header ?? "";
  const rows = new Map(sources.flatMap(({ folded }) => [...folded.rows]));
  for (const text of inPieces([...rows.values()], store.sizeCap - Buffer.byteLength(header))) {
    await createNextLogFile(store, project, now, [Buffer.from(header), Buffer.from(text)], log);
  }
  await inParallel(sources, removedAtOnce, (source) => retire(job, source, now));
}

/** Rows together up to a number of bytes: rows of a former format grow where they are written anew. */
function* inPieces(rows: readonly string[], most: number): Generator<string> {
  let piece: string[] = [];
  let size = 0;
  for (const row of rows) {
    const bytes = Buffer.byteLength(row);
    if (piece.length > 0 && size + bytes > most) {
      yield piece.join("");
      [piece, size] = [[], 0];
    }
    piece.push(row);
    size += bytes;
  }
  if (piece.length > 0) yield piece.join("");
}

/** Removes a file whose rows stand in a later one, carrying over what is appended meanwhile. */
async function retire({ store, project, log, signal }: Folding, source: Source, now: Date): Promise<void> {
  const carried = new Set(source.rows.keys());
  for (let { version } = source; ; ) {
    const outcome = await removeLogFile(store, project, source.path, version, { signal }, log);
    if (outcome !== "changed") return;
    const file = await store.read(source.path, { signal });
    const changed = file && readSource(source.path, file, log);
    // Gone, or torn: what is torn is left to a repair, which drops the rows that stand in later files.
    if (!file || !changed) return;
    const rows = [...changed.rows].filter(([key]) => !carried.has(key));
    if (rows.length > 0) {
      // Into a file of its own: whoever has read the one before already would not look into that again.
      const text = rows.map(([, row]) => row).join("");
      const chunks = [Buffer.from(changed.header), Buffer.from(text)];
      await createNextLogFile(store, project, now, chunks, log);
    }
    for (const [key] of rows) carried.add(key);
    version = file.version;
  }
}
