import type { Catalog } from "../catalog/catalog.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import type { Judge } from "../judge/leaderboard/leaderboard.js";
import type { Judging } from "../judge/thread/judging-thread.js";
import type { JudgedFile } from "../judge/thread/tasks.js";
import type { PlotSource } from "../plots/open-plots.js";

/** What the routes that judge have in common. */
export interface JudgeRoutesOptions {
  catalog: Catalog;
  plots: PlotSource;
  judging: Judging;
}

/** An experiment and its predictions on this computer, as the judging thread takes them. */
export async function judgedFile(plots: PlotSource, record: ExperimentRecord): Promise<JudgedFile> {
  return { record, ...(await plots.fileOf(record)) };
}

/** Judges the experiments of a leaderboard in the thread. */
export function threadJudge(
  plots: PlotSource,
  judging: Judging,
  signal: AbortSignal,
): Pick<Judge, "interval" | "difference"> {
  const fileOf = (record: ExperimentRecord) => judgedFile(plots, record);
  return {
    interval: async (record, settings) =>
      judging.run("standingInterval", [await fileOf(record)], settings, signal),
    difference: async (best, other, settings) =>
      judging.run("standingDifference", [await fileOf(best), await fileOf(other)], settings, signal),
  };
}

/** Finds experiments by their ids. */
export function judgedFiles(
  catalog: Catalog,
  plots: PlotSource,
): (id: string, signal: AbortSignal) => Promise<JudgedFile> {
  return async (id, signal) => judgedFile(plots, await catalog.experiment(id, { signal }));
}
