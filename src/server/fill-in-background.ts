import type { Catalog } from "../catalog/catalog.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { fillAddedScores } from "../jobs/fill-added-scores.js";
import type { Judging } from "../judge/thread/judging-thread.js";
import type { PlotSource } from "../plots/open-plots.js";
import { TrackingError } from "../tracking-error.js";
import { judgedFile } from "./judged-files.js";

/** Computes what is missing of the scores that projects have beside those of every project. */
export interface BackgroundFill {
  /** Sees to it that what is missing now is computed, sooner or later. */
  look(): void;
  /** Resolves when nothing is computed any more. */
  stop(): Promise<void>;
}

export interface FillSources {
  catalog: Catalog;
  plots: PlotSource;
  judging: Judging;
  /** Told when values came. */
  onKept: () => void;
  onDefect: (error: unknown) => void;
}

/** Milliseconds until it is tried again where the store, or the thread, could not do it. */
const tryAgainAfter = 30_000;

/**
 * One experiment after the other goes to the thread that judges, behind what somebody waits for. Predictions that
 * cannot be read are looked at again with the next news if their file is another one, and by a server started anew.
 */
export function fillInBackground({ catalog, plots, judging, onKept, onDefect }: FillSources): BackgroundFill {
  const ending = new AbortController();
  const { signal } = ending;
  const unreadable = new Map<string, Map<string, ExperimentRecord>>();
  const versions = new Map<string, string>();
  let running: Promise<void> | undefined;
  let isAskedAgain = false;

  const fill = async () => {
    for (const { project } of await catalog.projects()) {
      const missing = await catalog.added.missing(project, { signal });
      if (![...missing.values()].some((count) => count > 0)) continue;
      const left = unreadable.get(project) ?? new Map<string, ExperimentRecord>();
      unreadable.set(project, left);
      await forgetMended(left);
      await fillAddedScores(catalog, project, {
        valuesOf: async (record, scores) => {
          const file = await judgedFile(plots, record);
          versions.set(record.predictionId, file.version);
          const values = await judging.run("addedValues", [file], { added: scores }, signal);
          versions.delete(record.predictionId);
          return values;
        },
        unreadable: left,
        signal,
        onKept,
      });
    }
  };
  /** A file that is missing has no version. */
  const forgetMended = async (left: Map<string, ExperimentRecord>) => {
    for (const [id, record] of left) {
      const file = await judgedFile(plots, record).catch(() => undefined);
      if (file?.version !== versions.get(id)) left.delete(id);
    }
  };
  const run = async () => {
    do {
      isAskedAgain = false;
      try {
        await fill();
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof TrackingError)) onDefect(error);
        setTimeout(look, tryAgainAfter).unref();
      }
    } while (isAskedAgain && !signal.aborted);
    running = undefined;
  };
  const look = () => {
    if (signal.aborted) return;
    isAskedAgain = true;
    running ??= run();
  };
  return {
    look,
    async stop() {
      ending.abort(new Error("the server is closed"));
      await running;
    },
  };
}
