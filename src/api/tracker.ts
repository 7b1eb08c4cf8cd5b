import { callingFile } from "../experiment/environment/calling-file.js";
import { shown } from "../experiment/input/values.js";
import { TrackingError } from "../tracking-error.js";
import {
  address,
  checkedProject,
  checkOptions,
  type OptionChecks,
  text,
  type UrlLike,
} from "./check-options.js";
import {
  addedIntervals,
  type BaselineComparison,
  type CompareOptions,
  compareExperiments,
  compareWithBaseline,
  type JudgingOptions,
  scoreIntervals,
} from "./compare-experiments.js";
import { type CompareRunsOptions, compareRuns } from "./compare-runs.js";
import { type ExperimentsOptions, experiments } from "./experiments.js";
import type {
  AddedInterval,
  Comparison,
  Leaderboard,
  RunsComparison,
  ScoreInterval,
  SliceComparison,
  SliceReport,
} from "./judged-types.js";
import { type LeaderboardOptions, leaderboard } from "./leaderboard.js";
import {
  type ClassificationInput,
  type LoggedExperiment,
  logFrom,
  type RegressionInput,
} from "./log-experiment.js";
import {
  type ExperimentRecord,
  type ExperimentWithPredictions,
  type ProjectExperiments,
  type ReadOptions,
  readExperiment,
  readExperiments,
} from "./read-experiments.js";
import { type ReportOptions, report } from "./report.js";
import {
  type CompareSlicesOptions,
  compareSlices,
  type FindSlicesOptions,
  findSlices,
  type SliceScoresOptions,
  sliceScores,
} from "./slices.js";

export interface TrackerOptions {
  /** The series of experiments that all calls are about. */
  project: string;
  /** The store's folder or bucket; by default `ML_TRACKING_STORE`, else `./ml-tracking`. */
  store?: string | UrlLike | undefined;
}

/** Options of a call without those that a tracker has. */
export type WithoutPlace<Options> = Omit<Options, "store" | "project">;

/** The arguments of a tracker's `log`. */
export type TrackedInput<Model extends object = object> =
  | WithoutPlace<ClassificationInput<Model>>
  | WithoutPlace<RegressionInput<Model>>;

/** The functions of this package for one project of one store. */
export interface Tracker {
  readonly project: string;
  readonly store: string | undefined;
  /** As `logExperiment`. */
  readonly log: <Model extends object>(input: TrackedInput<Model>) => Promise<LoggedExperiment>;
  readonly experiments: (
    options?: WithoutPlace<ExperimentsOptions>,
  ) => AsyncGenerator<ExperimentRecord, void, undefined>;
  readonly readExperiments: (options?: WithoutPlace<ReadOptions>) => Promise<ProjectExperiments>;
  readonly readExperiment: (
    predictionId: string,
    options?: WithoutPlace<ReadOptions>,
  ) => Promise<ExperimentWithPredictions>;
  readonly compareExperiments: (
    a: string,
    b: string,
    options?: WithoutPlace<CompareOptions>,
  ) => Promise<Comparison>;
  readonly compareWithBaseline: (
    baseline: string,
    others: readonly string[],
    options?: WithoutPlace<CompareOptions>,
  ) => Promise<BaselineComparison>;
  readonly compareRuns: (
    models: readonly (readonly string[])[],
    options?: WithoutPlace<CompareRunsOptions>,
  ) => Promise<RunsComparison>;
  readonly scoreIntervals: (
    predictionId: string,
    options?: WithoutPlace<JudgingOptions>,
  ) => Promise<ScoreInterval[]>;
  readonly addedIntervals: (
    predictionId: string,
    options?: WithoutPlace<Omit<JudgingOptions, "scores">>,
  ) => Promise<AddedInterval[]>;
  readonly leaderboard: (options?: WithoutPlace<LeaderboardOptions>) => Promise<Leaderboard>;
  readonly findSlices: (
    predictionId: string,
    options?: WithoutPlace<FindSlicesOptions>,
  ) => Promise<SliceReport>;
  readonly sliceScores: (
    predictionId: string,
    options: WithoutPlace<SliceScoresOptions>,
  ) => Promise<SliceReport>;
  readonly compareSlices: (
    a: string,
    b: string,
    options?: WithoutPlace<CompareSlicesOptions>,
  ) => Promise<SliceComparison>;
  readonly report: (a: string, b: string, options?: WithoutPlace<ReportOptions>) => Promise<string>;
}

const checks: OptionChecks<TrackerOptions> = { project: text, store: address };

/**
 * The functions of this package for one project of one store, where many calls are about it. They need no
 * `this`.
 * @throws TrackingError MISSING_ARGUMENT, INVALID_ARGUMENT
 * @example const { log, leaderboard } = createTracker({ project: "penguins", store: "s3://team/experiments" })
 */
export function createTracker(options: TrackerOptions): Tracker {
  const { store, ...given } = checkOptions(options, checks);
  const project = checkedProject(given.project);
  const stored = store === undefined ? {} : { store };
  const placed = { ...stored, project };
  /** Options with a place; what is wrong with them the called function says. */
  const at = <Options extends object, Place extends object>(place: Place, asked: Options | undefined) => {
    if (typeof asked !== "object" || asked === null || Array.isArray(asked)) {
      return (asked === undefined ? place : asked) as Options & Place;
    }
    for (const name of ["store", "project"]) {
      if (name in asked) throw placeIsGiven(name, Reflect.get(asked, name));
    }
    return { ...asked, ...place };
  };
  const log: Tracker["log"] = (input) => {
    const caller = callingFile(log);
    return inPromise(() => logFrom(at(placed, input), caller));
  };
  return {
    project,
    store,
    log,
    experiments: (asked) => experiments(project, at(stored, asked)),
    readExperiments: (asked) => inPromise(() => readExperiments(project, at(stored, asked))),
    readExperiment: (id, asked) => inPromise(() => readExperiment(id, at(placed, asked))),
    compareExperiments: (a, b, asked) => inPromise(() => compareExperiments(a, b, at(placed, asked))),
    compareWithBaseline: (baseline, others, asked) =>
      inPromise(() => compareWithBaseline(baseline, others, at(placed, asked))),
    compareRuns: (models, asked) => inPromise(() => compareRuns(models, at(placed, asked))),
    addedIntervals: (id, asked) => inPromise(() => addedIntervals(id, at(placed, asked))),
    scoreIntervals: (id, asked) => inPromise(() => scoreIntervals(id, at(placed, asked))),
    leaderboard: (asked) => inPromise(() => leaderboard(project, at(stored, asked))),
    findSlices: (id, asked) => inPromise(() => findSlices(id, at(placed, asked))),
    sliceScores: (id, asked) => inPromise(() => sliceScores(id, at(placed, asked))),
    compareSlices: (a, b, asked) => inPromise(() => compareSlices(a, b, at(placed, asked))),
    report: (a, b, asked) => inPromise(() => report(a, b, at(placed, asked))),
  };
}

/** What is thrown at once is thrown by the promise. */
async function inPromise<Result>(ask: () => Promise<Result>): Promise<Result> {
  return ask();
}

function placeIsGiven(name: string, value: unknown): TrackingError {
  return new TrackingError(
    "INVALID_ARGUMENT",
    `${name} is ${shown(value)}, but the tracker has a ${name} of its own; leave it out, or call the function of this package`,
  );
}
