import type { Estimate, Interval } from "../../statistics/estimate.js";
import { effectiveGroups, groupedInterval, leastGroups } from "../../statistics/grouped-interval.js";
import { dependentFor, leastIndependent, orderedInterval } from "../../statistics/ordered-interval.js";
import { noSpread } from "../intervals/add-interval.js";
import type { Dependence } from "./dependence.js";

/** The interval and p of an estimate whose samples depend on each other, or the reason why there are none. */
export function dependentInterval(
  estimate: Estimate,
  dependence: Dependence,
  level: number,
): { interval: Interval; reason?: undefined } | { interval?: undefined; reason: string } {
  const interval =
    dependence.by === "group"
      ? groupedInterval(estimate, dependence, level)
      : orderedInterval(estimate, dependence.rows, level);
  if (interval) return { interval };
  return { reason: whyNot(estimate, dependence) };
}

function whyNot(estimate: Estimate, dependence: Dependence): string {
  if (dependence.by === "group") {
    const effective = effectiveGroups(dependence);
    if (effective >= leastGroups) return noSpread;
    const unequal =
      effective < dependence.count - 0.5
        ? `, which tell as little as ${effective.toFixed(1)} of equal size`
        : "";
    return `there ${dependence.count === 1 ? "is 1 group" : `are ${dependence.count} groups`} by ${dependence.feature}${unequal}; it takes ${leastGroups}`;
  }
  const independent = dependence.rows.length / dependentFor(estimate.parts, dependence.rows);
  if (independent >= leastIndependent) return noSpread;
  return `by ${dependence.feature} neighbours are so alike that the samples say as little as ${independent.toFixed(1)} independent ones; it takes ${leastIndependent}`;
}

/** What the method is called. */
export function dependentMethod({ by, feature }: Dependence): string {
  return by === "group"
    ? `delta method by groups of ${feature}, t`
    : `delta method by order of ${feature}, long-run variance, t`;
}
