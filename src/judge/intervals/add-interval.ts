import type { ScoreName } from "../../scores/registry.js";
import { type Estimate, estimateInterval, type Interval } from "../../statistics/estimate.js";

/** Keeps what is found of a score; nothing where its value is undefined. */
export type AddInterval = (
  score: ScoreName,
  value: number | undefined,
  interval: { low: number; high: number } | undefined,
  method: string | null,
  reason: string,
) => void;

/** Why there is no interval where nothing varies. */
export const noSpread = "the samples do not vary in it, so they do not say how it varies";

/** None where the samples do not vary in it: no difference is not no spread. */
export function spreadInterval(
  estimate: Estimate,
  level: number,
  degreesOfFreedom?: number,
): Interval | undefined {
  if (estimate.parts.length < 2) return undefined;
  const interval = estimateInterval(estimate, level, degreesOfFreedom);
  const isRounding = !interval || interval.standardError <= 1e-14 * Math.abs(estimate.value);
  return isRounding ? undefined : interval;
}
