import { annotationLog } from "../../annotations/annotation-line.js";
import { type FoundAnnotations, readAnnotations } from "../../annotations/read-annotations.js";
import type { Store } from "../../store/store.js";
import { lookAtLogs } from "../../tracking-log/look-at-logs.js";

/** Gives what was said of a project's experiments and runs. */
export type SaidOf = (project: string) => Promise<FoundAnnotations>;

/** @param ofAll whether all projects are asked for: then one look at the log does for them */
export async function lookAtSaid(store: Store, ofAll: boolean): Promise<SaidOf> {
  const look = ofAll ? await lookAtLogs(store, new Set(), annotationLog) : undefined;
  return async (project) => readAnnotations(store, project, await look?.files(project));
}
