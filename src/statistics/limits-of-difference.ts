import type { Limits } from "./share-limits.js";

/** A value with its limits. */
export interface Bounded extends Limits {
  value: number;
}

/**
 * Limits of what `after` has more than `before`, from the limits of both and their correlation (MOVER): each
 * side is as far away as the two distances that would bring it about. Source: G. Y. Zou and A. Donner (2008),
 * Construction of Confidence Limits about Effect Measures.
 * @example limitsOfDifference({ value: 1, low: 0, high: 4 }, { value: 5, low: 1, high: 5 }, 0) // { low: -1, high: 5 }
 */
export function limitsOfDifference(before: Bounded, after: Bounded, correlation: number): Limits {
  const together = (x: number, y: number) => Math.sqrt(Math.max(0, x * x - 2 * correlation * x * y + y * y));
  const difference = after.value - before.value;
  return {
    low: difference - together(after.value - after.low, before.high - before.value),
    high: difference + together(after.high - after.value, before.value - before.low),
  };
}
