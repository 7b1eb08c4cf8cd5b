import { randomBytes } from "node:crypto";
import { eventsFileName, newWriter, parseHistoryFile } from "../history/history-folder.js";
import { runLog } from "../run/run-line.js";
import type { CallOptions, Store } from "../store/store.js";
import { copyFile } from "./copy-file.js";
import { copyFreshRows } from "./copy-fresh-rows.js";
import type { CopyProblem } from "./copy-problem.js";

/** What was copied of the runs of a project. */
export interface CopiedRuns {
  /** Runs with a row that the other store did not have. */
  runs: number;
  bytes: number;
  problems: CopyProblem[];
}

interface RunsCopy extends CallOptions {
  from: Store;
  to: Store;
  project: string;
  quick: boolean;
}

/**
 * Copies the runs of a project: artifacts and events first, then the rows. Events of a run that went on since
 * an earlier copy are written beside those that are there: what stands in both counts once.
 */
export async function copyRuns(job: RunsCopy): Promise<CopiedRuns> {
  const copied: CopiedRuns = { runs: 0, bytes: 0, problems: [] };
  for (const folder of ["artifacts", "history"]) await copyFiles(job, `${folder}/${job.project}`, copied);
  const rows = await copyFreshRows({ ...job, log: runLog });
  copied.runs = new Set(rows.map((cells) => cells.get("run_id"))).size;
  return copied;
}

async function copyFiles(job: RunsCopy, folder: string, copied: CopiedRuns): Promise<void> {
  const { from, to, project, quick, signal } = job;
  const there = new Map<string, number>();
  for await (const { path, size } of to.listFiles(folder, { signal })) there.set(path, size);
  for await (const { path, size } of from.listFiles(folder, { signal })) {
    const sizeThere = there.get(path);
    const outcome = await copyFile({ from, to, path, size, sizeThere, quick, signal });
    if (outcome === "copied") copied.bytes += size;
    else if (outcome !== "already" && !(await copyGrown(job, path, copied))) {
      const message =
        outcome === "damaged"
          ? `${path} came out with other content than it was written with; take it away there and copy again`
          : `${path} is there with other content; take one of the two away and copy again`;
      const kind = outcome === "damaged" ? "damaged-copy" : "conflict";
      copied.problems.push({ kind, project, predictionId: undefined, path, message });
    }
  }
}

/** @returns whether it is a file of events, which was copied under another name */
async function copyGrown({ from, to, signal }: RunsCopy, path: string, copied: CopiedRuns): Promise<boolean> {
  const at = path.lastIndexOf("/");
  const name = parseHistoryFile(path.slice(at + 1));
  if (!path.startsWith("history/") || name?.kind !== "events") return false;
  const file = await from.read(path, { signal });
  if (!file) return true; // folded meanwhile: copying again finds that
  const beside = `${path.slice(0, at)}/${eventsFileName(newWriter(randomBytes), 1)}`;
  await to.create(beside, [file.bytes], { signal });
  copied.bytes += file.bytes.length;
  return true;
}
