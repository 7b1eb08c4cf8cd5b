import type { Catalog } from "../catalog/catalog.js";
import type { PlotSource } from "../catalog/open-plots.js";
import type { Judging } from "../judging/judging-thread.js";
import type { JudgedFile } from "../judging/tasks.js";
import type { StoreWatch } from "./watch-store.js";

/** What the routes that judge have in common. */
export interface JudgeRoutesOptions {
  catalog: Catalog;
  plots: PlotSource;
  judging: Judging;
  watch: StoreWatch;
}

/** Finds an experiment and its predictions on this computer, as the judging thread takes them. */
export function judgedFiles(
  catalog: Catalog,
  plots: PlotSource,
): (id: string, signal: AbortSignal) => Promise<JudgedFile> {
  return async (id, signal) => {
    const record = await catalog.experiment(id, { signal });
    return { record, ...(await plots.fileOf(record)) };
  };
}
