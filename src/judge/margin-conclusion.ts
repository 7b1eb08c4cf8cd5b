import { TrackingError } from "../tracking-error.js";
import type { MarginConclusion, ScoreDifference } from "./judge-schema.js";

/** The limits of a difference, turned so that more is better for b. */
export interface Gain {
  low: number;
  high: number;
}

/** Undefined where the difference has no interval. */
export function gainOf({ direction, low, high }: ScoreDifference): Gain | undefined {
  if (low === null || high === null) return undefined;
  return direction === "higher" ? { low, high } : { low: 0 - high, high: 0 - low };
}

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
export function concludeMargin(
  difference: ScoreDifference,
  margin: number,
): Pick<MarginConclusion, "conclusion"> {
  checkMargin(margin);
  const gain = gainOf(difference);
  return { conclusion: gain ? concludeGain(gain, margin) : "cannot be tested" };
}

/** @throws TrackingError INVALID_ARGUMENT */
export function checkMargin(margin: number): void {
  if (Number.isFinite(margin) && margin >= 0) return;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `margin is ${margin}; give a number from 0, in the score's unit`,
  );
}

function concludeGain({ low, high }: Gain, margin: number): MarginConclusion["conclusion"] {
  if (low > margin) return "superior";
  if (low > -margin) return high < margin ? "equivalent" : "non-inferior";
  return high < -margin ? "inferior" : "inconclusive";
}

/** Whether b is shown to be better than a by more than the margin. */
export function isSuperior({ conclusion }: Pick<MarginConclusion, "conclusion">): boolean {
  return conclusion === "superior";
}

/** Whether b is shown not to be worse than a by as much as the margin. */
export function isNonInferior({ conclusion }: Pick<MarginConclusion, "conclusion">): boolean {
  return conclusion === "superior" || conclusion === "equivalent" || conclusion === "non-inferior";
}
