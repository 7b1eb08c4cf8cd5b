import { randomBytes } from "node:crypto";

import type { Label } from "./experiment/class-labels.js";
import { compactJson } from "./experiment/compact-json.js";
import {
  type CheckedInput,
  type ClassOutcome,
  checkInput,
  type ExperimentInput,
  type NumberOutcome,
} from "./experiment/experiment-input.js";
import { describeModel } from "./experiment/model-description.js";
import { newPredictionId } from "./experiment/prediction-id.js";
import { type RunEnvironment, runEnvironment } from "./experiment/run-environment.js";
import { testSetDigest } from "./experiment/test-set-digest.js";
import { predictionColumns, predictionMetadata, trueColumn } from "./prediction-columns.js";
import { parquetChunks } from "./predictions/write-predictions.js";
import { classificationScores } from "./scores/classification-sample.js";
import { regressionScores } from "./scores/regression-sample.js";
import type { ScoreNote } from "./scores/score-note.js";
import { openStore } from "./store/open-store.js";
import type { Store } from "./store/store.js";
import { TrackingError } from "./tracking-error.js";
import { appendRow } from "./tracking-log/append-row.js";
import { utcDay } from "./tracking-log/log-file-name.js";
import { rowLine } from "./tracking-log/row.js";

/** What `logExperiment` did. */
export interface LoggedExperiment {
  /** The experiment's id: 12 characters. */
  predictionId: string;
  /** The project's name as it is stored. */
  project: string;
  /** By scikit-learn's names. An undefined score is not there; its reason is among the warnings. */
  scores: Record<string, number>;
  /** Two classes: the one that precision, recall, F1 and the scores of yScore are about. */
  positiveLabel?: Label;
  /** Sentences to show to the user. */
  warnings: string[];
  /** Where the experiment lies, relative to the store. */
  paths: { store: string; trackingLog: string; predictions: string };
}

/** What the world gives; replaced in tests. */
export interface World {
  now: () => Date;
  randomBytes: (count: number) => Uint8Array;
  environment: (source: string | undefined) => Promise<RunEnvironment>;
  openStore: (address: string | undefined) => Store;
}

const realWorld: World = {
  now: () => new Date(),
  randomBytes,
  environment: recentEnvironment,
  openStore,
};

/** In a burst of calls git is asked once: how long its answer is taken as still true. */
const freshFor = 2_000;
const recent = new Map<string | undefined, { since: number; environment: Promise<RunEnvironment> }>();

function recentEnvironment(source: string | undefined): Promise<RunEnvironment> {
  const before = recent.get(source);
  if (before && performance.now() - before.since < freshFor) return before.environment;
  const environment = runEnvironment(source === undefined ? {} : { source });
  recent.set(source, { since: performance.now(), environment });
  return environment;
}

/**
 * Logs one experiment: checks everything, computes the scores, keeps the predictions as Parquet and then adds the row to the
 * project's tracking log. When it returns, both are durable; when it throws, there is no row.
 * @throws TrackingError before anything is written where an argument is bad; STORE_NOT_WRITABLE where the store cannot take it
 */
export async function logExperiment(
  input: ExperimentInput,
  world: Partial<World> = {},
): Promise<LoggedExperiment> {
  const { now, randomBytes: random, environment, openStore: open } = { ...realWorld, ...world };
  const checked = checkInput(input);
  const model = describeModel(checked.model);
  const modelParameters = compactJson(model.parameters, "parameters.model");
  const store = open(input.store);
  const surroundings = environment(checked.source); // git answers while the scores are computed

  const { scores, notes } = scoresOf(checked.outcome);
  const digest = testSetDigest(checked.testSet, trueColumn(checked.outcome));
  const loggedAt = now();
  const { predictionId, predictions } = await keepPredictions(store, checked, loggedAt, random);

  const ran = await surroundings;
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
    extraParameters: checked.extraParameters,
    user: ran.user,
    host: ran.host,
    source: ran.source,
    gitCommit: ran.gitCommit,
    gitDirty: ran.gitDirty,
    runtime: compactJson(ran.runtime, "runtime").text,
  });
  const trackingLog = await appendRow(store, checked.project, checked.kind, line, {
    newCsv: checked.newCsv,
    now: loggedAt,
  });

  const positive = positiveLabel(checked.outcome);
  return {
    predictionId,
    project: checked.project,
    scores,
    ...(positive === undefined ? {} : { positiveLabel: positive }),
    warnings: [
      ...checked.warnings,
      ...omittedSettings(model.omitted),
      ...modelParameters.warnings,
      ...notes.map(noteText),
      ...ran.warnings,
    ],
    paths: { store: store.address, trackingLog, predictions },
  };
}

function scoresOf(outcome: ClassOutcome | NumberOutcome): {
  scores: Record<string, number>;
  notes: ScoreNote[];
} {
  if (outcome.kind === "regression") return regressionScores(outcome);
  const { classes, yScore } = outcome;
  return classificationScores({
    labels: classes.labels,
    yTrue: classes.yTrue.codes,
    yPred: classes.yPred.codes,
    ...(classes.positive === undefined ? {} : { positive: classes.positive }),
    ...(yScore === undefined ? {} : { yScore }),
  });
}

/** Writes the predictions under a fresh id. Until the row is there, they belong to no experiment. */
async function keepPredictions(
  store: Store,
  checked: CheckedInput,
  loggedAt: Date,
  random: World["randomBytes"],
): Promise<{ predictionId: string; predictions: string }> {
  for (let tries = 0; tries < 10; tries++) {
    const predictionId = newPredictionId(random);
    const predictions = `predictions/${checked.project}/${utcDay(loggedAt)}/${predictionId}.parquet`;
    const chunks = parquetChunks({
      rows: checked.samples,
      columns: predictionColumns(checked),
      metadata: predictionMetadata(checked, predictionId),
    });
    if ((await store.create(predictions, chunks)) === "created") return { predictionId, predictions };
  }
  throw new TrackingError(
    "STORE_NOT_WRITABLE",
    `ten new prediction ids in a row exist already in the store ${store.address}; the random source is broken`,
  );
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
