import type { Store } from "../store/store.js";
import { linesOf, projectFolder } from "./read-log.js";

/**
 * Which log file has the row of each of these experiments; those without a row are not in the answer.
 * @param since the earliest that a row of theirs can have been written: older files are not read
 */
export async function findRows(
  store: Store,
  project: string,
  predictionIds: ReadonlySet<string>,
  since: Date,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const done = new Set<string>();
  for (let missed = true; missed; ) {
    missed = false;
    for await (const { path, modified } of store.listFiles(projectFolder(project))) {
      if (done.has(path) || modified < since) continue;
      done.add(path);
      const file = await store.read(path);
      // Listed but gone: a repair has put its rows into a file that came after the listing.
      if (!file) missed = true;
      else addRows(found, predictionIds, path, file.bytes);
    }
  }
  return found;
}

function addRows(
  found: Map<string, string>,
  wanted: ReadonlySet<string>,
  path: string,
  bytes: Uint8Array,
): void {
  for (const line of linesOf(path, bytes)) {
    const id = "cells" in line ? line.cells.get("prediction_id") : undefined;
    if (id !== undefined && wanted.has(id)) found.set(id, path);
  }
}
