import type { Store } from "../store/store.js";
import { type LogProblem, logLines } from "../tracking-log/read-log.js";
import { runLog, toRun } from "./run-line.js";
import type { RunRecord } from "./run-record.js";

/** The runs of a project in the order in which they were first written down, each as its newest row says. */
export async function readRunLog(
  store: Store,
  project: string,
): Promise<{ runs: RunRecord[]; problems: LogProblem[] }> {
  const runs = new Map<string, RunRecord>();
  const problems: LogProblem[] = [];
  for await (const line of logLines(store, project, runLog)) {
    const read = "cells" in line ? toRun(line.cells) : line;
    if ("broken" in read) problems.push({ path: line.path, line: line.line, reason: read.broken });
    else {
      const known = runs.get(read.run.runId);
      if (!known || read.run.writtenAt >= known.writtenAt) runs.set(read.run.runId, read.run);
    }
  }
  return { runs: [...runs.values()], problems };
}
