import { appendAnnotations } from "../annotations/append-annotations.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import { currentUser } from "../experiment/environment/run-environment.js";
import { findRun } from "../run/find-run.js";
import { readRunLog } from "../run/read-run-log.js";
import type { RunRecord } from "../run/run-record.js";
import { openStore } from "../store/open-store.js";
import { TrackingError } from "../tracking-error.js";
import { namedProjects } from "../tracking-log/named-projects.js";
import type { Place } from "./find-experiments.js";

export interface DeleteRunsOptions extends Place {
  /** False takes them out of the trash. */
  deleted?: boolean;
  /** Who says so; by default the user of the operating system. */
  author?: string;
  now?: () => Date;
}

/**
 * Puts runs into the trash, or takes them out of it: they vanish everywhere, and nothing is removed. Their
 * experiments and children stay.
 * @throws TrackingError UNKNOWN_RUN, also where one to be restored is not in the trash; STORE_NOT_WRITABLE
 */
export async function deleteRuns(
  runIds: readonly string[],
  { deleted = true, author = currentUser(), now = () => new Date(), ...place }: DeleteRunsOptions = {},
): Promise<RunRecord[]> {
  const store = openStore(place.store, place.signal);
  const runs: RunRecord[] = [];
  for (const id of new Set(runIds)) runs.push(await findRun(store, id, place.project));
  for (const { runId, project } of runs) {
    const state = (await readAnnotations(store, project)).experiments.get(runId)?.state ?? "there";
    if (state === (deleted ? "there" : "deleted")) continue;
    const why = { there: "is not in the trash", deleted: "is in the trash already", purged: "was purged" }[
      state
    ];
    throw new TrackingError(
      "UNKNOWN_RUN",
      `unknown run: ${runId} ${why}; "ml-tracking trash" lists what is there`,
    );
  }
  for (const project of new Set(runs.map((run) => run.project))) {
    const changes = runs
      .filter((run) => run.project === project)
      .map(({ runId }) => ({ target: runId, action: deleted ? ("delete" as const) : ("restore" as const) }));
    await appendAnnotations(store, project, changes, { author, now: now() });
  }
  return runs;
}

/** A run in the trash, and who put it there. */
export interface TrashedRun {
  run: RunRecord;
  deletedBy: string;
  deletedAt: Date;
}

/** The runs in the trash of a store, or of one project, the last deleted first. @throws TrackingError UNKNOWN_PROJECT */
export async function listTrashedRuns({
  project,
  store: address,
  signal,
}: Place = {}): Promise<TrashedRun[]> {
  const store = openStore(address, signal);
  const trash: TrashedRun[] = [];
  for (const name of await namedProjects(store, project)) {
    const { experiments: said } = await readAnnotations(store, name);
    if (![...said].some(([, { state }]) => state === "deleted")) continue;
    for (const run of (await readRunLog(store, name)).runs) {
      const of = said.get(run.runId);
      if (of?.state !== "deleted" || !of.stateSaid) continue;
      trash.push({ run, deletedBy: of.stateSaid.author, deletedAt: of.stateSaid.writtenAt });
    }
  }
  return trash.sort((a, b) => b.deletedAt.getTime() - a.deletedAt.getTime());
}
