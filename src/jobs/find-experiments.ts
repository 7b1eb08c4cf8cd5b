import { type AnnotatedRecord, annotated, isGone } from "../annotations/annotated-record.js";
import type { ProjectAnnotations } from "../annotations/fold-annotations.js";
import { goneExperiment } from "../annotations/gone-experiment.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { shown } from "../experiment/input/values.js";
import { isPredictionId } from "../experiment/prediction-id.js";
import { isRunId } from "../run/run-id.js";
import { openStore } from "../store/open-store.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { findLines } from "../tracking-log/find-lines.js";
import { namedProjects } from "../tracking-log/named-projects.js";
import type { LogProblem } from "../tracking-log/read-log.js";
import { toRecord } from "../tracking-log/row.js";
import { isWorthACatalog, leftCatalog, logBytes } from "./left-catalog.js";

export interface ReadOptions {
  /** The store's folder; by default `ML_TRACKING_STORE`, else `./ml-tracking`. */
  store?: string;
  /** Ends the reading, which then throws its reason. */
  signal?: AbortSignal;
}

export interface Place extends ReadOptions {
  /** Where the experiments are; by default every project is looked through. */
  project?: string;
}

export interface FindOptions extends Place {
  /** Finds experiments in the trash, too. */
  inTrash?: boolean;
}

/** The record of one experiment, without its predictions. @throws TrackingError as `findExperiments` */
export async function findExperiment(predictionId: string, options: Place = {}): Promise<AnnotatedRecord> {
  const [[record]] = (await findExperiments([predictionId], options)) as [[AnnotatedRecord]];
  return record;
}

/**
 * The records of some experiments, in the order asked for: from the catalog that an earlier command or
 * dashboard left, else by looking through the logs once for all of them.
 * @returns for each id one record, or more where several projects have one of that id
 * @throws TrackingError UNKNOWN_EXPERIMENT, also where it is in the trash; UNKNOWN_PROJECT
 */
export async function findExperiments(
  predictionIds: readonly string[],
  options: FindOptions = {},
): Promise<[AnnotatedRecord, ...AnnotatedRecord[]][]> {
  // JavaScript and Python may pass what is no text.
  for (const id of predictionIds as readonly unknown[]) {
    if (typeof id === "string" && isPredictionId(id)) continue;
    if (typeof id === "string" && isRunId(id)) {
      throw new TrackingError(
        "UNKNOWN_EXPERIMENT",
        `unknown experiment: ${shown(id)} is the id of a run, not a prediction id; "ml-tracking show ${id}" lists the experiments of that run`,
      );
    }
    throw new TrackingError(
      "UNKNOWN_EXPERIMENT",
      `unknown experiment: ${shown(id)} is not a prediction id, which has 12 digits and lower-case letters without i, l, o and u; list them with "ml-tracking experiments PROJECT"`,
    );
  }
  const store = openStore(options.store, options.signal);
  const projects = await namedProjects(store, options.project);
  const broken: BrokenRows = new Map();
  const found = await lookUp(store, projects, predictionIds, broken, options.signal);
  const said = new Map<string, ProjectAnnotations>();
  for (const project of new Set(found.map((record) => record.project))) {
    said.set(project, await readAnnotations(store, project));
  }
  const isShown = ({ project, predictionId }: ExperimentRecord) =>
    options.inTrash === true || !isGone(said.get(project)!, predictionId);
  return predictionIds.map((id) => {
    const records = found.filter(({ predictionId }) => predictionId === id);
    const [first, ...others] = records
      .filter(isShown)
      .map((record) => annotated(record, said.get(record.project)!));
    if (first) return [first, ...others];
    const [gone] = records;
    if (gone) throw goneExperiment(said.get(gone.project)!, id, store.address);
    const row = broken.get(id);
    if (row !== undefined) {
      throw new TrackingError(
        "UNKNOWN_EXPERIMENT",
        `unknown experiment: the row of ${id} cannot be read, in ${row.path}, line ${row.line}: ${row.reason}; correct it there ("ml-tracking verify" lists all such rows)`,
      );
    }
    const where = options.project === undefined ? "" : ` in project ${options.project}`;
    throw new TrackingError(
      "UNKNOWN_EXPERIMENT",
      `unknown experiment: there is no ${id}${where} in the store ${store.address}; list the prediction ids with "ml-tracking experiments PROJECT"`,
    );
  });
}

/** Those of some experiments that a project has a row of, in the trash or not. */
export async function rowsOfProject(
  store: Store,
  project: string,
  predictionIds: readonly string[],
): Promise<ExperimentRecord[]> {
  if (predictionIds.length === 0) return [];
  return lookUp(store, [project], predictionIds, new Map(), undefined);
}

/** Rows of the ids asked for that do not hold what their columns promise. */
type BrokenRows = Map<string, LogProblem>;

async function lookUp(
  store: Store,
  projects: readonly string[],
  predictionIds: readonly string[],
  broken: BrokenRows,
  signal: AbortSignal | undefined,
): Promise<ExperimentRecord[]> {
  const isLarge = isWorthACatalog(store, await logBytes(store, projects));
  const catalog = isLarge ? await leftCatalog(store, projects, signal) : undefined;
  if (catalog) {
    try {
      const [project, ...others] = projects;
      return await catalog.records(predictionIds, {
        inTrash: true,
        ...(others.length === 0 ? { project } : {}),
        ...(signal ? { signal } : {}),
      });
    } finally {
      await catalog.close();
    }
  }
  const found: ExperimentRecord[] = [];
  for (const project of projects) found.push(...(await scan(store, project, predictionIds, broken)));
  return found;
}

/** Of two rows of one id in a project the first one counts. */
async function scan(
  store: Store,
  project: string,
  predictionIds: readonly string[],
  broken: BrokenRows,
): Promise<Iterable<ExperimentRecord>> {
  const wanted = new Set(predictionIds);
  const found = new Map<string, ExperimentRecord>();
  for await (const line of findLines(store, project, wanted)) {
    const read = "cells" in line ? toRecord(line.cells) : line;
    if ("cells" in line && "broken" in read) {
      broken.set(line.cells.get("prediction_id")!, { path: line.path, line: line.line, reason: read.broken });
    }
    if (!("record" in read) || found.has(read.record.predictionId)) continue;
    found.set(read.record.predictionId, read.record);
    if (found.size === wanted.size) break;
  }
  return found.values();
}
