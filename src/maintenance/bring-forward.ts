import { readAnnotations } from "../annotations/read-annotations.js";
import { inParallel } from "../store/in-parallel.js";
import type { Store } from "../store/store.js";
import type { BringForward } from "../tracking-log/compact-log.js";
import { headerLine, lineInThisFormat } from "../tracking-log/row.js";
import { typedPredictions } from "./typed-predictions.js";

/** Brings the rows of a project into this format, and its predictions under their names of it. */
export interface ProjectForward extends BringForward {
  /**
   * Takes away predictions whose rows name them otherwise now.
   * @returns how many were renamed
   */
  finish(): Promise<number>;
}

/** Files that are copied at the same time. */
const atOnce = 8;

/**
 * How a compaction brings a project from format 1 into format 2: a predictions file is first copied under the
 * name that says its type, and compared; then its row, in a new log file, names the copy; then the old log file
 * goes, and at last, where no row names it any more, the old predictions file. Stopped anywhere, both names or
 * the named one are there, and doing it again goes on.
 */
export async function projectForward(
  store: Store,
  project: string,
  signal: AbortSignal | undefined,
): Promise<ProjectForward> {
  const { experiments } = await readAnnotations(store, project);
  const isPurged = (id: string) => experiments.get(id)?.state === "purged";
  const predictions = typedPredictions(store, project, signal);
  return {
    header: headerLine,
    async rowsOf(rows) {
      const lines = new Map<string, string>();
      for (const [id, cells] of rows) {
        const line = lineInThisFormat(cells);
        if (line === undefined) return undefined;
        lines.set(id, line);
      }
      const former = [...rows].filter(([id, cells]) => predictions.isFormer(cells) && !isPurged(id));
      await inParallel(former, atOnce, async ([id, cells]) => {
        const path = await predictions.underTypedName(cells);
        if (path === undefined) return;
        lines.set(id, lineInThisFormat(new Map(cells).set("predictions", path))!);
      });
      return lines;
    },
    finish: () => predictions.removeFormer(),
  };
}
