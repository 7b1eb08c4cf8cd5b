import { inParallel } from "../store/in-parallel.js";
import type { ListedFile, Store } from "../store/store.js";
import type { LogFile } from "./log-file-name.js";
import { type LogShape, trackingLog } from "./log-shape.js";
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

export interface CompactLogOptions {
  now: () => Date;
  /** Files that may have a writer at work are left alone. */
  isAtRest: (modified: Date) => boolean;
  onFile?: ((done: number, total: number) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** By default the log of experiments. */
  log?: LogShape;
}

/** A log file as it was read, all of its lines rows. */
interface Source {
  path: string;
  version: string;
  size: number;
  header: string;
  /** By their key. */
  rows: Map<string, string>;
}

/** What is folded, and whose signal ends it. */
interface Folding {
  store: Store;
  project: string;
  log: LogShape;
  signal: AbortSignal | undefined;
}

/** So many files are removed at the same time. */
const removedAtOnce = 8;

/**
 * Folds small log files of a project into few, up to the size cap, while others append: files of one header
 * are written together into the next file of the project, and only then each is removed, unless it changed
 * since it was read; then what came is carried over first. At no moment is a row in no file. A crash in
 * between leaves rows in two files, of which readers keep one.
 */
export async function compactLog(
  store: Store,
  project: string,
  { now, isAtRest, onFile, signal, log = trackingLog }: CompactLogOptions,
): Promise<LogCompaction> {
  const job: Folding = { store, project, log, signal };
  const before = await listLogFiles(store, project, { signal }, log);
  const small = await filesAtRest(job, before, isAtRest);
  const result: LogCompaction = {
    filesBefore: before.length,
    filesAfter: before.length,
    filesFolded: 0,
    filesWithTornLines: [],
  };
  const batches = new Map<string, Source[]>();
  const fold = async (sources: readonly Source[]) => {
    if (sources.length < 2) return;
    await foldFiles(job, sources, now());
    result.filesFolded += sources.length;
  };
  for (const [done, { path, size, version }] of small.entries()) {
    onFile?.(done, small.length);
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
    const batch = batches.get(source.header) ?? [];
    const together = batch.reduce((sum, other) => sum + other.size, source.size);
    if (together <= store.sizeCap) batch.push(source);
    else await fold(batch);
    batches.set(source.header, together <= store.sizeCap ? batch : [source]);
  }
  for (const batch of batches.values()) await fold(batch);
  onFile?.(small.length, small.length);
  result.filesAfter = (await listLogFiles(store, project, { signal }, log)).length;
  return result;
}

/** Files below the size cap that nobody wrote a short while ago, oldest first. */
async function filesAtRest(
  { store, project, log, signal }: Folding,
  files: readonly LogFile[],
  isAtRest: (modified: Date) => boolean,
): Promise<ListedFile[]> {
  const folder = projectFolder(project, log);
  const atRest = new Map<string, ListedFile>();
  for await (const file of store.listFiles(folder, { signal })) {
    if (file.size < store.sizeCap && isAtRest(file.modified)) atRest.set(file.path, file);
  }
  return files.flatMap(({ name }) => atRest.get(`${folder}/${name}`) ?? []);
}

/** @returns undefined where a line is no row */
function readSource(
  path: string,
  { bytes, version }: { bytes: Uint8Array; version: string },
  log: LogShape,
): Source | undefined {
  const header = Buffer.from(bytes.subarray(0, bytes.indexOf(0x0a) + 1)).toString();
  const rows = new Map<string, string>();
  for (const line of linesOf(path, bytes, log)) {
    if (!("cells" in line)) return undefined;
    const key = log.keyOf(line);
    if (!rows.has(key)) rows.set(key, `${line.text}\n`);
  }
  return { path, version, size: bytes.length, header, rows };
}

async function foldFiles(job: Folding, sources: readonly Source[], now: Date): Promise<void> {
  const { store, project, log } = job;
  const header = Buffer.from(sources[0]?.header ?? "");
  const rows = new Map(sources.flatMap((source) => [...source.rows]));
  if (rows.size > 0) {
    const chunks = [header, Buffer.from([...rows.values()].join(""))];
    await createNextLogFile(store, project, now, chunks, log);
  }
  await inParallel(sources, removedAtOnce, (source) => retire(job, source, now));
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
