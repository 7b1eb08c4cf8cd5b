import type { Kind } from "../experiment/input/experiment-input.js";
import { usualPrimaryScore } from "../scores/usual-primary-score.js";
import type { PrimaryScore } from "./annotation-schema.js";
import type { ProjectAnnotations } from "./fold-annotations.js";

/** What experiments of a kind are ranked by, and who said so. */
export function primaryScoreOf({ primaryScores }: ProjectAnnotations, kind: Kind): PrimaryScore {
  const set = primaryScores.get(kind);
  if (!set) return usualScore(kind);
  const { score, author, writtenAt } = set;
  return { kind, score, source: "set for the project", author, written_at: writtenAt.toISOString() };
}

/** The same of both kinds. */
export function primaryScoresOf(annotations: ProjectAnnotations): Record<Kind, PrimaryScore> {
  return {
    classification: primaryScoreOf(annotations, "classification"),
    regression: primaryScoreOf(annotations, "regression"),
  };
}

/** What experiments of a kind are ranked by where nobody said anything else. */
export function usualScore(kind: Kind): PrimaryScore {
  return { kind, score: usualPrimaryScore(kind), source: "usual", author: null, written_at: null };
}
