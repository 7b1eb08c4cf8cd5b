import type { Estimate, Interval } from "./estimate.js";
import { studentQuantile, studentTwoSided } from "./student-distribution.js";

/** Which group each sample belongs to, such as which patient it is from. */
export interface SampleGroups {
  /** Of each sample, 0 to count - 1. */
  codes: Int32Array;
  count: number;
}

/** With fewer groups, counted by their sizes, nothing can be told of how groups vary. */
export const leastGroups = 12;

/**
 * Interval and p-value of an estimate whose samples depend on each other within groups: the parts of a group
 * count together, as the jackknife that leaves out one group would have it, and Student's t has as many
 * degrees of freedom as there are groups of equal size, less one. Source: C. Hansen (2007) and J. MacKinnon,
 * M. Nielsen, M. Webb (2023), Cluster-robust inference (CV3).
 * @returns undefined where the groups are effectively fewer than `leastGroups`, or do not vary
 * @example groupedInterval({ value: 0, parts: Float64Array.of(0) }, { codes: Int32Array.of(0), count: 1 }, 0.95) // undefined
 */
export function groupedInterval(
  { value, parts }: Estimate,
  groups: SampleGroups,
  level: number,
): Interval | undefined {
  const n = parts.length;
  const effective = effectiveGroups(groups);
  if (effective < leastGroups) return undefined;
  const sums = new Float64Array(groups.count);
  const sizes = new Float64Array(groups.count);
  for (let i = 0; i < n; i++) {
    const group = groups.codes[i]!;
    sums[group]! += parts[i]!;
    sizes[group]! += 1;
  }
  let squares = 0;
  let used = 0;
  for (let group = 0; group < groups.count; group++) {
    if (sizes[group] === 0) continue;
    used += 1;
    squares += ((sums[group]! * n) / (n - sizes[group]!)) ** 2;
  }
  const standardError = Math.sqrt((squares * (used - 1) * (n - 1)) / (used * n));
  return studentInterval(value, standardError, effective - 1, level);
}

/**
 * As many groups of equal size as would tell as much: all of them where they are equal, fewer where one of
 * them is large. Source: L. Kish (1965), Survey Sampling.
 * @example effectiveGroups({ codes: Int32Array.of(0, 0, 1, 1), count: 2 }) // 2
 */
export function effectiveGroups({ codes, count }: SampleGroups): number {
  const sizes = new Float64Array(count);
  for (let i = 0; i < codes.length; i++) sizes[codes[i]!]! += 1;
  let squares = 0;
  for (const size of sizes) squares += size * size;
  return squares === 0 ? 0 : codes.length ** 2 / squares;
}

/** None where nothing varies, unless there is no difference at all. */
export function studentInterval(
  value: number,
  standardError: number,
  degreesOfFreedom: number,
  level: number,
): Interval | undefined {
  if (!(standardError > 1e-14 * Math.abs(value) && Number.isFinite(standardError))) {
    return value === 0 && standardError === 0 ? { low: 0, high: 0, p: 1, standardError: 0 } : undefined;
  }
  const width = studentQuantile(0.5 + level / 2, degreesOfFreedom) * standardError;
  const p = studentTwoSided(Math.abs(value) / standardError, degreesOfFreedom);
  const varianceError = Math.sqrt(2 / degreesOfFreedom); // of a normal estimate
  return { low: value - width, high: value + width, p, standardError, varianceError };
}
