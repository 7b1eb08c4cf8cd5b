import type { ExperimentFacts } from "../experiment/experiment-record.js";
import type { PredictionTable } from "../predictions/prediction-table.js";
import type { LogProblem } from "../tracking-log/read-log.js";
import {
  type AbortSignalLike,
  abortSignal,
  address,
  checkedId,
  checkedProject,
  checkOptions,
  type OptionChecks,
  text,
  type UrlLike,
} from "./check-options.js";
import { loadInTurn } from "./load-in-turn.js";
import type { Scores } from "./scores.js";
import { answer } from "./typescript-words.js";

/** One row of the tracking log: an experiment as it is kept and read back. */
export interface ExperimentRecord extends ExperimentFacts {
  /** By scikit-learn's names; an undefined score is not there. */
  scores: Scores;
  /** What it was logged as; its `name` is what it is called now. */
  loggedName: string | undefined;
  /** What was said of it afterwards, in Markdown. */
  note: string | undefined;
  /** In the order of the alphabet. */
  tags: string[];
  starred: boolean;
  /** Left out of rankings. */
  archived: boolean;
}

export interface ReadOptions {
  /** The store's folder or bucket; by default `ML_TRACKING_STORE`, else `./ml-tracking`. */
  store?: string | UrlLike | undefined;
  /** Ends the call, which then rejects with its reason. */
  signal?: AbortSignalLike | undefined;
}

export interface ReadExperimentOptions extends ReadOptions {
  /** Where the experiment is; by default every project is looked through. */
  project?: string | undefined;
}

/** A project's log. */
export interface ProjectExperiments {
  project: string;
  /** In the order of the log, one a prediction id; archived ones too, those in the trash not. */
  experiments: ExperimentRecord[];
  /** Lines that are no rows, and rows that cannot be read; `ml-tracking verify --repair` puts them right. */
  problems: LogProblem[];
}

export interface ExperimentWithPredictions {
  experiment: ExperimentRecord;
  predictions: PredictionTable;
}

export const readChecks: OptionChecks<ReadOptions> = { store: address, signal: abortSignal };
export const placeChecks: OptionChecks<ReadExperimentOptions> = { ...readChecks, project: text };

export const loadReading = () => loadInTurn(() => import("../jobs/read-experiments.js"));

/** The projects of a store, by name; none when nothing was logged there. */
export function listProjects(options?: ReadOptions): Promise<string[]> {
  return answer(options, async () => {
    const checked = checkOptions(options, readChecks);
    return (await loadReading()).listProjects(checked);
  });
}

/**
 * The experiments of a project.
 * @throws TrackingError UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT
 */
export function readExperiments(project: string, options?: ReadOptions): Promise<ProjectExperiments> {
  return answer(options, async () => {
    const [name, checked] = [checkedProject(project), checkOptions(options, readChecks)];
    return (await loadReading()).readExperiments(name, checked);
  });
}

/**
 * One experiment with its predictions.
 * @throws TrackingError UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, PREDICTIONS_NOT_READABLE, MISSING_ARGUMENT,
 * INVALID_ARGUMENT
 */
export function readExperiment(
  predictionId: string,
  options?: ReadExperimentOptions,
): Promise<ExperimentWithPredictions> {
  return answer(options, async () => {
    const [id, checked] = [checkedId(predictionId), checkOptions(options, placeChecks)];
    return (await loadReading()).readExperiment(id, checked);
  });
}
