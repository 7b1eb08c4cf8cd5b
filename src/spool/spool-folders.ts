import { createHash } from "node:crypto";
import { homedir, tmpdir, userInfo } from "node:os";
import { join } from "node:path";

import { folderPath } from "../store/folder-path.js";
import { isOwnFolder } from "./own-folder.js";

/** What decides where a user's spool is. */
export interface UserPlace {
  platform: NodeJS.Platform;
  environment: NodeJS.ProcessEnv;
  home: string;
  temporary: string;
  user: string;
}

const here = (): UserPlace => ({
  platform: process.platform,
  environment: process.env,
  home: homedir(),
  temporary: tmpdir(),
  user: userName(),
});

/** Where records wait that their store could not take; each folder is tried in turn. */
export interface SpoolFolders {
  /** `ML_TRACKING_SPOOL`, else the folder that the system has for a program's state. */
  usual: string;
  /** The user's own folder among the temporary files, for when the first is full or not writable. */
  temporary: string;
}

/**
 * @example spoolFolders({ platform: "linux", environment: {}, home: "/home/ann", temporary: "/tmp", user: "ann" })
 * // { usual: "/home/ann/.local/state/ml-tracking/spool", temporary: "/tmp/ml-tracking-spool-ann" }
 */
export function spoolFolders(place: UserPlace = here()): SpoolFolders {
  return { usual: usualFolder(place), temporary: join(place.temporary, `ml-tracking-spool-${place.user}`) };
}

function usualFolder({ platform, environment, home }: UserPlace): string {
  const given = environment["ML_TRACKING_SPOOL"];
  if (given) return folderPath(given, "ML_TRACKING_SPOOL");
  if (platform === "win32") {
    return join(environment["LOCALAPPDATA"] || join(home, "AppData", "Local"), "ml-tracking", "spool");
  }
  if (platform === "darwin") return join(home, "Library", "Application Support", "ml-tracking", "spool");
  // The XDG specification says that a relative path is to be ignored.
  const xdg = environment["XDG_STATE_HOME"];
  return join(xdg?.startsWith("/") ? xdg : join(home, ".local", "state"), "ml-tracking", "spool");
}

function userName(): string {
  try {
    return userInfo().username.replaceAll(/[^\w.-]/g, "-");
  } catch {
    return String(process.getuid?.() ?? "user"); // a user without an entry in the system's list, as in containers
  }
}

/**
 * Where records may wait, in order. A temporary folder that somebody else made is left out: its records would
 * be theirs.
 */
export async function foldersToDeliver({ usual, temporary }: SpoolFolders): Promise<string[]> {
  return (await isOwnFolder(temporary)) ? [usual, temporary] : [usual];
}

/** The folder of one store's records within a spool. */
export function storeFolder(address: string): string {
  return createHash("sha256").update(address).digest("hex").slice(0, 20);
}
