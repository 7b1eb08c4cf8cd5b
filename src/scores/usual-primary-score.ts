import type { ScoreName } from "./registry.js";
import type { ScoreKind } from "./score.js";

/**
 * What experiments of a kind are ranked by where nobody said anything else: of a classification the score that
 * a rare class counts in as much as a frequent one, of a regression the one in the unit of the target that large
 * errors count in most.
 * @example usualPrimaryScore("classification") // "f1_macro"
 */
export function usualPrimaryScore(kind: ScoreKind): ScoreName {
  return kind === "classification" ? "f1_macro" : "root_mean_squared_error";
}
