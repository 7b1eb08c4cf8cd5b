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
