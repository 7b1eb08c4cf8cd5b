import { randomBytes } from "node:crypto";
import { eventsFileName, newWriter, parseHistoryFile } from "../history/history-folder.js";
import { runLog } from "../run/run-line.js";
import type { CallOptions, Store } from "../store/store.js";
import { linesOf, listLogFiles, logLines, projectFolder } from "../tracking-log/read-log.js";
import { createNextLogFile } from "../tracking-log/repair-log-file.js";
import { copyFile } from "./copy-file.js";
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
  copied.runs = await copyRows(job);
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

/** @returns how many runs have a row that was not there */
async function copyRows({ from, to, project, signal }: RunsCopy): Promise<number> {
  const there = new Set<string>();
  for await (const line of logLines(to, project, runLog)) if ("cells" in line) there.add(line.text);
  const runs = new Set<string>();
  for (const { name } of await listLogFiles(from, project, { signal }, runLog)) {
    const path = `${projectFolder(project, runLog)}/${name}`;
    const file = await from.read(path, { signal });
    if (!file) continue; // folded into another one meanwhile: copying again finds that
    const header = file.bytes.subarray(0, file.bytes.indexOf(0x0a) + 1);
    const fresh: string[] = [];
    for (const line of linesOf(path, file.bytes, runLog)) {
      if (!("cells" in line) || there.has(line.text)) continue;
      there.add(line.text);
      runs.add(line.cells.get("run_id")!);
      fresh.push(`${line.text}\n`);
    }
    if (fresh.length === 0) continue;
    await createNextLogFile(to, project, new Date(), [header, Buffer.from(fresh.join(""))], runLog);
  }
  return runs.size;
}
