import { isGone } from "../annotations/annotated-record.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import { refuseGone } from "../annotations/refuse-gone.js";
import { type EventTable, metricKind, sortedRows } from "../history/event-table.js";
import { historyFolder } from "../history/history-folder.js";
import { isUnfinished } from "../history/parse-events.js";
import { type ReadEvents, readEvents } from "../history/read-events.js";
import { contactOf, eventsState, withEvents } from "../history/run-state.js";
import { findRun } from "../run/find-run.js";
import { type Artifact, listArtifacts } from "../run/list-artifacts.js";
import { readRunLog } from "../run/read-run-log.js";
import { type RunRecord, systemPrefix } from "../run/run-record.js";
import { inParallel } from "../store/in-parallel.js";
import { openStore } from "../store/open-store.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { namedProjects } from "../tracking-log/named-projects.js";
import { type LogProblem, readLog } from "../tracking-log/read-log.js";
import type { ReadOptions } from "./find-experiments.js";

/** A run with what its events say up to now. */
export interface ShownRun extends RunRecord {
  /** Whether it should go on, but gave no sign of life for three intervals. */
  lostContact: boolean;
  lastSeenAt: Date;
}

export interface ProjectRuns {
  project: string;
  /** In the order in which they began. */
  runs: ShownRun[];
  problems: LogProblem[];
}

const atOnce = 8;

/**
 * The runs of a project. Of those that go on, parameters, tags and metrics are those of this moment.
 * @throws TrackingError UNKNOWN_PROJECT
 */
export async function readRuns(
  project: string,
  options: ReadOptions & { now?: Date } = {},
): Promise<ProjectRuns> {
  const store = openStore(options.store, options.signal);
  const [name] = (await namedProjects(store, project)) as [string];
  const { runs: all, problems } = await readRunLog(store, name);
  const said = await readAnnotations(store, name);
  const runs = all.filter(({ runId }) => !isGone(said, runId));
  const now = options.now ?? new Date();
  const shown: ShownRun[] = runs.map((run) => ({ ...run, ...contactOf(run, noEvents, now) }));
  await inParallel([...runs.entries()], atOnce, async ([i, run]) => {
    if (run.status === "running") shown[i] = await shownRun(store, run, now, problems);
  });
  return { project: name, runs: shown, problems };
}

const noEvents = { lastSeen: undefined, interval: undefined };

async function shownRun(store: Store, run: RunRecord, now: Date, problems: LogProblem[]): Promise<ShownRun> {
  let read: ReadEvents;
  try {
    read = await readEvents(store, run);
  } catch (error) {
    if (!(error instanceof TrackingError && error.code === "PREDICTIONS_NOT_READABLE")) throw error;
    problems.push({ path: historyFolder(run), line: 1, reason: error.message }); // what the row says is known
    return { ...run, ...contactOf(run, noEvents, now) };
  }
  problems.push(...read.problems.filter(({ reason }) => !isUnfinished(reason)));
  const state = eventsState(read.events);
  return { ...withEvents(run, state), ...contactOf(run, state, now) };
}

export interface RunOptions extends ReadOptions {
  /** Where the run is; by default every project is looked through. */
  project?: string | undefined;
  now?: Date;
}

export interface WholeRun {
  run: ShownRun;
  /** The prediction ids of the experiments that belong to it. */
  experiments: string[];
  /** The run ids of its children. */
  children: string[];
  artifacts: Artifact[];
  /** Where its events lie in the store. */
  history: string;
  problems: LogProblem[];
}

/** @throws TrackingError UNKNOWN_RUN, UNKNOWN_PROJECT */
export async function readRun(runId: string, options: RunOptions = {}): Promise<WholeRun> {
  const store = openStore(options.store, options.signal);
  const found = await findRun(store, runId, options.project);
  const said = await readAnnotations(store, found.project);
  refuseGone(said, runId, store.address);
  const problems: LogProblem[] = [];
  const run = await shownRun(store, found, options.now ?? new Date(), problems);
  const [{ experiments }, { runs }, artifacts] = await Promise.all([
    readLog(store, run.project),
    readRunLog(store, run.project),
    listArtifacts(store, run.project, runId),
  ]);
  return {
    run,
    experiments: experiments.filter((each) => each.runId === runId).map(({ predictionId }) => predictionId),
    children: runs
      .filter((each) => each.parentRunId === runId && !isGone(said, each.runId))
      .map((child) => child.runId),
    artifacts,
    history: historyFolder(run),
    problems,
  };
}

/** The points of a run's metrics, sorted by key, step and time. Point i is the i-th of every array. */
export interface RunHistory {
  runId: string;
  keys: string[];
  /** Places in `keys`. */
  keyCodes: Int32Array;
  steps: Float64Array;
  /** Milliseconds since 1970. */
  times: Float64Array;
  values: Float64Array;
  problems: LogProblem[];
}

/**
 * @param options.keys the metrics to read; by default all but those of the system
 * @throws TrackingError UNKNOWN_RUN, UNKNOWN_PROJECT
 */
export async function readHistory(
  runId: string,
  options: RunOptions & { keys?: readonly string[] | "all" | undefined } = {},
): Promise<RunHistory> {
  const store = openStore(options.store, options.signal);
  const run = await findRun(store, runId, options.project);
  const { events, problems } = await readEvents(store, run);
  const { keys } = options;
  const isAsked = (key: string) =>
    keys === undefined ? !key.startsWith(systemPrefix) : keys === "all" || keys.includes(key);
  return {
    runId,
    ...pointsOf(events, isAsked),
    problems: problems.filter(({ reason }) => !isUnfinished(reason)),
  };
}

function pointsOf(
  events: EventTable,
  isAsked: (key: string) => boolean,
): Omit<RunHistory, "runId" | "problems"> {
  const asked = events.keys.map(isAsked);
  const rows = sortedRows(events).filter(
    (row) => events.kinds[row] === metricKind && asked[events.keyCodes[row]!],
  );
  const codes = new Map<number, number>();
  for (const row of rows) {
    const code = events.keyCodes[row]!;
    if (!codes.has(code)) codes.set(code, codes.size);
  }
  const take = (from: Float64Array) => Float64Array.from(rows, (row) => from[row]!);
  return {
    keys: [...codes.keys()].map((code) => events.keys[code]!),
    keyCodes: Int32Array.from(rows, (row) => codes.get(events.keyCodes[row]!)!),
    steps: take(events.steps),
    times: take(events.times),
    values: take(events.values),
  };
}
