import type { CallOptions, Store, StoreFile } from "../store/store.js";
import { isUntyped, pathWithoutType, possiblePaths } from "./predictions-path.js";

/** A file of predictions, and where it lies. */
export interface FoundPredictions extends StoreFile {
  path: string;
}

/**
 * The predictions that a row names. Those of a row of format 1 may have been renamed since the row was read:
 * then they are looked for under the names that they can have got.
 */
export async function findPredictions(
  store: Store,
  path: string,
  options: CallOptions = {},
): Promise<FoundPredictions | undefined> {
  const candidates = isUntyped(path) ? possiblePaths(path) : [path];
  for (const candidate of candidates) {
    const file = await store.stat(candidate, options);
    if (file) return { ...file, path: candidate };
  }
  return undefined;
}

/**
 * Says of many rows of format 1 in the order of the log whether their predictions have another name now: a
 * folder is listed once, and not asked for each name of each.
 */
export function renamedPredictions(store: Store): (path: string) => Promise<boolean> {
  let known: { folder: string; typed: Promise<ReadonlySet<string>> } | undefined;
  return async (path) => {
    if (!isUntyped(path)) return false;
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (known?.folder !== folder) known = { folder, typed: typedIn(store, folder) };
    return (await known.typed).has(path);
  };
}

/** Of the files in a folder that say their type: what they are called without it. */
async function typedIn(store: Store, folder: string): Promise<ReadonlySet<string>> {
  const paths = (await store.list(folder)).map(({ name }) => `${folder}/${name}`);
  return new Set(paths.map(pathWithoutType).filter((path, i) => path !== paths[i]));
}
