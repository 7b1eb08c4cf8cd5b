import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";

import type { ListedFile, Store } from "../../store/store.js";
import { parseLogFileName } from "../../tracking-log/log-file-name.js";
import type { FileState, ProjectState } from "../project-state.js";

/** A tracking log file as it is in the store now. */
export interface FileNow extends ListedFile {
  place: string;
  identity: string;
}

/** What happened to the tracking log files of a project. */
export interface FileChanges {
  /** Every file there is now, oldest first. */
  files: FileNow[];
  /** New ones, and those with more bytes after the same beginning. */
  grown: FileNow[];
  /** Those whose content is another one than before. */
  rewritten: FileNow[];
  /** Those that are no longer there. */
  removed: FileState[];
}

/**
 * Compares a project's log with what was read of it.
 * @param listed its files as they are now, oldest first
 */
export async function findChanges(
  store: Store,
  name: string,
  before: ProjectState,
  listed: readonly ListedFile[],
): Promise<FileChanges> {
  const files: FileNow[] = [];
  const changes: FileChanges = { files, grown: [], rewritten: [], removed: [] };
  for (const found of listed) {
    const { path } = found;
    const known = before.files.get(path);
    if (known && known.version === found.version) {
      files.push({ ...found, place: known.place, identity: known.identity });
      continue;
    }
    const now = { ...found, place: placeOf(name, path), identity: await identityOf(store, path) };
    files.push(now);
    if (!known) changes.grown.push(now);
    else if (await continues(store, known, now)) changes.grown.push(now);
    else changes.rewritten.push(now);
  }
  const there = new Set(files.map(({ path }) => path));
  changes.removed = [...before.files.values()].filter(({ path }) => !there.has(path));
  return changes;
}

/** Sorts as `compareLogFiles`. */
function placeOf(project: string, path: string): string {
  const { day, index } = parseLogFileName(project, path.slice(path.lastIndexOf("/") + 1))!;
  return `${day}_${String(index).padStart(10, "0")}`;
}

/** Whether a file begins with all that was read of it, and has more now. */
async function continues(store: Store, known: FileState, now: FileNow): Promise<boolean> {
  if (now.size <= known.size || now.identity !== known.identity) return false;
  return (await digestOf(store, known.path, known)) === known.digest;
}

/** Of the header and the last bytes that were read. */
export async function digestOf(
  store: Store,
  path: string,
  { headerLength, offset }: { headerLength: number; offset: number },
): Promise<string> {
  const hash = createHash("sha256");
  hash.update(await store.readRange(path, 0, Math.min(headerLength, 2 ** 16)));
  hash.update(await store.readRange(path, Math.max(0, offset - 2 ** 14), offset));
  return hash.digest("base64");
}

/** An editor that saves a file puts another one in its place: a local disk tells them apart. */
async function identityOf(store: Store, path: string): Promise<string> {
  const local = await store.localPath?.(path);
  if (local === undefined) return "";
  try {
    return String((await stat(local, { bigint: true })).ino);
  } catch {
    return ""; // gone since: the reading that follows meets that
  }
}
