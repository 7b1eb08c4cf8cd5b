import type { ScoreDifference } from "../judge-schema.js";

/** What p says of b, compared with a. */
export function verdictOf(
  p: number | null,
  difference: number,
  direction: ScoreDifference["direction"],
  level: number,
): ScoreDifference["verdict"] {
  if (p === null) return "cannot be tested";
  if (difference === 0 || p >= 1 - level) return "no evidence";
  return difference > 0 === (direction === "higher") ? "better" : "worse";
}
