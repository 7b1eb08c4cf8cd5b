import { inParallel } from "../store/in-parallel.js";
import type { ListedFile, Store } from "../store/store.js";
import type { LogFile } from "./log-file-name.js";
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
}

/** A log file as it was read, all of its lines rows. */
interface Source {
  path: string;
  version: string;
  size: number;
  header: string;
  /** By prediction id. */
  rows: Map<string, string>;
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
  { now, isAtRest, onFile, signal }: CompactLogOptions,
): Promise<LogCompaction> {
  const before = await listLogFiles(store, project, { signal });
  const small = await filesAtRest(store, project, before, isAtRest, signal);
  const result: LogCompaction = {
    filesBefore: before.length,
    filesAfter: before.length,
    filesFolded: 0,
    filesWithTornLines: [],
  };
  const batches = new Map<string, Source[]>();
  const fold = async (sources: readonly Source[]) => {
    if (sources.length < 2) return;
    await foldFiles(store, project, sources, now(), signal);
    result.filesFolded += sources.length;
  };
  for (const [done, { path, size, version }] of small.entries()) {
    onFile?.(done, small.length);
    if (size === 0) {
      await removeLogFile(store, project, path, version, { signal });
      result.filesFolded += 1;
      continue;
    }
    const file = await store.read(path, { signal });
    if (!file) continue; // another repair or compaction has its rows
    const source = readSource(path, file);
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
  result.filesAfter = (await listLogFiles(store, project, { signal })).length;
  return result;
}

/** Files below the size cap that nobody wrote a short while ago, oldest first. */
async function filesAtRest(
  store: Store,
  project: string,
  files: readonly LogFile[],
  isAtRest: (modified: Date) => boolean,
  signal: AbortSignal | undefined,
): Promise<ListedFile[]> {
  const folder = projectFolder(project);
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
): Source | undefined {
  const header = Buffer.from(bytes.subarray(0, bytes.indexOf(0x0a) + 1)).toString();
  const rows = new Map<string, string>();
  for (const line of linesOf(path, bytes)) {
    if (!("cells" in line)) return undefined;
    const id = line.cells.get("prediction_id") as string;
    if (!rows.has(id)) rows.set(id, `${line.text}\n`);
  }
  return { path, version, size: bytes.length, header, rows };
}

async function foldFiles(
  store: Store,
  project: string,
  sources: readonly Source[],
  now: Date,
  signal: AbortSignal | undefined,
): Promise<void> {
  const header = Buffer.from(sources[0]?.header ?? "");
  const rows = new Map(sources.flatMap((source) => [...source.rows]));
  if (rows.size > 0) {
    await createNextLogFile(store, project, now, [header, Buffer.from([...rows.values()].join(""))]);
  }
  await inParallel(sources, removedAtOnce, (source) => retire(store, project, source, now, signal));
}

/** Removes a file whose rows stand in a later one, carrying over what is appended meanwhile. */
async function retire(
  store: Store,
  project: string,
  source: Source,
  now: Date,
  signal: AbortSignal | undefined,
): Promise<void> {
  const carried = new Set(source.rows.keys());
  for (let { version } = source; ; ) {
    if ((await removeLogFile(store, project, source.path, version, { signal })) !== "changed") return;
    const file = await store.read(source.path, { signal });
    const changed = file && readSource(source.path, file);
    // Gone, or torn: what is torn is left to a repair, which drops the rows that stand in later files.
    if (!file || !changed) return;
    const rows = [...changed.rows].filter(([id]) => !carried.has(id));
    if (rows.length > 0) {
      // Into a file of its own: whoever has read the one before already would not look into that again.
      const text = rows.map(([, row]) => row).join("");
      await createNextLogFile(store, project, now, [Buffer.from(changed.header), Buffer.from(text)]);
    }
    for (const [id] of rows) carried.add(id);
    version = file.version;
  }
}
