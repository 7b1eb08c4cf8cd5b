import type { AddedScore } from "../added-scores/added-score.js";
import type { ProjectAnnotations } from "../annotations/fold-annotations.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import { openStore } from "../store/open-store.js";
import type { Place } from "./find-experiments.js";

/** The scores that a project has added to those of every project. */
export async function projectAddedScores(project: string, { store }: Place): Promise<readonly AddedScore[]> {
  return addedScoresOf(await readAnnotations(openStore(store), project));
}

/** Those of what was said of a project. */
export function addedScoresOf(
  annotations: ProjectAnnotations & { addedScores?: readonly AddedScore[] },
): readonly AddedScore[] {
  return annotations.addedScores ?? [];
}
