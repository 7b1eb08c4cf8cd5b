import { normalQuantile } from "../../statistics/normal-distribution.js";
import type { ScoreDifference } from "../judge-schema.js";

/** How often a difference is to be found. */
const power = 0.8;

/**
 * The true difference that a test of these samples would find four times of five: (z of 1 - (1 - level) / 2,
 * and z of 0.8) standard errors. `low` and `high` say how far off that may be, since the standard error is
 * itself estimated: its interval by the normal distribution of its logarithm.
 * @param varianceError standard error of the squared standard error, as a share of it
 */
export function detectableDifference(
  standardError: number | undefined,
  varianceError: number,
  level: number,
): ScoreDifference["detectable"] {
  if (standardError === undefined || !(standardError > 0)) return null;
  const difference = distance(level) * standardError;
  const factor = Math.exp((normalQuantile(0.975) * varianceError) / 2);
  return { difference, low: difference / factor, high: difference * factor };
}

/** The standard error that a difference's `detectable` was made from. */
export function standardErrorOf({
  detectable,
  level,
}: Pick<ScoreDifference, "detectable" | "level">): number | undefined {
  return detectable === null ? undefined : detectable.difference / distance(level);
}

/** The same difference as one of several tests that hold together at that level. */
export function detectableTogether(
  { detectable, level }: Pick<ScoreDifference, "detectable" | "level">,
  together: number,
): ScoreDifference["detectable"] {
  if (detectable === null) return null;
  const factor = distance(together) / distance(level);
  const { difference, low, high } = detectable;
  return { difference: difference * factor, low: low * factor, high: high * factor };
}

/** In standard errors. */
function distance(level: number): number {
  return normalQuantile(0.5 + level / 2) + normalQuantile(power);
}

/**
 * About how many samples would show a difference of this size four times of five, by those that there are; a
 * range, since their spread is an estimate.
 */
export function samplesNeeded(
  { detectable, n }: Pick<ScoreDifference, "detectable" | "n">,
  difference: number,
): { low: number; high: number } | null {
  if (detectable === null || !(difference > 0)) return null;
  const needed = (of: number) => Math.ceil(n * (of / difference) ** 2);
  return { low: needed(detectable.low), high: needed(detectable.high) };
}
