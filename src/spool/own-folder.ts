import { lstat } from "node:fs/promises";

import { makeFolders } from "../store/make-folders.js";
import { TrackingError } from "../tracking-error.js";

/**
 * Makes a folder that nobody else can write. Temporary folders are everybody's: what lies in somebody else's
 * folder could be read and changed by them.
 * @throws TrackingError STORE_NOT_WRITABLE where somebody else has made it already
 */
export async function makeOwnFolder(folder: string): Promise<void> {
  await makeFolders(folder, 0o700);
  if (await isOwnFolder(folder)) return;
  throw new TrackingError("STORE_NOT_WRITABLE", `${folder} belongs to somebody else`);
}

/** Whether there is such a folder, and nobody else can have put anything into it. */
export async function isOwnFolder(folder: string): Promise<boolean> {
  try {
    const found = await lstat(folder);
    const user = process.getuid?.();
    return found.isDirectory() && (user === undefined || (found.uid === user && (found.mode & 0o022) === 0));
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}
