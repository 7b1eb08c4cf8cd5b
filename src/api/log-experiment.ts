import type { ReportedNumber } from "../definitions/check-reported.js";
import { callingFile } from "../experiment/environment/calling-file.js";
import { recentEnvironment } from "../experiment/environment/recent-environment.js";
import type { Label } from "../experiment/input/class-labels.js";
import type { ClassOrder } from "../experiment/input/class-order.js";
import type { ExperimentInput as CheckedLater } from "../experiment/input/experiment-input.js";
import type { Values } from "../experiment/input/values.js";
import type { WeightTotals } from "../experiment/sample-weight.js";
import {
  logExperiment as log,
  type SpooledExperiment,
  type StoredExperiment,
} from "../jobs/log-experiment.js";
import { TrackingError, visibleText } from "../tracking-error.js";
import type { AbortSignalLike, UrlLike } from "./check-options.js";
import type { Column, DependenceArgument, GivenScores, SampleFeatures } from "./held/held-types.js";
import { plainInput } from "./held/plain-input.js";
import type { Scores } from "./scores.js";
import { inCallersWords, inTypeScriptWords } from "./typescript-words.js";

/** A model described by hand. */
export interface ModelDescription {
  /** The name of the model's class. */
  name: string;
  /** Its settings; `{}` where it has none. */
  parameters: object;
  /** Every class it knows, in the order of its probabilities. */
  classes?: Values<string | number | bigint | boolean> | undefined;
}

/** A plain object with members of a description alone must be a whole one. */
type CheckedModel<Model> = [keyof Model] extends [never]
  ? Model
  : [keyof Model] extends [keyof ModelDescription]
    ? ModelDescription
    : Model;

/** What was evaluated. */
export interface ExperimentParameters<Model extends object = object> {
  /** Where the data came from: an address or a path. */
  datasetUri: string | UrlLike;
  /** The name of what is predicted. */
  targetColumn: string;
  /**
   * The ids of the test samples: as many as yTrue, or any other list that identifies the test set. A Date
   * is its ISO text; of booleans that are true as often as there are samples, the positions are the ids.
   */
  testSet: Column<string | number | bigint | boolean | Date>;
  /** The model object itself, or `{ name, parameters }`. */
  model: Model & CheckedModel<Model>;
}

/** The arguments of `logExperiment` that are the same whatever the model predicts. */
export interface CommonInput<Model extends object> {
  /** The series of experiments this one belongs to. Slashes and underscores become dashes. */
  project: string;
  parameters: ExperimentParameters<Model>;
  /**
   * How much each sample counts, as scikit-learn's `sample_weight`: a number of 0 or more for each. All scores
   * are then the weighted ones.
   */
  sampleWeight?: Column<number | bigint> | undefined;
  /**
   * What describes the samples, a column by name with one value each: by these the scores are judged slice by
   * slice.
   */
  sampleFeatures?: SampleFeatures | undefined;
  /**
   * What samples have in common that depend on each other, such as the patient they are from: the name of a
   * feature, or a column with one value a sample. Judged by it, a hundred samples of one patient do not count
   * as a hundred.
   */
  group?: DependenceArgument | undefined;
  /**
   * When each sample was, where neighbours in time depend on each other: the name of a feature, or a column
   * of numbers, dates or ISO texts.
   */
  order?: DependenceArgument | undefined;
  /**
   * Numbers that another program computed of the same predictions, by name: `f1`, `xgboost:aucpr`. The result's
   * `reported` says of each whether the predictions give it; nothing is refused or kept for it.
   */
  reported?: Readonly<Record<string, number | string>> | undefined;
  /** Whatever else is worth recording: any mapping that JSON can hold. */
  extraParameters?: object | undefined;
  /** What you call this experiment. */
  name?: string | undefined;
  /** True: start a new tracking-log file. */
  newCsv?: boolean | undefined;
  /** The store's folder or bucket; by default `ML_TRACKING_STORE`, else `./ml-tracking`. */
  store?: string | UrlLike | undefined;
  /**
   * True: throw when the store cannot take the experiment; by default it is kept in the local spool until it
   * can.
   */
  strict?: boolean | undefined;
  /** The id of the run that the experiment belongs to; `run.logExperiment` gives it. */
  runId?: string | undefined;
  /**
   * The script that logs, or "" for none; by default the one that the process was started with, or under a
   * test runner or framework the file that called.
   */
  source?: string | undefined;
  /**
   * Ends the call, which then rejects with its reason and leaves nothing in the store. Once the row is being
   * added, the call goes on to its end instead.
   */
  signal?: AbortSignalLike | undefined;
}

/** The arguments of `logExperiment` where the model predicts classes. */
export interface ClassificationInput<Model extends object = object> extends CommonInput<Model> {
  kind: "classification";
  /** The true classes: strings, integers or booleans. */
  yTrue: Column<string | number | bigint | boolean>;
  /** The model's predictions, one for each of yTrue. */
  yPred: Column<string | number | bigint | boolean>;
  /**
   * Two classes: the probability of the positive one. More: a row of class probabilities a sample, or a
   * column a class by its name.
   */
  yScore?: GivenScores | undefined;
  /**
   * Every class the model knows, in the order of yScore's columns; by default those of yTrue and yPred,
   * sorted.
   */
  labels?: Column<string | number | bigint | boolean> | undefined;
  /**
   * The positive one of two classes; by default 1 or true where present (for 0, -1 or false alone too), else
   * the greater.
   */
  positiveLabel?: string | number | bigint | boolean | undefined;
}

/** The arguments of `logExperiment` where the model predicts numbers. */
export interface RegressionInput<Model extends object = object> extends CommonInput<Model> {
  kind: "regression";
  /** The true values: finite numbers. */
  yTrue: Column<number | bigint>;
  /** The model's predictions, one for each of yTrue. */
  yPred: Column<number | bigint>;
}

/** The arguments of `logExperiment`. */
export type ExperimentInput<Model extends object = object> =
  | ClassificationInput<Model>
  | RegressionInput<Model>;

/** What `logExperiment` did. */
export type LoggedExperiment = (StoredExperiment | SpooledExperiment) & {
  /** The experiment's id: 12 characters. */
  predictionId: string;
  /** The project's name as it is stored. */
  project: string;
  /** By scikit-learn's names. An undefined score is not there; its reason is among the warnings. */
  scores: Scores;
  /** Two classes: the one that precision, recall, F1 and the scores of yScore are about. */
  positiveLabel?: Label;
  /**
   * The classes in the order of yScore's columns as they were given, and what said so; not there without a
   * column a class.
   */
  classOrder?: ClassOrder;
  /** Where sampleWeight was given, and the scores are weighted: what the weights come to. */
  sampleWeight?: WeightTotals;
  /** What the predictions say to each number that was reported; not there where none was. */
  reported?: ReportedNumber[];
  /** Sentences to show to the user. */
  warnings: string[];
};

/**
 * Logs one experiment: checks everything, computes the scores, keeps the predictions as Parquet and then adds
 * the row to the project's tracking log. When it returns `stored: true`, both are durable. Where the store
 * cannot take them, they are kept in the local spool, the process is warned and `stored` is false; `strict`
 * throws instead. When it throws, there is no row.
 * @throws TrackingError before anything is written where an argument is bad; STORE_NOT_WRITABLE where the
 * store cannot take it and `strict` is given, or the spool cannot take it either
 */
export function logExperiment<Model extends object>(
  input: ExperimentInput<Model>,
  ...none: readonly never[]
): Promise<LoggedExperiment> {
  if (none.length > 0) return Promise.reject(oneArgument());
  return logFrom(input, callingFile(logExperiment));
}

/** Other functions take their store as a further argument: one that is given here would be lost. */
function oneArgument(): TrackingError {
  return new TrackingError(
    "INVALID_ARGUMENT",
    "logExperiment takes one argument, with everything in it: logExperiment({ kind, project, ..., store })",
  );
}

/** @param caller the file that called, where it is not the one that the process was started with */
export async function logFrom(input: unknown, caller: string | undefined): Promise<LoggedExperiment> {
  try {
    const { plain, signal } = await plainInput(input);
    const logged = await log(plain as CheckedLater, {
      environment: (source = caller) => recentEnvironment(source === undefined ? {} : { source }),
      warn: (text) => process.emitWarning(visibleText(inTypeScriptWords(text)), "TrackingWarning"),
      ...(signal ? { signal } : {}),
    });
    return { ...logged, warnings: logged.warnings.map(inTypeScriptWords) };
  } catch (error) {
    throw inCallersWords(error);
  }
}
