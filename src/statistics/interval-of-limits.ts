import type { Interval } from "./estimate.js";
import { normalQuantile, normalTail } from "./normal-distribution.js";
import type { Limits } from "./share-limits.js";

/** Beyond so many deviations a chance is below 1e-300. */
const farthest = 37;

/**
 * The interval of a difference at a level, and p by the same limits turned round: the level at which they
 * just reach 0. So p is below 1 - level where the interval leaves 0 out, and only there.
 * @param limitsAt so many normal deviations
 * @example intervalOfLimits(2, (z) => ({ low: 2 - z, high: 2 + z }), 1, 0.95).p // 0.04550026389635842
 */
export function intervalOfLimits(
  difference: number,
  limitsAt: (z: number) => Limits,
  standardError: number,
  level: number,
): Interval {
  const z = -normalQuantile((1 - level) / 2);
  const limits = limitsAt(z);
  if (difference === 0) return { ...limits, p: 1, standardError };
  /** How far 0 is outside of the limits. */
  const gap = ({ low, high }: Limits) => (difference > 0 ? low : -high);
  const isOutside = gap(limits) > 0;
  const root = isOutside ? rootOf(gap, limitsAt, z, farthest) : rootOf(gap, limitsAt, 0, z);
  const p = Math.min(1, 2 * normalTail(root));
  // A limit of exactly 0 is not beyond it.
  return { ...limits, p: isOutside ? p : Math.max(p, 1 - level), standardError };
}

/**
 * Where the gap closes between two points, by the Illinois rule. Of the last step the end that agrees with p.
 */
function rootOf(
  gap: (limits: Limits) => number,
  limitsAt: (z: number) => Limits,
  open: number,
  closed: number,
): number {
  let atOpen = gap(limitsAt(open));
  let atClosed = gap(limitsAt(closed));
  if (atOpen <= 0) return open;
  if (atClosed > 0) return closed;
  let [first, last] = [open, closed];
  for (let step = 0; step < 100 && last - first > 1e-9; step++) {
    const secant = (first * atClosed - last * atOpen) / (atClosed - atOpen);
    const at = step % 4 === 3 || !(secant > first && secant < last) ? (first + last) / 2 : secant;
    const found = gap(limitsAt(at));
    if (found === 0) return at;
    if (found > 0) {
      first = at;
      atOpen = found;
      atClosed /= 2;
    } else {
      last = at;
      atClosed = found;
      atOpen /= 2;
    }
  }
  return open === 0 ? last : first;
}
