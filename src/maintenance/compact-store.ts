import { annotationLog } from "../annotations/annotation-line.js";
import { documentLog, documentLogs } from "../mlflow/document-log.js";
import { runLog } from "../run/run-line.js";
import { openStore } from "../store/open-store.js";
import { compactLog, type LogCompaction } from "../tracking-log/compact-log.js";
import { namedProjects } from "../tracking-log/named-projects.js";
import { projectForward } from "./bring-forward.js";
import { foldRuns } from "./fold-runs.js";

export interface CompactOptions {
  /** By default `ML_TRACKING_STORE`, else `./ml-tracking`. */
  store?: string;
  /** By default every project. */
  project?: string;
  /** Files that were written less than so many seconds ago are left alone. Default 60. */
  graceSeconds?: number;
  onProgress?: (done: number, total: number) => void;
  now?: () => Date;
  /** Ends the work between two steps, which then throws its reason. */
  signal?: AbortSignal;
}

export interface ProjectCompaction extends LogCompaction {
  /** Of what MLflow's clients said, the folder, such as `mlflow/registry`. */
  project: string;
  /** Predictions of format 1 that have the name of format 2 now. */
  predictionsRenamed: number;
  /** Runs whose events are in one file now. */
  runsFolded: number;
}

/** On a network disk a writer may learn only after a while that its file is gone. */
const networkDiskGrace = 3600;

/**
 * Folds many small log files, of experiments, runs and what was said of them, into few, up to the size cap of a
 * file, the events of each run that is over into one file, and brings what is of format 1 into format 2. Safe while others log, and to be stopped at any moment:
 * rows are in a new file before they leave an old one, and predictions have their new name before they lose the
 * old one.
 * @throws TrackingError UNKNOWN_PROJECT, STORE_NOT_READABLE, STORE_NOT_WRITABLE
 */
export async function compactStore(options: CompactOptions = {}): Promise<ProjectCompaction[]> {
  const store = openStore(options.store, options.signal);
  const { signal, onProgress, now = () => new Date() } = options;
  const projects = await namedProjects(store, options.project);
  const asked = options.graceSeconds ?? 60;
  const grace = (await store.sharesAppends()) ? asked : Math.max(asked, networkDiskGrace);
  const isAtRest = (modified: Date) => now().getTime() - modified.getTime() >= grace * 1000;
  const done: ProjectCompaction[] = [];
  for (const project of projects) {
    const folding = { now, isAtRest, onFile: onProgress, signal };
    const forward = await projectForward(store, project, signal);
    const experiments = await compactLog(store, project, { ...folding, forward });
    const predictionsRenamed = await forward.finish();
    const said = await compactLog(store, project, { ...folding, log: annotationLog });
    const runs = await compactLog(store, project, { ...folding, log: runLog });
    const runsFolded = await foldRuns(store, project, { now, signal });
    done.push({
      project,
      filesBefore: experiments.filesBefore + said.filesBefore + runs.filesBefore,
      filesAfter: experiments.filesAfter + said.filesAfter + runs.filesAfter,
      filesFolded: experiments.filesFolded + said.filesFolded + runs.filesFolded,
      filesWithTornLines: [
        ...experiments.filesWithTornLines,
        ...said.filesWithTornLines,
        ...runs.filesWithTornLines,
      ],
      predictionsRenamed,
      runsFolded,
    });
  }
  for (const name of options.project === undefined ? documentLogs : []) {
    const folded = await compactLog(store, name, {
      now,
      isAtRest,
      onFile: onProgress,
      signal,
      log: documentLog,
    });
    const { folder } = documentLog;
    if (folded.filesBefore > 1) {
      done.push({ project: `${folder}/${name}`, ...folded, predictionsRenamed: 0, runsFolded: 0 });
    }
  }
  return done;
}
