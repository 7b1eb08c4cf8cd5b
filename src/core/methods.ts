import type { ExperimentInput } from "../experiment/experiment-input.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { recentEnvironment } from "../experiment/recent-environment.js";
import type { Runtime } from "../experiment/run-environment.js";
import { type LoggedExperiment, logExperiment } from "../log-experiment.js";
import {
  findExperiment,
  listProjects,
  type ReadOptions,
  readExperiment,
  readExperiments,
} from "../read-experiments.js";
import { TrackingError } from "../tracking-error.js";
import { experimentInput, type SentExperiment } from "./experiment-input.js";
import { type SentArrays, sentColumn } from "./sent-values.js";

/** What a client can ask for: the method's arguments, to a result for JSON and the arrays that it refers to. */
export type Method = (given: never, arrays: SentArrays) => Promise<unknown>;

export const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ["log_experiment", logSent],
  ["find_logged", findLogged],
  ["list_projects", async (given: ReadOptions) => listProjects(given)],
  ["read_experiments", readSent],
  ["read_experiment", readWhole],
]);

interface LogRequest {
  experiment: SentExperiment;
  /** Chosen by the client, so that it can find out what became of a call that was never answered. */
  prediction_id: string;
  runtime: Runtime;
}

async function logSent({ experiment, prediction_id: predictionId, runtime }: LogRequest): Promise<unknown> {
  const logged = await logExperiment(experimentInput(experiment) as unknown as ExperimentInput, {
    predictionId,
    environment: (source) => recentEnvironment({ source: source ?? "", runtime }),
  });
  return sentOutcome(logged);
}

function sentOutcome({
  predictionId,
  project,
  stored,
  scores,
  positiveLabel,
  warnings,
  paths,
}: LoggedExperiment) {
  return {
    prediction_id: predictionId,
    project,
    stored,
    scores,
    positive_label: typeof positiveLabel === "bigint" ? { $number: String(positiveLabel) } : positiveLabel,
    warnings,
    paths: {
      store: paths.store,
      tracking_log: paths.trackingLog ?? null,
      predictions: paths.predictions,
      spool: paths.spool ?? null,
    },
  };
}

/** The record of an experiment whose logging was never answered; null where there is no row of it. */
async function findLogged(given: { prediction_id: string; project: string } & ReadOptions): Promise<unknown> {
  try {
    return sentRecord(await findExperiment(given.prediction_id, given));
  } catch (error) {
    if (error instanceof TrackingError && notThere.has(error.code)) return null;
    throw error;
  }
}

const notThere = new Set(["UNKNOWN_PROJECT", "UNKNOWN_EXPERIMENT"]);

async function readSent(given: { project: string } & ReadOptions): Promise<unknown> {
  const { project, experiments, problems } = await readExperiments(given.project, given);
  return { project, experiments: experiments.map(sentRecord), problems };
}

async function readWhole(
  given: { prediction_id: string; project?: string } & ReadOptions,
  arrays: SentArrays,
): Promise<unknown> {
  const { experiment, predictions } = await readExperiment(given.prediction_id, given);
  const columns = predictions.columns.map((column) => [column.name, sentColumn(column, arrays)] as const);
  return { experiment: sentRecord(experiment), predictions: columns };
}

/** A record by the names of the tracking log's columns. */
function sentRecord(record: ExperimentRecord): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value ?? null,
    ]),
  );
}
