import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { namedProjects } from "../tracking-log/named-projects.js";
import { linesOf, listLogFiles, projectFolder } from "../tracking-log/read-log.js";
import { isRunId } from "./run-id.js";
import { runLog, toRun } from "./run-line.js";
import type { RunRecord } from "./run-record.js";

/**
 * A run as its newest row says.
 * @param project where it is; where undefined, every project is looked through
 * @throws TrackingError UNKNOWN_RUN, UNKNOWN_PROJECT
 */
export async function findRun(store: Store, runId: string, project?: string): Promise<RunRecord> {
  if (!isRunId(runId)) throw unknownRun(store, runId, undefined);
  let found: RunRecord | undefined;
  for (const name of await namedProjects(store, project)) {
    for (const run of await rowsOf(store, name, runId)) {
      if (!found || run.writtenAt >= found.writtenAt) found = run;
    }
    if (found) return found;
  }
  throw unknownRun(store, runId, project);
}

/** Files that do not have the id are not parsed. */
async function rowsOf(store: Store, project: string, runId: string): Promise<RunRecord[]> {
  const rows: RunRecord[] = [];
  for (const { name } of await listLogFiles(store, project, {}, runLog)) {
    const path = `${projectFolder(project, runLog)}/${name}`;
    const file = await store.read(path);
    if (!file || !Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.length).includes(runId)) {
      continue;
    }
    for (const line of linesOf(path, file.bytes, runLog)) {
      if (!("cells" in line) || line.cells.get("run_id") !== runId) continue;
      const read = toRun(line.cells);
      if ("run" in read) rows.push(read.run);
    }
  }
  return rows;
}

function unknownRun(store: Store, runId: string, project: string | undefined): TrackingError {
  const where = project === undefined ? "" : ` in project ${project}`;
  const shape = isRunId(runId)
    ? ""
    : " (a run id has 16 digits and lower-case letters without i, l, o and u)";
  return new TrackingError(
    "UNKNOWN_RUN",
    `unknown run: there is no ${JSON.stringify(runId.slice(0, 40))}${where} in the store ${store.address}${shape}; list the run ids with "ml-tracking runs PROJECT"`,
  );
}
