import { normalQuantile } from "./normal-distribution.js";

/** How much the odds of being positive grow with the odds that the scores claim. */
export interface CalibrationSlope {
  /** 1 is right; below 1 the scores are too far from the middle (overconfident), above 1 not far enough. */
  slope: number;
  low: number;
  high: number;
  /** 0 is right; above 0 the scores are too low. */
  intercept: number;
}

/**
 * Slope and intercept of a logistic regression of the labels on the logits of the scores, with Wald's
 * interval. Source: D. Cox (1958), Two Further Applications of a Model for Binary Regression.
 * @param logits of the scores, one a group of samples
 * @param totals how many samples each group has
 * @param positives how many of these are positive
 * @returns undefined where one class is missing, the scores are all the same, or they separate the classes
 * @example calibrationSlope([0, 0], [1, 1], [0, 1], 0.95) // undefined
 */
export function calibrationSlope(
  logits: ArrayLike<number>,
  totals: ArrayLike<number>,
  positives: ArrayLike<number>,
  level: number,
): CalibrationSlope | undefined {
  let [intercept, slope] = [0, 1];
  for (let step = 0; step < 50; step++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    for (let i = 0; i < logits.length; i++) {
      const x = logits[i]!;
      const share = 1 / (1 + Math.exp(-intercept - slope * x));
      const rest = positives[i]! - totals[i]! * share;
      const weight = totals[i]! * share * (1 - share);
      g0 += rest;
      g1 += rest * x;
      h00 += weight;
      h01 += weight * x;
      h11 += weight * x * x;
    }
    const determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 1e-12 * h00 * h11)) return undefined;
    const [up0, up1] = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
    intercept += up0;
    slope += up1;
    if (!(Math.abs(slope) < 1e6 && Number.isFinite(intercept))) return undefined;
    if (Math.abs(up0) + Math.abs(up1) > 1e-10 * (1 + Math.abs(intercept) + Math.abs(slope))) continue;
    const width = normalQuantile(0.5 + level / 2) * Math.sqrt(h00 / determinant);
    return { slope, low: slope - width, high: slope + width, intercept };
  }
  return undefined;
}
