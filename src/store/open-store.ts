import { resolve } from "node:path";

import { TrackingError } from "../tracking-error.js";
import { folderStore } from "./folder-store.js";
import type { Store } from "./store.js";

/** Where experiments go when nobody says: `ML_TRACKING_STORE`, else the folder `ml-tracking` here. */
export function defaultStoreAddress(environment: NodeJS.ProcessEnv = process.env): string {
  return environment["ML_TRACKING_STORE"] || "ml-tracking";
}

/**
 * Opens a store by its address. Nothing is created before something is written.
 * @throws TrackingError INVALID_STORE when the address is not a folder's path.
 */
export function openStore(address: string = defaultStoreAddress()): Store {
  if (typeof address !== "string" || address.trim() === "") {
    throw new TrackingError(
      "INVALID_STORE",
      `store is ${JSON.stringify(address)}; give the path of a folder`,
    );
  }
  if (address.includes("\0")) {
    throw new TrackingError("INVALID_STORE", `store has a NUL character in it; give the path of a folder`);
  }
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(address)?.[1];
  if (scheme !== undefined) {
    throw new TrackingError(
      "INVALID_STORE",
      `store is ${JSON.stringify(address)}, but this version keeps experiments in folders only, not at ${scheme}:// addresses; give the path of a folder`,
    );
  }
  return folderStore(resolve(address));
}
