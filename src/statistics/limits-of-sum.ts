import type { Limits } from "./share-limits.js";

/** One of the independent parts that a value is made of. */
export interface SumPart {
  /** How far the value falls, and rises, where this part alone goes to its limits. */
  below: number;
  above: number;
  /** What the part contributes to the value's variance, by the delta method. */
  variance: number;
}

/**
 * Limits of a value from those of its parts, such as a macro score from its classes' shares. Two ways are
 * known, and the wider limit of each side is taken: MOVER adds the squared distances to the limits; it is
 * right for few parts, and too skewed for many. The other adds the squared widths, and moves the middle as
 * each part's own is moved, in proportion to its share of the variance: as the score interval of the sum does
 * in the least favourable direction. What the value's own variance has beyond that of its parts (the weights
 * of the classes, say) is added, or taken away in proportion. Source: G. Y. Zou and A. Donner (2008),
 * Construction of Confidence Limits about Effect Measures.
 * @param variance of the value, by the delta method
 * @example limitsOfSum(5, [{ below: 3, above: 3, variance: 1 }, { below: 4, above: 4, variance: 1 }], 2, 2) // { low: 0, high: 10 }
 */
export function limitsOfSum(value: number, parts: readonly SumPart[], variance: number, z: number): Limits {
  let ofParts = 0;
  for (const part of parts) ofParts += part.variance;
  const scale = ofParts > variance && variance > 0 ? variance / ofParts : 1;
  const beyond = ofParts < variance ? z * z * (variance - ofParts) : 0;
  let below = 0;
  let above = 0;
  let widths = 0;
  let moved = 0;
  for (const part of parts) {
    below += part.below * part.below;
    above += part.above * part.above;
    const half = (part.below + part.above) / 2;
    widths += half * half;
    moved += ((part.above - part.below) / 2) * half * half;
  }
  const square = scale * widths + beyond;
  const middle = square > 0 ? (scale * moved) / square : 0;
  return {
    low: value - Math.max(Math.sqrt(scale * below + beyond), Math.sqrt(square) - middle),
    high: value + Math.max(Math.sqrt(scale * above + beyond), Math.sqrt(square) + middle),
  };
}
