import { TrackingError } from "../tracking-error.js";
import { samplesNeeded } from "./difference/detectable-difference.js";
import type { MarginConclusion, ScoreDifference } from "./judge-schema.js";
import { marginInWords, type PairNames } from "./margin-in-words.js";

/**
 * What the interval of a difference says of a margin, in the score's unit: by its limits alone, never by the
 * difference itself. With the interval turned so that more is better, b is superior where the lower limit is
 * above the margin, equivalent where both limits are within it, non-inferior where the lower limit is above
 * -margin, and inferior where the upper limit is below it. With an interval of 95 %, each of these errs in at
 * most 2.5 of 100 comparisons; two one-sided tests at that level are the same as the interval within the
 * margin. Source: S. Wellek (2010), Testing Statistical Hypotheses of Equivalence and Noninferiority; D. J.
 * Schuirmann (1987).
 * @throws TrackingError INVALID_ARGUMENT
 */
export function judgeMargin(
  difference: ScoreDifference,
  margin: number,
  names: PairNames = ["A", "B"],
): MarginConclusion {
  checkMargin(margin);
  const { direction, low, high, level, reason } = difference;
  const gain =
    low === null || high === null
      ? undefined
      : direction === "higher"
        ? { low, high }
        : { low: 0 - high, high: 0 - low };
  const found = {
    margin,
    conclusion: gain ? conclude(gain, margin) : ("cannot be tested" as const),
    low: gain?.low ?? null,
    high: gain?.high ?? null,
    level,
    samples_needed: samplesNeeded(difference, margin),
    reason: gain ? null : reason,
  };
  return { ...found, summary: marginInWords(found, difference.n, names) };
}

/** @throws TrackingError INVALID_ARGUMENT */
export function checkMargin(margin: number): void {
  if (Number.isFinite(margin) && margin >= 0) return;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `margin is ${margin}; give a number from 0, in the score's unit`,
  );
}

function conclude(
  { low, high }: { low: number; high: number },
  margin: number,
): MarginConclusion["conclusion"] {
  if (low > margin) return "superior";
  if (low > -margin) return high < margin ? "equivalent" : "non-inferior";
  return high < -margin ? "inferior" : "inconclusive";
}

/** Whether b is shown to be better than a by more than the margin. */
export function isSuperior({ conclusion }: MarginConclusion): boolean {
  return conclusion === "superior";
}

/** Whether b is shown not to be worse than a by as much as the margin. */
export function isNonInferior({ conclusion }: MarginConclusion): boolean {
  return conclusion === "superior" || conclusion === "equivalent" || conclusion === "non-inferior";
}
