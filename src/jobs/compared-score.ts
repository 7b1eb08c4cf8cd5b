import type { AnnotatedRecord } from "../annotations/annotated-record.js";
import type { ProjectAnnotations } from "../annotations/fold-annotations.js";
import { primaryScoreOf } from "../annotations/primary-scores.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import type { ScoreName } from "../scores/registry.js";
import { usualPrimaryScore } from "../scores/usual-primary-score.js";

/**
 * The score that a verdict is about where nobody names one: the primary one of the first experiment's project,
 * or, where one of them has none, the usual one of its kind.
 * @param annotations of the first one's project
 */
export function comparedScore(
  records: readonly ExperimentRecord[],
  annotations: ProjectAnnotations,
): ScoreName {
  const { kind } = records[0]!;
  const { score } = primaryScoreOf(annotations, kind);
  return records.every(({ scores }) => scores[score] !== undefined) ? score : usualPrimaryScore(kind);
}

/** Why two experiments are not ranked together by a score; undefined where they may be. */
export function whyAlone(a: AnnotatedRecord, b: AnnotatedRecord, score: string): string | undefined {
  if (a.project !== b.project) return "they are of two projects, each with a ranking of its own";
  if (a.testSetDigest !== b.testSetDigest) return "they are of two test sets, which are not ranked together";
  for (const { predictionId, archived, scores } of [a, b]) {
    if (archived) return `${predictionId} is archived, and so in no ranking`;
    if (scores[score] === undefined) return `${predictionId} has no ${score} to be ranked by`;
  }
  return undefined;
}
