import type { ExperimentRecord } from "./experiment/experiment-record.js";
import { isPredictionId } from "./experiment/prediction-id.js";
import { ofOneExperiment } from "./predictions/own-failure.js";
import type { PredictionTable } from "./predictions/prediction-table.js";
import { type ByteRanges, readPredictions } from "./predictions/read-predictions.js";
import { openStore } from "./store/open-store.js";
import type { Store } from "./store/store.js";
import { TrackingError } from "./tracking-error.js";
import { namedProjects } from "./tracking-log/named-projects.js";
import { type ProjectFolders, projectFolders } from "./tracking-log/project-folders.js";
import { type LogProblem, readLog } from "./tracking-log/read-log.js";

export interface ReadOptions {
  /** The store's folder; by default `ML_TRACKING_STORE`, else `./ml-tracking`. */
  store?: string;
}

export interface ProjectExperiments {
  project: string;
  /** In the order of the log, one a prediction id. */
  experiments: ExperimentRecord[];
  /** Lines that are no rows, and rows that cannot be read; `ml-tracking verify --repair` puts them right. */
  problems: LogProblem[];
}

export interface ExperimentWithPredictions {
  experiment: ExperimentRecord;
  predictions: PredictionTable;
}

/** The projects of a store, by name; none when nothing was logged there. */
export async function listProjects(options: ReadOptions = {}): Promise<string[]> {
  return (await listFolders(options)).projects;
}

/** The projects of a store, and the folders beside them whose names no project can have. */
export async function listFolders(options: ReadOptions = {}): Promise<ProjectFolders> {
  return projectFolders(openStore(options.store));
}

/**
 * The experiments of a project.
 * @throws TrackingError UNKNOWN_PROJECT
 */
export async function readExperiments(
  project: string,
  options: ReadOptions = {},
): Promise<ProjectExperiments> {
  const store = openStore(options.store);
  const [name] = (await namedProjects(store, project)) as [string];
  return { project: name, ...(await readLog(store, name)) };
}

/**
 * One experiment with its predictions.
 * @param options.project spares looking into every project
 * @throws TrackingError UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, PREDICTIONS_NOT_READABLE
 */
export async function readExperiment(
  predictionId: string,
  options: ReadOptions & { project?: string } = {},
): Promise<ExperimentWithPredictions> {
  const experiment = await findExperiment(predictionId, options);
  const store = openStore(options.store);
  return { experiment, predictions: await readPredictions(await predictionsFile(store, experiment)) };
}

/** The record of one experiment, without its predictions. */
export async function findExperiment(
  predictionId: string,
  options: ReadOptions & { project?: string } = {},
): Promise<ExperimentRecord> {
  const store = openStore(options.store);
  if (!isPredictionId(predictionId)) {
    throw new TrackingError(
      "UNKNOWN_EXPERIMENT",
      `unknown experiment: ${JSON.stringify(predictionId.slice(0, 60))} is not a prediction id, which has 12 digits and lower-case letters without i, l, o and u; list them with "ml-tracking experiments PROJECT"`,
    );
  }
  const projects = options.project === undefined ? await listProjects(options) : [options.project];
  for (const project of projects) {
    const { experiments } = await readExperiments(project, options);
    const found = experiments.find((experiment) => experiment.predictionId === predictionId);
    if (found) return found;
  }
  const where = options.project === undefined ? "" : ` in project ${options.project}`;
  throw new TrackingError(
    "UNKNOWN_EXPERIMENT",
    `unknown experiment: there is no ${predictionId}${where} in the store ${store.address}; list the prediction ids with "ml-tracking experiments PROJECT"`,
  );
}

/** @throws TrackingError PREDICTIONS_NOT_READABLE when the file is not there */
export async function predictionsFile(store: Store, experiment: ExperimentRecord): Promise<ByteRanges> {
  const path = experiment.predictions;
  const file = await ofOneExperiment(() => store.stat(path));
  if (!file) {
    throw new TrackingError(
      "PREDICTIONS_NOT_READABLE",
      `the predictions of ${experiment.predictionId} are not at ${path} in the store ${store.address}; bring the file back from a backup, its row in the tracking log is intact`,
    );
  }
  return {
    byteLength: file.size,
    slice: async (start, end = file.size) => {
      const bytes = await ofOneExperiment(() => store.readRange(path, start, end));
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    },
  };
}
