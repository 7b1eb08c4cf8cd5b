import { readlinkSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";

let given: string | undefined;

/**
 * Names the folder that relative paths start from, where it is not this process's own; "" where nobody knows
 * it.
 */
export function setCurrentFolder(folder: string | undefined): void {
  given = folder;
}

/**
 * The folder that relative paths start from. One that was removed has no path to ask for any more; Linux
 * still says what it was, and there may be a folder again. Undefined where nobody knows.
 */
export function currentFolder(): string | undefined {
  if (given !== undefined) return given === "" ? undefined : given;
  try {
    return process.cwd();
  } catch {
    return removedFolder();
  }
}

function removedFolder(): string | undefined {
  const mark = " (deleted)";
  try {
    const path = readlinkSync("/proc/self/cwd");
    return path.endsWith(mark) ? path.slice(0, -mark.length) : undefined;
  } catch {
    return undefined; // not Linux
  }
}

/**
 * A path from the current folder, which an absolute one does not need; undefined where it needs one that
 * nobody knows.
 */
export function fromCurrentFolder(path: string): string | undefined {
  if (isAbsolute(path)) return resolve(path);
  const folder = currentFolder();
  return folder === undefined ? undefined : resolve(folder, path);
}
