import type { ExperimentRecord } from "../experiment/experiment-record.js";
import type { ProjectAnnotations } from "./fold-annotations.js";

/** An experiment with what was said of it since it was logged; its name is what it is called now. */
export interface AnnotatedRecord extends ExperimentRecord {
  /** What it was logged as. */
  loggedName: string | undefined;
  /** Markdown. */
  note: string | undefined;
  /** In the order of the alphabet. */
  tags: string[];
  starred: boolean;
  /** Left out of rankings and of the usual table. */
  archived: boolean;
}

export function annotated(
  record: ExperimentRecord | AnnotatedRecord,
  { experiments }: ProjectAnnotations,
): AnnotatedRecord {
  const said = experiments.get(record.predictionId);
  const loggedName = "loggedName" in record ? record.loggedName : record.name;
  return {
    ...record,
    name: said?.name ?? loggedName,
    loggedName,
    note: said?.note,
    tags: [...(said?.tags ?? [])],
    starred: said?.starred ?? false,
    archived: said?.archived ?? false,
  };
}

/** Whether an experiment is in the trash, or purged: then nobody shows it. */
export function isGone({ experiments }: ProjectAnnotations, predictionId: string): boolean {
  return (experiments.get(predictionId)?.state ?? "there") !== "there";
}

/** Whether an experiment is among those that are ranked: neither gone nor archived. */
export function isRanked(annotations: ProjectAnnotations, predictionId: string): boolean {
  return !isGone(annotations, predictionId) && !annotations.experiments.get(predictionId)?.archived;
}
