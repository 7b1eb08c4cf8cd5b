import { isAbsolute, resolve } from "node:path";

let given: string | undefined;

/** Names the folder that relative paths start from, where that cannot be made this process's own; undefined undoes it. */
export function setCurrentFolder(folder: string | undefined): void {
  given = folder;
}

/**
 * The folder that relative paths start from. One that was removed has no path any more; then it is what the shell calls it, where
 * there may be a folder again. Undefined where nobody knows.
 */
export function currentFolder(): string | undefined {
  if (given !== undefined) return given;
  try {
    return process.cwd();
  } catch {
    const named = process.env["PWD"];
    return named !== undefined && isAbsolute(named) ? named : undefined;
  }
}

/** A path from the current folder, which an absolute one does not need; undefined where it needs one that nobody knows. */
export function fromCurrentFolder(path: string): string | undefined {
  if (isAbsolute(path)) return resolve(path);
  const folder = currentFolder();
  return folder === undefined ? undefined : resolve(folder, path);
}
