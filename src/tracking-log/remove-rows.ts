import type { CallOptions, Store } from "../store/store.js";
import { isRetired } from "./log-file-name.js";
import { type LogShape, type RowCells, trackingLog } from "./log-shape.js";
import { linesOf, listLogFiles, projectFolder } from "./read-log.js";
import { repairLogFile } from "./repair-log-file.js";

export interface RemoveRowsOptions extends CallOptions {
  now: () => Date;
  /** Whether a row is to go. */
  isUnwanted: (line: { cells: RowCells; text: string }) => boolean;
  /** By default the log of experiments. */
  log?: LogShape;
}

/**
 * Takes rows out of a project's log for good, while others go on appending: each file that has some is written
 * anew without them, as a repair does, so that at no moment any other row is in no file. Done again after it was
 * stopped, it goes on.
 * @returns the keys of the rows that were taken out here, not by another removal at the same time
 */
export async function removeRows(
  store: Store,
  project: string,
  { now, isUnwanted, log = trackingLog, signal }: RemoveRowsOptions,
): Promise<Set<string>> {
  const taken = new Set<string>();
  const done = new Set<string>();
  for (;;) {
    // Files that were written anew have none of these rows; those that others moved meanwhile may.
    const files = await listLogFiles(store, project, { signal }, log);
    const paths = files
      .filter((file) => isRetired(file) || !done.has(file.name))
      .map(({ name }) => `${projectFolder(project, log)}/${name}`);
    let found = false;
    for (const path of paths) {
      done.add(path.slice(path.lastIndexOf("/") + 1));
      const file = await store.read(path, { signal });
      if (!file) continue;
      const unwanted = [...linesOf(path, file.bytes, log)].flatMap((line) =>
        "cells" in line && isUnwanted(line) ? [log.keyOf(line)] : [],
      );
      if (unwanted.length === 0) continue;
      found = true;
      const repair = await repairLogFile(store, project, path, { now: now(), isUnwanted, log });
      if (repair?.tookOldFile) for (const key of unwanted) taken.add(key);
      if (repair?.path !== undefined) done.add(repair.path.slice(repair.path.lastIndexOf("/") + 1));
    }
    if (!found) return taken;
  }
}
