import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";

import { folderPath } from "../store/folder-path.js";

/** What decides where the user's caches are. */
export interface UserPlace {
  platform: NodeJS.Platform;
  environment: NodeJS.ProcessEnv;
  home: string;
}

const here = (): UserPlace => ({ platform: process.platform, environment: process.env, home: homedir() });

/**
 * Where catalogs are kept: the folder given, else `ML_TRACKING_CACHE`, else the user's cache folder as the
 * system has it.
 * @example cacheFolder(undefined, { platform: "linux", environment: {}, home: "/home/ann" }) // "/home/ann/.cache/ml-tracking"
 */
export function cacheFolder(folder?: string, { platform, environment, home }: UserPlace = here()): string {
  const given = folder || environment["ML_TRACKING_CACHE"];
  if (given) return folderPath(given, folder ? "the cache folder" : "ML_TRACKING_CACHE");
  if (platform === "win32") {
    return join(environment["LOCALAPPDATA"] || join(home, "AppData", "Local"), "ml-tracking", "cache");
  }
  if (platform === "darwin") return join(home, "Library", "Caches", "ml-tracking");
  // The XDG specification says that a relative path is to be ignored.
  const xdg = environment["XDG_CACHE_HOME"];
  return join(xdg?.startsWith("/") ? xdg : join(home, ".cache"), "ml-tracking");
}

/** The folder of one store's catalogs within the cache folder. */
export function storeCacheFolder(cache: string, address: string): string {
  return join(cache, createHash("sha256").update(address).digest("hex").slice(0, 20));
}
