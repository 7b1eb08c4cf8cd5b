import { type AnnotatedRecord, annotated, isGone } from "../annotations/annotated-record.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { findPredictions } from "../predictions/find-predictions.js";
import type { PredictionTable } from "../predictions/prediction-table.js";
import { ofOneExperiment } from "../predictions/read/own-failure.js";
import { type ByteRanges, readPredictions } from "../predictions/read/read-predictions.js";
import { storeRanges } from "../predictions/read/store-ranges.js";
import { openStore } from "../store/open-store.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { namedProjects } from "../tracking-log/named-projects.js";
import { everyProject, type ProjectFolders, projectFolders } from "../tracking-log/project-folders.js";
import { type LogProblem, logRecords, readLog } from "../tracking-log/read-log.js";
import { findExperiment, type Place, type ReadOptions } from "./find-experiments.js";

export interface ProjectExperiments {
  project: string;
  /** In the order of the log, one a prediction id; archived ones too, those in the trash not. */
  experiments: AnnotatedRecord[];
  /** Lines that are no rows, and rows that cannot be read; `ml-tracking verify --repair` puts them right. */
  problems: LogProblem[];
}

export interface ExperimentWithPredictions {
  experiment: AnnotatedRecord;
  predictions: PredictionTable;
}

/** The projects of a store, by name; none when nothing was logged there. */
export async function listProjects(options: ReadOptions = {}): Promise<string[]> {
  return (await listFolders(options)).projects;
}

/** The projects of a store, and the folders beside them whose names no project can have. */
export async function listFolders(options: ReadOptions = {}): Promise<ProjectFolders> {
  const store = openStore(options.store, options.signal);
  const [{ odd }, projects] = await Promise.all([projectFolders(store), everyProject(store)]);
  return { projects, odd };
}

/**
 * The experiments of a project.
 * @throws TrackingError UNKNOWN_PROJECT
 */
export async function readExperiments(
  project: string,
  options: ReadOptions = {},
): Promise<ProjectExperiments> {
  const store = openStore(options.store, options.signal);
  const [name] = (await namedProjects(store, project)) as [string];
  const { experiments, problems } = await readLog(store, name);
  const said = await readAnnotations(store, name);
  return {
    project: name,
    experiments: experiments
      .filter(({ predictionId }) => !isGone(said, predictionId))
      .map((record) => annotated(record, said)),
    problems: [...problems, ...said.problems],
  };
}

/**
 * The same one by one, so that a large log need not be in memory.
 * @throws TrackingError UNKNOWN_PROJECT
 */
export async function* eachExperiment(
  project: string,
  { store: address, signal, onProblem }: ReadOptions & { onProblem: (problem: LogProblem) => void },
): AsyncGenerator<AnnotatedRecord, void, undefined> {
  const store = openStore(address, signal);
  const [name] = (await namedProjects(store, project)) as [string];
  const said = await readAnnotations(store, name);
  for (const problem of said.problems) onProblem(problem);
  for await (const record of logRecords(store, name, onProblem)) {
    if (!isGone(said, record.predictionId)) yield annotated(record, said);
  }
}

/**
 * One experiment with its predictions.
 * @param options.project spares looking into every project
 * @throws TrackingError UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, PREDICTIONS_NOT_READABLE
 */
export async function readExperiment(
  predictionId: string,
  options: Place = {},
): Promise<ExperimentWithPredictions> {
  const experiment = await findExperiment(predictionId, options);
  const store = openStore(options.store, options.signal);
  const file = await predictionsFile(store, experiment);
  return { experiment, predictions: await readPredictions(file, { name: experiment.predictions }) };
}

/** @throws TrackingError PREDICTIONS_NOT_READABLE when the file is not there */
export async function predictionsFile(store: Store, experiment: ExperimentRecord): Promise<ByteRanges> {
  const file = await ofOneExperiment(() => findPredictions(store, experiment.predictions));
  if (!file) {
    throw new TrackingError(
      "PREDICTIONS_NOT_READABLE",
      `the predictions of ${experiment.predictionId} are not at ${experiment.predictions} in the store ${store.address}; bring the file back from a backup, its row in the tracking log is intact`,
    );
  }
  return storeRanges(store, file.path, file.size);
}
