import { randomBytes } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ReportedNumber } from "../definitions/check-reported.js";
import { compactJson } from "../experiment/compact-json.js";
import { testSetDigest } from "../experiment/digest/test-set-digest.js";
import { recentEnvironment } from "../experiment/environment/recent-environment.js";
import type { RunEnvironment } from "../experiment/environment/run-environment.js";
import type { Label } from "../experiment/input/class-labels.js";
import type { ClassOrder } from "../experiment/input/class-order.js";
import {
  type CheckedInput,
  type ClassOutcome,
  checkInput,
  type ExperimentInput,
  type NumberOutcome,
} from "../experiment/input/experiment-input.js";
import { readable } from "../experiment/input/read-arguments.js";
import { describeModel } from "../experiment/model/model-description.js";
import { positiveLabelText } from "../experiment/positive-label-text.js";
import { newPredictionId } from "../experiment/prediction-id.js";
import type { WeightTotals } from "../experiment/sample-weight.js";
import { predictionsPath } from "../predictions/predictions-path.js";
import { parquetChunks } from "../predictions/write/write-predictions.js";
import { isRunId, noRunId } from "../run/run-id.js";
import { classificationScores } from "../scores/classification-sample.js";
import { probabilityTolerance } from "../scores/probability-tolerance.js";
import { regressionScores } from "../scores/regression-sample.js";
import type { ClassificationSample } from "../scores/sample.js";
import type { ScoreNote } from "../scores/score-note.js";
import { deliverWaiting } from "../spool/deliver-waiting.js";
import { keepInSpool, notStored } from "../spool/keep-in-spool.js";
import { noteFailure, recentFailure } from "../spool/outage.js";
import { type SpoolFolders, spoolFolders } from "../spool/spool-folders.js";
import type { SpooledRecord } from "../spool/spooled-record.js";
import { openStore } from "../store/open-store.js";
import type { Store } from "../store/store.js";
import { isStoreFailure } from "../store/store-failure.js";
import { TrackingError, visibleText } from "../tracking-error.js";
import { appendRow } from "../tracking-log/append-row.js";
import { utcDay } from "../tracking-log/log-file-name.js";
import { refuseOtherCaseAtFirst } from "../tracking-log/refuse-other-case.js";
import { headerLine, rowLine } from "../tracking-log/row.js";
import { predictionColumns, predictionMetadata, targetTypeOf, trueColumn } from "./prediction-columns.js";

/** What `logExperiment` did. */
export type LoggedExperiment = (StoredExperiment | SpooledExperiment) & {
  /** The experiment's id: 12 characters. */
  predictionId: string;
  /** The project's name as it is stored. */
  project: string;
  /** By scikit-learn's names. An undefined score is not there; its reason is among the warnings. */
  scores: Record<string, number>;
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

/** It is in the store, durable. */
export interface StoredExperiment {
  stored: true;
  /** Where it lies, relative to the store. */
  paths: { store: string; trackingLog: string; predictions: string; spool?: undefined };
}

/**
 * The store could not take it, so it is NOT there: it waits in a file of the local spool until it can be
 * delivered.
 */
export interface SpooledExperiment {
  stored: false;
  /** The predictions will lie there once it is delivered; `spool` is the whole path of the file. */
  paths: { store: string; trackingLog?: undefined; predictions: string; spool: string };
}

/** What the world gives; replaced in tests. */
export interface World {
  now: () => Date;
  randomBytes: (count: number) => Uint8Array;
  environment: (source: string | undefined) => Promise<RunEnvironment>;
  openStore: (address: string | undefined) => Store;
  spoolFolders: () => SpoolFolders;
  /** Says out loud, at once, what must not be missed. */
  warn: (text: string) => void;
  /**
   * The prediction id, where the caller chose it so that it can repeat a call that was never answered:
   * predictions that are there under this id are those of the first attempt.
   */
  predictionId?: string;
  /**
   * Until the row is being added it ends the call, which then throws its reason and leaves nothing; from then
   * on the call goes on to its end.
   */
  signal?: AbortSignal;
}

const realWorld: World = {
  now: () => new Date(),
  randomBytes,
  environment: (source) => recentEnvironment(source === undefined ? {} : { source }),
  openStore,
  spoolFolders,
  warn: (text) => process.emitWarning(visibleText(text), "TrackingWarning"),
};

/**
 * Logs one experiment: checks everything, computes the scores, keeps the predictions as Parquet and then adds
 * the row to the project's tracking log. When it returns `stored: true`, both are durable. Where the store
 * cannot take them, they are kept in the local spool, the process is warned and `stored` is false; `strict`
 * throws instead. When it throws, there is no row.
 * @throws TrackingError before anything is written where an argument is bad; STORE_NOT_WRITABLE where the
 * store cannot take it and `strict` is given, or the spool cannot take it either
 */
export async function logExperiment(
  input: ExperimentInput,
  world: Partial<World> = {},
): Promise<LoggedExperiment> {
  const place: World = { ...realWorld, ...world };
  const checked = readable(() => checkInput(input, probabilityTolerance), "an argument");
  if (checked.runId !== undefined && !isRunId(checked.runId)) throw noRunId("run_id", checked.runId);
  const model = readable(() => describeModel(checked.model), "parameters.model");
  const modelParameters = compactJson(model.parameters, "parameters.model");
  const store = place.openStore(input.store);
  const folders = place.spoolFolders(); // what is wrong with them is said before anything is written
  const surroundings = place.environment(checked.source); // git answers while the scores are computed
  for (const alarm of checked.alarms) place.warn(alarm);

  const { scores, notes } = scoresOf(checked);
  const reported = checked.reported === undefined ? [] : await holdReported(checked, scores);
  const positive = positiveLabel(checked.outcome);
  const digest = testSetDigest(checked.testSet, trueColumn(checked.outcome));
  const loggedAt = place.now();
  const ran = await surroundings;
  const recordOf = (predictionId: string): SpooledRecord => {
    const type = targetTypeOf(checked.outcome);
    const predictions = predictionsPath(checked.project, utcDay(loggedAt), predictionId, type);
    const line = rowLine({
      predictionId,
      loggedAt,
      project: checked.project,
      name: checked.name,
      kind: checked.kind,
      model: model.name,
      modelParameters: modelParameters.text,
      datasetUri: checked.datasetUri,
      targetColumn: checked.targetColumn,
      testSetSize: checked.testSet.values.length,
      testSetDigest: digest,
      samples: checked.samples,
      predictions,
      scores,
      positiveLabel: positive === undefined ? undefined : positiveLabelText(positive),
      extraParameters: checked.extraParameters,
      user: ran.user,
      host: ran.host,
      source: ran.source,
      gitCommit: ran.gitCommit,
      gitDirty: ran.gitDirty,
      runtime: compactJson(ran.runtime, "runtime").text,
      runId: checked.runId,
    });
    return {
      store: store.address,
      project: checked.project,
      predictionId,
      predictions,
      header: headerLine,
      line,
      newCsv: checked.newCsv,
      loggedAt,
    };
  };
  const { predictionId, outcome, warnings } = await keep(store, recordOf, checked, {
    ...place,
    spoolFolders: () => folders,
  });

  const { outcome: predicted } = checked;
  const hasColumns = predicted.kind === "classification" && predicted.scoreColumns > 1;
  return {
    predictionId,
    project: checked.project,
    ...outcome,
    scores,
    ...(positive === undefined ? {} : { positiveLabel: positive }),
    ...(hasColumns ? { classOrder: predicted.classOrder } : {}),
    ...(checked.sampleWeight ? { sampleWeight: totalsOf(checked.sampleWeight) } : {}),
    ...(reported.length > 0 ? { reported } : {}),
    warnings: [
      ...warnings,
      ...checked.warnings,
      ...reported.filter(({ verdict }) => verdict !== "matches").map(({ summary }) => summary),
      ...omittedSettings(model.omitted),
      ...(model.warnings ?? []),
      ...modelParameters.warnings,
      ...notes.map(noteText),
      ...ran.warnings,
    ],
  };
}

interface KeptExperiment {
  predictionId: string;
  outcome: StoredExperiment | SpooledExperiment;
  warnings: string[];
}

/**
 * Stores an experiment under a fresh id, or the chosen one, and delivers what waits for the store; or keeps
 * it in the spool.
 */
async function keep(
  store: Store,
  recordOf: (predictionId: string) => SpooledRecord,
  checked: CheckedInput,
  { now, randomBytes: random, predictionId: chosen, spoolFolders: folders, warn, signal }: World,
): Promise<KeptExperiment> {
  if (signal) await nextTurn(); // whoever wanted to end it while the scores were computed can do so now
  for (let tries = 0; tries < 10; tries++) {
    const record = recordOf(chosen ?? newPredictionId(random));
    const { predictionId, predictions } = record;
    const parquet = () =>
      parquetChunks({
        rows: checked.samples,
        columns: predictionColumns(checked),
        metadata: predictionMetadata(checked, predictionId),
      });
    const paths = { store: store.address, predictions };
    signal?.throwIfAborted();
    const down = checked.strict ? undefined : recentFailure(store);
    const put = down ?? (await putRecord(store, record, parquet(), chosen !== undefined, signal));
    if (put === "exists") continue;
    if ("trackingLog" in put) {
      const outcome = { stored: true, paths: { ...paths, trackingLog: put.trackingLog } } as const;
      const warnings = signal?.aborted ? [] : await deliverWaiting(store, folders(), now);
      return { predictionId, outcome, warnings };
    }
    if (checked.strict) throw put.failure;
    const kept = await keepInSpool(record, put.failure, parquet, folders());
    const warning = notStored(predictionId, put.failure, kept);
    warn(warning);
    return {
      predictionId,
      outcome: { stored: false, paths: { ...paths, spool: kept.file } },
      warnings: [warning],
    };
  }
  throw new TrackingError(
    "INTERNAL_ERROR",
    `ten new prediction ids in a row exist already in the store ${store.address}; the random source is broken`,
  );
}

/**
 * Writes the predictions and then the row. Until the row is there, the predictions belong to no experiment.
 * @param idIsChosen predictions that are there under this id are those of the first attempt
 * @returns the log file that has the row; or why the store failed; or that the id is taken
 */
async function putRecord(
  store: Store,
  { project, predictions, header, line, newCsv, loggedAt }: SpooledRecord,
  parquet: Iterable<Uint8Array>,
  idIsChosen: boolean,
  signal: AbortSignal | undefined,
): Promise<{ trackingLog: string } | { failure: unknown } | "exists"> {
  const start = performance.now();
  try {
    await refuseOtherCaseAtFirst(store, project);
    const created = await store.create(predictions, parquet, { signal });
    if (created === "exists" && !idIsChosen) return "exists";
    if (signal?.aborted && created === "created") await takeAway(store, predictions);
    signal?.throwIfAborted();
    return { trackingLog: await appendRow(store, project, header, line, { newCsv, now: loggedAt }) };
  } catch (failure) {
    if (isEnded(failure, signal)) throw failure;
    if (!isStoreFailure(failure)) {
      // A bucket that refuses a twin of a project does so at its first row.
      if (failure instanceof TrackingError && failure.code === "INVALID_PROJECT_NAME")
        await takeAway(store, predictions);
      throw failure;
    }
    noteFailure(store, failure, performance.now() - start);
    return { failure };
  }
}

/** Whether a call failed because its signal ended it. */
function isEnded(failure: unknown, signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true && failure === signal.reason;
}

/** Removes predictions that no row will name. Where that fails they stay for verify, which finds them. */
async function takeAway(store: Store, predictions: string): Promise<void> {
  try {
    const file = await store.stat(predictions);
    if (file) await store.removeIfUnchanged(predictions, file.version);
  } catch (error) {
    if (!isStoreFailure(error)) throw error;
  }
}

/** What the predictions say to the numbers that were reported. */
async function holdReported(
  { outcome, reported, sampleWeight }: CheckedInput,
  scores: Readonly<Record<string, number>>,
): Promise<ReportedNumber[]> {
  const { checkReported, readReported } = await import("../definitions/check-reported.js");
  const sample =
    outcome.kind === "regression" ? outcome : ({ kind: "classification", ...classSample(outcome) } as const);
  return checkReported(sample, scores, readReported(reported), sampleWeight !== undefined);
}

function scoresOf({ outcome, sampleWeight }: CheckedInput): {
  scores: Record<string, number>;
  notes: ScoreNote[];
} {
  const weighted = sampleWeight ? { weights: sampleWeight.values } : {};
  if (outcome.kind === "regression") return regressionScores({ ...outcome, ...weighted });
  return classificationScores({ ...classSample(outcome), ...weighted });
}

function totalsOf({ sum, effectiveSamples }: WeightTotals): WeightTotals {
  return { sum, effectiveSamples };
}

function classSample({ classes, yScore }: ClassOutcome): ClassificationSample {
  return {
    labels: classes.labels,
    yTrue: classes.yTrue.codes,
    yPred: classes.yPred.codes,
    ...(classes.positive === undefined ? {} : { positive: classes.positive }),
    ...(yScore === undefined ? {} : { yScore }),
  };
}

function positiveLabel(outcome: ClassOutcome | NumberOutcome): Label | undefined {
  if (outcome.kind === "regression" || outcome.classes.positive === undefined) return undefined;
  return outcome.classes.labels[outcome.classes.positive];
}

function noteText({ score, undefined: isUndefined, reason }: ScoreNote): string {
  return isUndefined ? `${score} is undefined: ${reason}` : `${score}: ${reason}`;
}

function omittedSettings(omitted: readonly string[]): string[] {
  if (omitted.length === 0) return [];
  return [`not recorded of the model: ${omitted.join(", ")}`];
}
