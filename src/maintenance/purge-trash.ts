import { annotationLog } from "../annotations/annotation-line.js";
import { appendAnnotations } from "../annotations/append-annotations.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import { currentUser } from "../experiment/environment/run-environment.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { projectName } from "../experiment/project-name.js";
import { type Place, rowsOfProject } from "../jobs/find-experiments.js";
import { findPredictions } from "../predictions/find-predictions.js";
import { possiblePaths, predictionsFolder } from "../predictions/predictions-path.js";
import { inParallel } from "../store/in-parallel.js";
import { openStore } from "../store/open-store.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { dropRepeatedRows } from "../tracking-log/drop-repeated-rows.js";
import { type RowCells, trackingLog } from "../tracking-log/log-shape.js";
import { namedProjects } from "../tracking-log/named-projects.js";
import { projectFolders } from "../tracking-log/project-folders.js";
import { removeRows } from "../tracking-log/remove-rows.js";

/** An experiment that is to be removed for good, or is being removed. */
export interface PurgedExperiment {
  predictionId: string;
  project: string;
  name: string | undefined;
  predictions: string;
  /** Of its predictions; its row takes a few hundred more. */
  bytes: number;
}

export interface PurgeOptions extends Omit<Place, "store"> {
  /** Its address; by default `ML_TRACKING_STORE`, else `./ml-tracking`. */
  store?: string | Store;
  /** These alone; by default everything in the trash. */
  predictionIds?: readonly string[] | undefined;
  author?: string;
  onProgress?: ((done: number, total: number) => void) | undefined;
  now?: () => Date;
}

/** Files that are looked at, or removed, at the same time. */
const atOnce = 8;

/**
 * What a purge would remove, and how many bytes: the experiments in the trash, and those whose purge was
 * stopped. Changes nothing.
 * @throws TrackingError UNKNOWN_PROJECT; INVALID_ARGUMENT where an id that is named is not in the trash
 */
export async function plannedPurge(options: PurgeOptions = {}): Promise<PurgedExperiment[]> {
  const store = storeOf(options);
  const planned: PurgedExperiment[] = [];
  const wanted = options.predictionIds && new Set(options.predictionIds);
  for (const project of await purgedProjects(store, options.project)) {
    const { experiments } = await readAnnotations(store, project);
    const ids = [...experiments].flatMap(([id, { state }]) =>
      state === "there" || (wanted && !wanted.has(id)) ? [] : [id],
    );
    const records = await rowsOfProject(store, project, ids);
    await inParallel(records, atOnce, async (record) => {
      const { predictionId, predictions } = record;
      const size = isOwnFile(record) ? ((await findPredictions(store, predictions))?.size ?? 0) : 0;
      const name = experiments.get(predictionId)?.name ?? record.name;
      planned.push({ predictionId, project, name, predictions, bytes: size });
    });
  }
  const found = new Set(planned.map(({ predictionId }) => predictionId));
  const missing = [...(wanted ?? [])].find((id) => !found.has(id));
  if (missing === undefined) return planned.sort(byPredictionId);
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `${missing} is not in the trash, and only what is there can be purged: "ml-tracking delete ${missing}" puts it there, "ml-tracking trash" lists what is`,
  );
}

/**
 * Removes the experiments of the trash for good: their predictions, their rows, and what was said of them but
 * for one line that says so. That line is written first, so that a purge that was stopped is taken up by doing
 * it again, and no other row is ever touched. Safe while others log, or purge.
 * @returns those that this purge removed, not another one at the same time
 * @throws TrackingError as `plannedPurge`; STORE_NOT_WRITABLE
 */
export async function purgeTrash(options: PurgeOptions = {}): Promise<PurgedExperiment[]> {
  const { author = currentUser(), now = () => new Date(), onProgress } = options;
  const store = storeOf(options);
  const planned = await plannedPurge(options);
  const purged = new Set<PurgedExperiment>();
  let done = 0;
  for (const project of await purgedProjects(store, options.project)) {
    const those = planned.filter((each) => each.project === project);
    const ids = new Set(those.map(({ predictionId }) => predictionId));
    if (ids.size > 0) {
      await sayPurged(store, project, ids, { author, now: now() });
      await inParallel(those, atOnce, async (each) => {
        if (isOwnFile(each) && (await removeFiles(store, each.predictions))) purged.add(each);
        onProgress?.(++done, planned.length);
      });
      const isUnwanted = ({ cells }: { cells: RowCells }) => ids.has(cells.get("prediction_id")!);
      const taken = await removeRows(store, project, { now, isUnwanted });
      // What was there has gone with its predictions; where these were gone already, with its row.
      for (const each of those) if (each.bytes === 0 && taken.has(each.predictionId)) purged.add(each);
    }
    await forget(store, project, now);
  }
  return [...purged].sort(byPredictionId);
}

function byPredictionId(a: PurgedExperiment, b: PurgedExperiment): number {
  return a.predictionId < b.predictionId ? -1 : 1;
}

function storeOf({ store, signal }: PurgeOptions): Store {
  return typeof store === "object" ? store : openStore(store, signal);
}

/** The project that is named, or all: also those of which a purge has left nothing but what was said. */
export async function purgedProjects(store: Store, project: string | undefined): Promise<string[]> {
  const { projects } = await projectFolders(store, annotationLog);
  if (project !== undefined && projects.includes(projectName(project))) return [projectName(project)];
  const known = await namedProjects(store, project);
  return project === undefined ? [...new Set([...known, ...projects])].sort() : known;
}

/** From here on they cannot be restored, and are gone everywhere, the trash included. */
async function sayPurged(
  store: Store,
  project: string,
  ids: ReadonlySet<string>,
  said: { author: string; now: Date },
): Promise<void> {
  const { experiments } = await readAnnotations(store, project);
  const fresh = [...ids].filter((id) => experiments.get(id)?.state !== "purged");
  if (fresh.length === 0) return;
  await appendAnnotations(
    store,
    project,
    fresh.map((target) => ({ target, action: "purge" })),
    said,
  );
}

/** Of what was said of purged ones, the purge alone stays: their names, notes and tags go with them. */
async function forget(store: Store, project: string, now: () => Date): Promise<void> {
  const { experiments } = await readAnnotations(store, project);
  const purged = [...experiments].filter(([, { state }]) => state === "purged");
  if (purged.length === 0) return;
  const ids = new Set(purged.flatMap(([id, { linesBesidePurge }]) => (linesBesidePurge > 0 ? [id] : [])));
  if (ids.size > 0) {
    await removeRows(store, project, {
      now,
      log: annotationLog,
      isUnwanted: ({ cells }) => ids.has(cells.get("target")!) && cells.get("action") !== "purge",
    });
  }
  for (const log of [trackingLog, annotationLog]) await dropRepeatedRows(store, project, { now, log });
}

/** A row that somebody edited may name another's file: that one stays. */
function isOwnFile({
  project,
  predictionId,
  predictions,
}: Pick<ExperimentRecord, "project" | "predictionId" | "predictions">): boolean {
  const name = predictions.slice(predictions.lastIndexOf("/") + 1);
  return predictions.startsWith(`${predictionsFolder(project)}/`) && name.startsWith(`${predictionId}.`);
}

/**
 * Removes a file of predictions, under whatever name a compaction has given it meanwhile.
 * @returns whether it was removed here, and not by somebody else
 */
async function removeFiles(store: Store, predictions: string): Promise<boolean> {
  const removed: boolean[] = [];
  for (const path of possiblePaths(predictions)) removed.push(await removeFile(store, path));
  return removed.includes(true);
}

async function removeFile(store: Store, path: string): Promise<boolean> {
  for (;;) {
    const file = await store.stat(path);
    if (!file) return false;
    const outcome = await store.removeIfUnchanged(path, file.version);
    if (outcome !== "changed") return outcome === "removed";
  }
}
