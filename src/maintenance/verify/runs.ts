import { foldEvents } from "../../history/fold-events.js";
import { isUnfinished } from "../../history/parse-events.js";
import { readEvents } from "../../history/read-events.js";
import { runLog, toRun } from "../../run/run-line.js";
import type { RunRecord } from "../../run/run-record.js";
import { messageOf, TrackingError } from "../../tracking-error.js";
import { projectFolders } from "../../tracking-log/project-folders.js";
import type { Known, VerifyJob } from "./verify-job.js";
import { verifyRows } from "./verify-rows.js";

/** Looks through the runs of all projects: their rows, and unless predictions are not read, their events. */
export async function checkRuns(job: VerifyJob): Promise<Pick<Known, "projectsOfRuns" | "runs">> {
  const { projects, odd } = await projectFolders(job.store, runLog);
  for (const { path, reason } of odd) {
    await job.findings.add({
      kind: "odd-folder",
      project: undefined,
      path,
      message: reason,
      repaired: false,
    });
  }
  let count = 0;
  for (const project of projects) {
    const runs = new Map<string, RunRecord>();
    await verifyRows(job, project, runLog, (cells) => {
      const read = toRun(cells);
      if ("broken" in read) return { kind: "unreadable-row", message: read.broken };
      runs.set(read.run.runId, read.run);
      return undefined;
    });
    count += runs.size;
    if (!job.readPredictions) continue;
    for (const run of runs.values()) await verifyEvents(job, run);
  }
  return { projectsOfRuns: projects, runs: count };
}

async function verifyEvents(job: VerifyJob, run: RunRecord): Promise<void> {
  const { store, findings, signal, oldEnough } = job;
  signal?.throwIfAborted();
  const { project, runId } = run;
  try {
    const { problems } = await readEvents(store, run);
    const atRest = new Map<string, boolean>();
    for (const path of new Set(problems.map((problem) => problem.path))) {
      const file = await store.stat(path);
      atRest.set(path, file !== undefined && oldEnough(file.modified));
    }
    // The last line of a file that is being written may not be whole yet.
    const torn = problems.filter(({ path, reason }) => atRest.get(path) || !isUnfinished(reason));
    const isOver = torn.length > 0 && [...atRest.values()].every(Boolean);
    if (job.repair && isOver) await foldEvents(store, run, { isOver });
    for (const { path, line, reason } of torn) {
      const message = `${reason}; the other events of the run ${runId} are not touched by it`;
      await findings.add({
        kind: "torn-event",
        project,
        path,
        line,
        message,
        repaired: job.repair && isOver,
      });
    }
  } catch (error) {
    if (!(error instanceof TrackingError) || error.code !== "PREDICTIONS_NOT_READABLE") throw error;
    const message = `${messageOf(error)}; bring the file back from a backup`;
    await findings.add({
      kind: "unreadable-events",
      project,
      path: `history/${project}`,
      message,
      repaired: false,
    });
  }
}
