import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { codeOf } from "../tracking-error.js";

/**
 * Makes a folder and those above it that are not there. Node's own `mkdir` with `recursive` never returns
 * where the system answers ENOENT for a name whose parent is there, as under /proc.
 * @param mode of the new folders; by default what the process's umask leaves
 * @returns the first folder that was made; undefined where all of them were there
 */
export async function makeFolders(folder: string, mode?: number): Promise<string | undefined> {
  try {
    return await makeOne(folder, mode);
  } catch (error) {
    const parent = dirname(folder);
    if (codeOf(error) !== "ENOENT" || parent === folder) throw error;
    const first = await makeFolders(parent, mode);
    const made = await makeOne(folder, mode);
    return first ?? made;
  }
}

/** @returns the folder where it was made, undefined where it was there */
async function makeOne(folder: string, mode: number | undefined): Promise<string | undefined> {
  try {
    await mkdir(folder, mode);
    return folder;
  } catch (error) {
    // Some systems answer EPERM, EACCES or EROFS for a folder that is there, so what counts is whether it is.
    if (codeOf(error) === "ENOENT" || !(await isFolder(folder))) throw error;
    return undefined;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false; // the error of mkdir says more
  }
}
