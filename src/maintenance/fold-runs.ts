import { foldEvents } from "../history/fold-events.js";
import { historyFolder, parseHistoryFile } from "../history/history-folder.js";
import { settleRun } from "../history/settle-run.js";
import { readRunLog } from "../run/read-run-log.js";
import type { RunRecord } from "../run/run-record.js";
import type { Store } from "../store/store.js";

/** A run of which nothing was heard for so long is taken for over. */
const longestSilence = 86_400_000;

/**
 * Folds what lies beside the folded events of runs that are over, or of which nothing was heard for a day.
 * @returns how many runs
 */
export async function foldRuns(
  store: Store,
  project: string,
  { now, signal }: { now: () => Date; signal: AbortSignal | undefined },
): Promise<number> {
  const { runs } = await readRunLog(store, project);
  let folded = 0;
  for (const run of runs) {
    signal?.throwIfAborted();
    if (!(await hasEventsBeside(store, run))) continue;
    const isOver = await isSilent(store, run, now());
    if (run.status !== "running") await settleRun(store, run.runId, { project, now: now(), isOver });
    else if (isOver) await foldEvents(store, run, { isOver: true });
    else continue;
    folded += 1;
  }
  return folded;
}

async function hasEventsBeside(store: Store, run: RunRecord): Promise<boolean> {
  const entries = await store.list(historyFolder(run));
  return entries.some(({ name }) => parseHistoryFile(name)?.kind === "events");
}

async function isSilent(store: Store, run: RunRecord, now: Date): Promise<boolean> {
  let last = run.writtenAt.getTime();
  for await (const { modified } of store.listFiles(historyFolder(run))) {
    last = Math.max(last, modified.getTime());
  }
  return now.getTime() - last > longestSilence;
}
