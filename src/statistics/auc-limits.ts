import type { Limits } from "./share-limits.js";

/**
 * Limits of an area under the ROC curve that `z` normal deviations allow: where the area's variance were that
 * of the limit itself, by Hanley's and McNeil's formula with both classes of their mean size. Of some width
 * at an area of 1, and right where one class is rare. Source: R. G. Newcombe (2006), Confidence Intervals for
 * an Effect Size Measure Based on the Mann-Whitney Statistic, method 5.
 * @example aucLimits(1, 10, 10, 2).high // 1
 */
export function aucLimits(area: number, positives: number, negatives: number, z: number): Limits {
  const isWithin = (limit: number) => (limit - area) ** 2 <= z * z * aucVariance(limit, positives, negatives);
  const search = (end: number) => {
    if (area === end) return end;
    let inside = area;
    let outside = end;
    for (let step = 0; step < 60 && Math.abs(outside - inside) > 1e-13; step++) {
      const middle = (inside + outside) / 2;
      if (isWithin(middle)) inside = middle;
      else outside = middle;
    }
    return (inside + outside) / 2;
  };
  return { low: search(0), high: search(1) };
}

function aucVariance(area: number, positives: number, negatives: number): number {
  const others = (positives + negatives) / 2 - 1;
  const shape = 1 + (others * (1 - area)) / (2 - area) + (others * area) / (1 + area);
  return (area * (1 - area) * shape) / (positives * negatives);
}
