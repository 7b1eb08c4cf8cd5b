import { type AnnotatedRecord, annotated } from "../annotations/annotated-record.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import { openStore } from "../store/open-store.js";
import { namedProjects } from "../tracking-log/named-projects.js";
import { type Place, rowsOfProject } from "./find-experiments.js";

/** An experiment in the trash, and who put it there. */
export interface TrashedExperiment {
  experiment: AnnotatedRecord;
  deletedBy: string;
  deletedAt: Date;
}

/**
 * The experiments in the trash of a store, or of one project, the last deleted first.
 * @throws TrackingError UNKNOWN_PROJECT
 */
export async function listTrash({
  project,
  store: address,
  signal,
}: Place = {}): Promise<TrashedExperiment[]> {
  const store = openStore(address, signal);
  const trash: TrashedExperiment[] = [];
  for (const name of await namedProjects(store, project)) {
    const said = await readAnnotations(store, name);
    const deleted = [...said.experiments].filter(([, { state }]) => state === "deleted");
    const ids = deleted.map(([id]) => id);
    for (const record of await rowsOfProject(store, name, ids)) {
      const { author, writtenAt } = said.experiments.get(record.predictionId)!.stateSaid!;
      trash.push({ experiment: annotated(record, said), deletedBy: author, deletedAt: writtenAt });
    }
  }
  return trash.sort((a, b) => b.deletedAt.getTime() - a.deletedAt.getTime());
}
