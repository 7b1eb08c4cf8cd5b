import { appendAnnotations } from "../annotations/append-annotations.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import { currentUser } from "../experiment/environment/run-environment.js";
import { historyFolder } from "../history/history-folder.js";
import type { Place } from "../jobs/find-experiments.js";
import { artifactFolder } from "../run/artifact-path.js";
import { readRunLog } from "../run/read-run-log.js";
import { isRunId } from "../run/run-id.js";
import { runLog } from "../run/run-line.js";
import type { RunRecord } from "../run/run-record.js";
import { inParallel } from "../store/in-parallel.js";
import { openStore } from "../store/open-store.js";
import type { Store } from "../store/store.js";
import { removeRows } from "../tracking-log/remove-rows.js";
import { purgedProjects } from "./purge-trash.js";

/** A run that is to be removed for good, or was. */
export interface PurgedRun {
  runId: string;
  project: string;
  name: string | undefined;
  /** Of its events and artifacts. */
  bytes: number;
}

export interface PurgeRunsOptions extends Place {
  /** These alone; by default all that are in the trash. */
  runIds?: readonly string[] | undefined;
  author?: string;
  now?: () => Date;
}

const atOnce = 8;

/** What `purgeRuns` would remove. Changes nothing. @throws TrackingError UNKNOWN_PROJECT */
export async function plannedRunPurge(options: PurgeRunsOptions = {}): Promise<PurgedRun[]> {
  const planned: PurgedRun[] = [];
  for (const { runs, store } of await runsInTrash(options)) {
    for (const run of runs) {
      let bytes = 0;
      for await (const { size } of filesOf(store, run)) bytes += size;
      planned.push({ runId: run.runId, project: run.project, name: run.name, bytes });
    }
  }
  return planned;
}

/**
 * Removes the runs of the trash for good: events, artifacts and rows. First of all a line says so, and the rows
 * go last, so that a purge that was stopped is taken up by doing it again.
 * @throws TrackingError UNKNOWN_PROJECT, STORE_NOT_WRITABLE
 */
export async function purgeRuns(options: PurgeRunsOptions = {}): Promise<PurgedRun[]> {
  const { author = currentUser(), now = () => new Date() } = options;
  const purged: PurgedRun[] = [];
  for (const { runs, store, project } of await runsInTrash(options)) {
    if (runs.length === 0) continue;
    const { experiments: said } = await readAnnotations(store, project);
    const fresh = runs.filter(({ runId }) => said.get(runId)?.state !== "purged");
    const changes = fresh.map(({ runId }) => ({ target: runId, action: "purge" as const }));
    if (changes.length > 0) await appendAnnotations(store, project, changes, { author, now: now() });
    for (const run of runs) {
      let bytes = 0;
      const files: string[] = [];
      for await (const { path, size } of filesOf(store, run)) {
        bytes += size;
        files.push(path);
      }
      await inParallel(files, atOnce, (path) => removeFile(store, path));
      purged.push({ runId: run.runId, project, name: run.name, bytes });
    }
    const ids = new Set(runs.map(({ runId }) => runId));
    await removeRows(store, project, {
      now,
      log: runLog,
      isUnwanted: ({ cells }) => ids.has(cells.get("run_id")!),
    });
  }
  return purged;
}

/** Those in the trash, and those whose purge was stopped. */
async function runsInTrash({ runIds, project, store: address, signal }: PurgeRunsOptions) {
  const store = openStore(address, signal);
  const wanted = runIds && new Set(runIds);
  const found: { project: string; store: Store; runs: RunRecord[] }[] = [];
  for (const name of await purgedProjects(store, project)) {
    const { experiments: said } = await readAnnotations(store, name);
    const gone = new Set(
      [...said].flatMap(([id, { state }]) =>
        isRunId(id) && state !== "there" && (!wanted || wanted.has(id)) ? [id] : [],
      ),
    );
    if (gone.size === 0) continue;
    const { runs } = await readRunLog(store, name);
    found.push({ project: name, store, runs: runs.filter(({ runId }) => gone.has(runId)) });
  }
  return found;
}

async function* filesOf(store: Store, run: RunRecord) {
  for (const folder of [historyFolder(run), artifactFolder(run.project, run.runId)]) {
    yield* store.listFiles(folder);
  }
}

async function removeFile(store: Store, path: string): Promise<void> {
  for (;;) {
    const file = await store.stat(path);
    if (!file || (await store.removeIfUnchanged(path, file.version)) !== "changed") return;
  }
}
