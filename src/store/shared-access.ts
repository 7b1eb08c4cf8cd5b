import type { Stats } from "node:fs";
import { chmod, chown, type FileHandle, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** Who may do what with the folders and files of a store. */
export interface Access {
  /** Of a folder; a file has the same without the bits that let one enter, or pass on the group. */
  mode: number;
  /** Undefined where the group is not to be changed. */
  group: number | undefined;
}

const permissions = 0o777;
const passesGroupOn = 0o2000;
const enters = 0o111;

/**
 * What a store's folder says about everything in it: in the folder of a team each member's files can be
 * written by the others, whatever umask they have. On Windows folders inherit such things by themselves.
 */
export async function accessOf(root: string): Promise<Access | undefined> {
  if (process.platform === "win32") return undefined;
  const { mode, gid } = await stat(root);
  return { mode: mode & (permissions | passesGroupOn), group: gid };
}

/** Of what only its owner may see. */
export const ownersOnly: Access = { mode: 0o700, group: undefined };

/** Gives a new file the access of its store. */
export async function shareFile(file: FileHandle, { mode, group }: Access): Promise<void> {
  const found = await file.stat();
  const isItsGroup = await givesGroup(found, group, (uid, gid) => file.chown(uid, gid));
  const wanted = fitting(mode & permissions & ~enters, isItsGroup);
  if ((found.mode & permissions) !== wanted) await file.chmod(wanted);
}

/** Gives folders that were just made, from the first one down to the last, the access of their store. */
export async function shareFolders(first: string, last: string, { mode, group }: Access): Promise<void> {
  const made: string[] = [];
  for (let folder = last; folder.length >= first.length; folder = dirname(folder)) made.unshift(folder);
  for (const folder of made) {
    const found = await stat(folder);
    const isItsGroup = await givesGroup(found, group, (uid, gid) => chown(folder, uid, gid));
    const wanted = fitting(mode, isItsGroup);
    if ((found.mode & (permissions | passesGroupOn)) !== wanted) await chmod(folder, wanted);
  }
}

/** @returns whether the thing belongs to the group now: only who is a member can give it away */
async function givesGroup(
  { uid, gid }: Stats,
  group: number | undefined,
  change: (uid: number, gid: number) => Promise<void>,
): Promise<boolean> {
  if (group === undefined || gid === group) return true;
  try {
    await change(uid, group);
    return true;
  } catch {
    return false;
  }
}

/** Another group than the store's gets no more than everybody. */
function fitting(mode: number, isItsGroup: boolean): number {
  return isItsGroup ? mode : (mode & ~0o2070) | ((mode & 0o007) << 3);
}
