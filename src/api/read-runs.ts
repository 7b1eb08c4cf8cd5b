import type { RunFacts } from "../run/run-record.js";
import type { LogProblem } from "../tracking-log/read-log.js";
import { checkedProject, checkedText, checkOptions, type OptionChecks, texts } from "./check-options.js";
import { loadInTurn } from "./load-in-turn.js";
import { placeChecks, type ReadExperimentOptions, type ReadOptions, readChecks } from "./read-experiments.js";
import { answer } from "./typescript-words.js";

/** A run as it is kept, with what its processes wrote up to now. */
export interface RunRecord extends RunFacts {
  /** Whether it should go on, but gave no sign of life for three intervals of 15 seconds. */
  lostContact: boolean;
  /** When it gave its last sign of life. */
  lastSeenAt: Date;
}

/** The runs of a project. */
export interface ProjectRuns {
  project: string;
  /** In the order in which they began. */
  runs: RunRecord[];
  /** Lines that cannot be read. */
  problems: LogProblem[];
}

/** A run with all that belongs to it but its points. */
export interface WholeRun {
  run: RunRecord;
  /** The prediction ids of its experiments. */
  experiments: string[];
  /** The run ids of its children. */
  children: string[];
  /** Its files by path, what it recorded by itself among them. */
  artifacts: { path: string; bytes: number; modified: Date }[];
  /** The folder of the store that its events lie in. */
  history: string;
  problems: LogProblem[];
}

/** The points of a run's metrics, by key, step and time: point i is the i-th of every array. */
export interface RunHistory {
  runId: string;
  /** Every metric that has a point. */
  keys: string[];
  /** Which of `keys` a point is of. */
  keyCodes: Int32Array;
  steps: Float64Array;
  /** Milliseconds since 1970. */
  times: Float64Array;
  values: Float64Array;
  problems: LogProblem[];
}

export interface ReadHistoryOptions extends ReadExperimentOptions {
  /** The metrics to read; by default all but those of the system, which begin with `system/`. */
  keys?: readonly string[] | undefined;
}

const historyChecks: OptionChecks<ReadHistoryOptions> = { ...placeChecks, keys: texts };
const load = () => loadInTurn(() => import("../jobs/read-runs.js"));

/**
 * The runs of a project. Of those that go on, parameters, tags and metrics are those of this moment.
 * @throws TrackingError UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT
 */
export function readRuns(project: string, options?: ReadOptions): Promise<ProjectRuns> {
  return answer(options, async () => {
    const [name, checked] = [checkedProject(project), checkOptions(options, readChecks)];
    return (await load()).readRuns(name, checked);
  });
}

/**
 * One run with its experiments, children and artifacts.
 * @throws TrackingError UNKNOWN_RUN, UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT
 */
export function readRun(runId: string, options?: ReadExperimentOptions): Promise<WholeRun> {
  return answer(options, async () => {
    const [id, checked] = [checkedRunId(runId), checkOptions(options, placeChecks)];
    return (await load()).readRun(id, checked);
  });
}

/**
 * The points of a run's metrics.
 * @throws TrackingError UNKNOWN_RUN, UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT
 */
export function readHistory(runId: string, options?: ReadHistoryOptions): Promise<RunHistory> {
  return answer(options, async () => {
    const [id, checked] = [checkedRunId(runId), checkOptions(options, historyChecks)];
    return (await load()).readHistory(id, checked);
  });
}

function checkedRunId(value: unknown): string {
  return checkedText(value, "runId", "the id of a run, as startRun gave it");
}
