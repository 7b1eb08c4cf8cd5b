import { randomBytes } from "node:crypto";

import type { CallOptions, Store } from "../store/store.js";
import { freeFileNames, retiredFileName } from "./log-file-name.js";
import { type LogShape, type RowCells, trackingLog } from "./log-shape.js";
import { type LogLine, linesOf, listLogFiles, logLines, projectFolder } from "./read-log.js";

const quarantineFolder = "quarantine";

/** What a repair did to one log file. */
export interface Repair {
  /** The file that has the rows now; undefined when there was none to keep. */
  path: string | undefined;
  /** Where the lines that are no rows were put. */
  quarantined: string | undefined;
  keptRows: number;
  tornLines: number;
  duplicates: number;
  /** Whether this repair took the old file away, not another one at the same time. */
  tookOldFile: boolean;
}

export interface RepairOptions {
  now: Date;
  /**
   * Keys of rows that stand in later files: rows move forwards only, so that no two repairs drop both rows of a
   * key.
   */
  known?: Pick<ReadonlySet<string>, "has">;
  /** Rows that are taken out for good. */
  isUnwanted?: (line: { cells: RowCells; text: string }) => boolean;
  log?: LogShape;
}

/**
 * Writes a log file anew without torn lines and duplicate rows, while others go on appending: the lines that
 * are no rows go to `quarantine/`, the rows to the next file of the project, and only then is the old file
 * removed, unless it changed meanwhile; then what came is carried over, and so on. At no moment is a row in
 * no file. A crash in between leaves rows in two files, of which readers keep one.
 * @returns undefined when the file is gone, or nothing is wrong with it
 */
export async function repairLogFile(
  store: Store,
  project: string,
  path: string,
  { now, known = new Set(), isUnwanted, log = trackingLog }: RepairOptions,
): Promise<Repair | undefined> {
  const carried = new Set<string>();
  const repair: Repair = {
    path: undefined,
    quarantined: undefined,
    keptRows: 0,
    tornLines: 0,
    duplicates: 0,
    tookOldFile: false,
  };
  for (let round = 0; ; round++) {
    const file = await store.read(path);
    if (!file) return round === 0 ? undefined : repair;
    const { bytes } = file;
    const header = bytes.subarray(0, bytes.indexOf(0x0a) + 1);
    const rows: string[] = [];
    const torn: LogLine[] = [];
    let duplicates = 0;
    let unwanted = 0;
    const seen = new Set<string>();
    for (const line of linesOf(path, bytes, log)) {
      if (!("cells" in line)) {
        torn.push(line);
        continue;
      }
      if (isUnwanted?.(line)) {
        unwanted += 1;
        continue;
      }
      const key = log.keyOf(line);
      if (seen.has(key) || known.has(key)) duplicates += 1;
      else if (!carried.has(key)) rows.push(`${line.text}\n`);
      seen.add(key);
    }
    if (round === 0) {
      if (torn.length === 0 && duplicates === 0 && unwanted === 0) return undefined;
      repair.tornLines = torn.length;
      repair.duplicates = duplicates;
      if (torn.length > 0) repair.quarantined = await quarantineLines(store, project, path, torn);
    }
    if (rows.length > 0) {
      repair.path = await createNextLogFile(store, project, now, [header, Buffer.from(rows.join(""))], log);
      repair.keptRows += rows.length;
    }
    for (const key of seen) carried.add(key);
    const outcome = await removeLogFile(store, project, path, file.version, {}, log);
    if (outcome === "removed") return { ...repair, tookOldFile: true };
    if (outcome === "missing") {
      // Someone else repaired it at the same time: now two new files have the same rows.
      if (repair.path !== undefined) await removeIfRedundant(store, project, repair.path, log);
      return repair;
    }
    // Changed: someone appended meanwhile; once more, for what came.
  }
}

/**
 * Removes a log file whose rows all stand in later files, unless someone appended to it meanwhile. Only in
 * later ones: of two that look at each other at the same time, one keeps its rows.
 */
async function removeIfRedundant(store: Store, project: string, path: string, log: LogShape): Promise<void> {
  const file = await store.read(path);
  if (!file) return;
  const elsewhere = new Set<string>();
  let isLater = false;
  for await (const line of logLines(store, project, log)) {
    if (line.path === path) isLater = true;
    else if ("cells" in line && isLater) elsewhere.add(log.keyOf(line));
  }
  for (const line of linesOf(path, file.bytes, log)) {
    if (!("cells" in line) || !elsewhere.has(log.keyOf(line))) return;
  }
  await removeLogFile(store, project, path, file.version, {}, log);
}

/** Removes a log file unless it changed; its rows are in a file that readers take until it is gone. */
export async function removeLogFile(
  store: Store,
  project: string,
  path: string,
  version: string,
  options: CallOptions = {},
  log: LogShape = trackingLog,
): Promise<"removed" | "changed" | "missing"> {
  const meanwhile = `${projectFolder(project, log)}/${retiredFileName(project)}`;
  return store.removeIfUnchanged(path, version, { ...options, meanwhile });
}

/** Creates the next log file of a project, whatever other writers create meanwhile. */
export async function createNextLogFile(
  store: Store,
  project: string,
  now: Date,
  chunks: Uint8Array[],
  log: LogShape = trackingLog,
): Promise<string> {
  const nextName = freeFileNames(project, now);
  for (;;) {
    const files = await listLogFiles(store, project, {}, log);
    const path = `${projectFolder(project, log)}/${nextName(files)}`;
    if ((await store.create(path, chunks)) === "created") return path;
  }
}

/** Keeps lines that are no rows, byte for byte as far as they are text, one below the other. */
async function quarantineLines(
  store: Store,
  project: string,
  path: string,
  lines: readonly LogLine[],
): Promise<string> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const target = `${quarantineFolder}/${project}/${name}.${randomBytes(6).toString("hex")}.txt`;
  await store.create(target, [Buffer.from(lines.map(({ text }) => `${text}\n`).join(""))]);
  return target;
}
