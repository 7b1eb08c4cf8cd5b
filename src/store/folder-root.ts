import { realpath } from "node:fs/promises";
import { join, sep } from "node:path";

import { TrackingError } from "../tracking-error.js";
import { makeFolder } from "./durable-names.js";
import { inTime } from "./in-time.js";
import { type Access, accessOf, ownersOnly, shareFolders } from "./shared-access.js";
import { checkStorePath } from "./store-path.js";

/** The folder that a store is: where its paths lie, and who may read and write there. */
export interface FolderRoot {
  root: string;
  isPrivate: boolean;
  storeAccess: () => Promise<Access | undefined>;
  /** Makes a folder of the store and those above it, as the store's own folder has it. */
  makeStoreFolder: (folder: string) => Promise<void>;
  locate: (path: string) => string;
  /** Refuses a path that leaves the store through a symbolic link; the store's own folder may be one. */
  checkInside: (file: string) => Promise<string>;
  locateExisting: (path: string) => Promise<string>;
}

export function folderRoot(root: string, isPrivate: boolean): FolderRoot {
  let access: Promise<Access | undefined> | undefined;
  const storeAccess = () => {
    access ??= isPrivate ? Promise.resolve(ownersOnly) : accessOf(root);
    access.catch(() => (access = undefined)); // asked again the next time
    return access;
  };

  const makeStoreFolder = async (folder: string) => {
    const first = await makeFolder(folder, isPrivate ? ownersOnly.mode : undefined);
    if (first === undefined || folder === root) return;
    const inside = first.startsWith(root + sep)
      ? first
      : join(root, folder.slice(root.length + 1).split(sep)[0]!);
    const shared = await storeAccess();
    if (shared) await shareFolders(inside, folder, shared);
  };

  const locate = (path: string) => join(root, ...checkStorePath(path).split("/"));

  const checkInside = async (file: string) => {
    const [realFile, realRoot] = await inTime(Promise.all([realpath(file), realpath(root)]));
    if (realFile !== realRoot && !realFile.startsWith(realRoot + sep)) {
      throw new TrackingError(
        "STORE_NOT_READABLE",
        `${JSON.stringify(file)} is a symbolic link that leads out of the store ${root}; put the file itself there`,
      );
    }
    return file;
  };

  const locateExisting = (path: string) => checkInside(locate(path));

  return { root, isPrivate, storeAccess, makeStoreFolder, locate, checkInside, locateExisting };
}
