import { link, open, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode, isMissing } from "./folder-failure.js";
import { makeFolders } from "./make-folders.js";
import { syncHandle } from "./sync-handle.js";

/** Gives a finished file its name, unless the name is taken (EEXIST). */
export async function publish(incoming: string, target: string): Promise<void> {
  try {
    await link(incoming, target);
  } catch (error) {
    // Disks without hard links (FAT, some network shares): reserve the name, then move over it.
    if (!hasCode(error, "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK")) throw error;
    await (await open(target, "wx")).close();
    await rename(incoming, target);
  }
}

/**
 * Does what needs a folder, which is there but for the first time: each call to the system that is spared
 * makes logging faster.
 */
export async function inFolder<T>(
  folder: string,
  make: (folder: string) => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  await make(folder);
  return work();
}

/** Like `rm` with `force`, which looks at the file twice before. */
export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** @returns the first one that had to be made */
export async function makeFolder(folder: string, mode: number | undefined): Promise<string | undefined> {
  const first = await makeFolders(folder, mode);
  if (first === undefined) return undefined;
  // A new name is durable once the folder that holds it is synced: every folder from the first new one's
  // parent down.
  for (let parent = dirname(folder); parent.length >= dirname(first).length; parent = dirname(parent)) {
    await syncFolder(parent);
    if (parent === dirname(parent)) break;
  }
  return first;
}

export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return; // a folder cannot be opened for syncing there; NTFS journals its names
  const handle = await open(folder, "r");
  try {
    await syncHandle(handle);
  } finally {
    await handle.close();
  }
}
