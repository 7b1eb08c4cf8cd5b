import { type AnnotatedRecord, annotated } from "../annotations/annotated-record.js";
import type { Change } from "../annotations/annotation.js";
import { appendAnnotations } from "../annotations/append-annotations.js";
import { checkedChange } from "../annotations/check-change.js";
import { goneExperiment } from "../annotations/gone-experiment.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import { currentUser } from "../experiment/environment/run-environment.js";
import { openStore } from "../store/open-store.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { findExperiments, type Place } from "./find-experiments.js";

/** What is to be said of experiments; what is not there stays as it is. */
export interface Annotations {
  /** What they are called from now on; empty: what they were logged as. */
  name?: string | undefined;
  /** Markdown; empty: none. */
  note?: string | undefined;
  addTags?: readonly string[] | undefined;
  removeTags?: readonly string[] | undefined;
  starred?: boolean | undefined;
  /** Left out of rankings and of the usual table. */
  archived?: boolean | undefined;
  /** True puts them into the trash, false takes them out of it. */
  deleted?: boolean | undefined;
}

export interface AnnotateOptions extends Place {
  /** Who says so; by default the user of the operating system. */
  author?: string;
  now?: () => Date;
}

/**
 * Says something of experiments, for everybody: kept beside their rows, which do not change.
 * @returns the experiments with all that holds of them now, in the order of the ids
 * @throws TrackingError UNKNOWN_EXPERIMENT, also where one to be restored is not in the trash; UNKNOWN_PROJECT;
 * INVALID_ARGUMENT where nothing is said, a value cannot be, or an id is in two projects; STORE_NOT_WRITABLE
 */
export async function annotate(
  predictionIds: readonly string[],
  annotations: Annotations,
  { author = currentUser(), now = () => new Date(), ...place }: AnnotateOptions = {},
): Promise<AnnotatedRecord[]> {
  const ids = [...new Set(predictionIds)];
  const changes = checkedChanges(ids, annotations);
  const inTrash = annotations.deleted === false;
  const records = (await findExperiments(ids, { ...place, inTrash })).map(onlyOne);
  return annotateRecords(openStore(place.store, place.signal), records, changes, { author, now: now() });
}

/**
 * What is to be said, checked before anything is looked for.
 * @throws TrackingError INVALID_ARGUMENT, MISSING_ARGUMENT
 */
export function checkedChanges(predictionIds: readonly string[], annotations: Annotations): Said[] {
  const said = changesOf(annotations);
  if (said.length === 0 || predictionIds.length === 0) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      said.length === 0
        ? "nothing is said of the experiments; give a name, a note, tags, or whether they are starred, archived or deleted"
        : "no experiment is named; give one prediction id or more",
    );
  }
  return said.map((change) => checkedChange({ ...change, target: "" }));
}

/**
 * The same of experiments that were found.
 * @param said what `checkedChanges` gave
 */
export async function annotateRecords(
  store: Store,
  records: readonly AnnotatedRecord[],
  said: readonly Said[],
  by: { author: string; now: Date },
): Promise<AnnotatedRecord[]> {
  const projects = new Map<string, AnnotatedRecord[]>();
  for (const record of records) {
    projects.set(record.project, [...(projects.get(record.project) ?? []), record]);
  }
  if (said.some(({ action }) => action === "restore")) {
    for (const [project, those] of projects) await checkInTrash(store, project, those);
  }
  for (const [project, those] of projects) {
    const changes = those.flatMap(({ predictionId }) =>
      said.map((change): Change => ({ ...change, target: predictionId })),
    );
    await appendAnnotations(store, project, changes, by);
  }
  return Promise.all(
    records.map(async (record) => annotated(record, await readAnnotations(store, record.project))),
  );
}

async function checkInTrash(store: Store, project: string, those: readonly AnnotatedRecord[]): Promise<void> {
  const all = await readAnnotations(store, project);
  for (const { predictionId } of those) {
    const state = all.experiments.get(predictionId)?.state ?? "there";
    if (state === "purged") throw goneExperiment(all, predictionId, store.address);
    if (state === "there") {
      throw new TrackingError(
        "UNKNOWN_EXPERIMENT",
        `unknown experiment: ${predictionId} is not in the trash, so that it cannot be restored; "ml-tracking trash" lists what is`,
      );
    }
  }
}

/** What is to be said, of whichever experiment. */
export type Said = Omit<Change, "target">;

function changesOf(annotations: Annotations): Said[] {
  const { name, note, addTags = [], removeTags = [], starred, archived, deleted } = annotations;
  const said: Said[] = [];
  if (name !== undefined) said.push({ action: "name", value: name === "" ? null : name });
  if (note !== undefined) said.push({ action: "note", value: note === "" ? null : note });
  for (const key of removeTags) said.push({ action: "untag", key });
  for (const key of addTags) said.push({ action: "tag", key });
  if (starred !== undefined) said.push({ action: starred ? "star" : "unstar" });
  if (archived !== undefined) said.push({ action: archived ? "archive" : "unarchive" });
  if (deleted !== undefined) said.push({ action: deleted ? "delete" : "restore" });
  return said;
}

/** @throws TrackingError INVALID_ARGUMENT where an id is in two projects */
export function onlyOne([first, ...others]: readonly [
  AnnotatedRecord,
  ...AnnotatedRecord[],
]): AnnotatedRecord {
  const [other] = others;
  if (!other) return first;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `${first.predictionId} is an experiment of the projects ${first.project} and ${other.project}; name the one that is meant as project`,
  );
}
