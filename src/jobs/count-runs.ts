import { isGone } from "../annotations/annotated-record.js";
import type { ProjectAnnotations } from "../annotations/fold-annotations.js";
import { runLog } from "../run/run-line.js";
import type { Store } from "../store/store.js";
import { logLines } from "../tracking-log/read-log.js";

/** How many runs a project has, without those in the trash. */
export async function countRuns(store: Store, project: string, said: ProjectAnnotations): Promise<number> {
  const ids = new Set<string>();
  for await (const line of logLines(store, project, runLog)) {
    const id = "cells" in line ? line.cells.get("run_id") : undefined;
    if (id !== undefined && !isGone(said, id)) ids.add(id);
  }
  return ids.size;
}
