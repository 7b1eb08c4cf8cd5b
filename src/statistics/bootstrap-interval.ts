import type { Interval } from "./estimate.js";
import type { SampleGroups } from "./grouped-interval.js";
import { intervalOfLimits } from "./interval-of-limits.js";
import { normalQuantile, normalTail } from "./normal-distribution.js";
import { seededRandom } from "./seeded-random.js";

interface DrawnTogether {
  /** How many samples there are. */
  count: number;
  /** Samples that are drawn together; by default each sample by itself. */
  groups?: SampleGroups | undefined;
  /**
   * As how many equal samples, or groups of them, they tell as much, where they do not count the same: the
   * limits are then as much farther away as Student's t is. Source: T. Hesterberg (2015), What Teachers Should
   * Know About the Bootstrap, the expanded percentile interval.
   */
  effective?: number | undefined;
}

/** A statistic that can be made again of any samples, some of them several times. */
export interface Resampled extends DrawnTogether {
  /** The statistic of these samples; undefined or not finite where it has none. */
  valueOf: (rows: Int32Array) => number | undefined;
}

/** Several statistics of the same samples. */
export interface ResampledTogether extends DrawnTogether {
  /** Each statistic of these samples, always in the same order. */
  valuesOf: (rows: Int32Array) => readonly (number | undefined)[];
}

/** Fewer samples, or groups of them, say too little of what others would give. */
export const fewestDrawn = 20;
/** Draws of up to this many samples altogether take seconds. */
const mostRows = 5e7;
const mostDraws = 2000;
const fewestDraws = 200;
/** The jackknife leaves out so many parts at most, one after the other. */
const mostParts = 200;
/** Sums in another order differ by less than this share of a value. */
const roundingShare = 1e-13;
/** Share of the draws that may have no value: of more, the others are a choice. */
const mostUndefined = 0.02;

/**
 * The bias-corrected and accelerated bootstrap interval of a statistic, and p of its being 0 by the same
 * limits turned round; of more than 50,000 samples, which are drawn fewer times than 1,000, the normal
 * interval with the draws' deviation. The same seed gives the same numbers on every computer. Source: B. Efron
 * (1987), Better Bootstrap Confidence Intervals; scipy, `bootstrap(method="BCa")`.
 * @param value of all samples
 * @returns without an interval, the reason as a part of a sentence
 * @example bootstrapInterval(1, { count: 3, valueOf: () => 1 }, 0.95, 0) // { why: "3 samples are fewer than 20" }
 */
export function bootstrapInterval(
  value: number,
  { valueOf, ...resampled }: Resampled,
  level: number,
  seed: number,
): Interval | { why: string } {
  const together = { ...resampled, valuesOf: (rows: Int32Array) => [valueOf(rows)] };
  return bootstrapIntervals([value], together, level, seed)[0]!;
}

/**
 * The same of several statistics, each made of the same draws.
 * @param values of all samples
 * @example bootstrapIntervals([1], { count: 3, valuesOf: () => [1] }, 0.95, 0) // [{ why: "3 samples are fewer than 20" }]
 */
export function bootstrapIntervals(
  values: readonly number[],
  resampled: ResampledTogether,
  level: number,
  seed: number,
): (Interval | { why: string })[] {
  if (values.length === 0) return [];
  const { count, groups, effective } = resampled;
  const units = groups?.count ?? count;
  if (units < fewestDrawn) {
    const why = `${units} ${groups ? "groups" : "samples"} are fewer than ${fewestDrawn}`;
    return values.map(() => ({ why }));
  }
  const draws = Math.max(fewestDraws, Math.min(mostDraws, Math.floor(mostRows / count)));
  const drawn = drawnValues(resampled, values.length, draws, seed);
  // Of few draws no more than their deviation is known.
  const parts = draws < mostDraws / 2 ? undefined : leftOut(resampled, values.length);
  return values.map((value, i) => intervalOf(value, drawn[i]!, parts?.[i], { draws, level, effective }));
}

/** @param parts the statistic without one part of the samples after the other, for the acceleration */
function intervalOf(
  value: number,
  drawn: readonly number[],
  parts: readonly number[] | undefined,
  { draws, level, effective }: { draws: number; level: number; effective: number | undefined },
): Interval | { why: string } {
  if (drawn.length < draws * (1 - mostUndefined)) {
    return { why: `it is undefined for ${draws - drawn.length} of ${draws} samples drawn from these` };
  }
  const sorted = Float64Array.from(drawn).sort();
  const last = sorted.length - 1;
  const largest = Math.max(Math.abs(sorted[0]!), Math.abs(sorted[last]!));
  if (!(sorted[last]! - sorted[0]! > roundingShare * largest)) {
    return { why: "it is the same for all samples drawn from these" };
  }
  const standardError = deviation(sorted);
  if (!parts) {
    const limitsAt = (z: number) => ({ low: value - z * standardError, high: value + z * standardError });
    return intervalOfLimits(value, (z) => limitsAt(expanded(z, effective)), standardError, level);
  }
  const bias = normalQuantile(shareBelow(sorted, value));
  const a = acceleration(parts);
  const endpoint = (z: number) => {
    const shifted = bias + z;
    return quantile(sorted, 1 - normalTail(bias + shifted / Math.max(1 - a * shifted, 1e-9)));
  };
  const interval = intervalOfLimits(
    value,
    (z) => ({ low: endpoint(-expanded(z, effective)), high: endpoint(expanded(z, effective)) }),
    standardError,
    level,
  );
  // What no draw shows is rarer than one of them, and no more is known of it.
  return { ...interval, p: Math.max(interval.p, 1 / draws) };
}

/** Student's quantile of a normal one, to the first order, and the deviation with n - 1 in place of n. */
function expanded(z: number, effective: number | undefined): number {
  if (effective === undefined) return z;
  const degreesOfFreedom = effective - 1;
  return Math.sqrt(effective / degreesOfFreedom) * (z + (z ** 3 + z) / (4 * degreesOfFreedom));
}

/** The statistics of samples drawn at random with replacement; of draws without a value none. */
function drawnValues(
  { count, groups, valuesOf }: ResampledTogether,
  statistics: number,
  draws: number,
  seed: number,
): number[][] {
  const random = seededRandom(seed);
  const members = groups && membersOf(groups, count);
  const units = members?.length ?? count;
  const times = new Uint32Array(units);
  let rows = new Int32Array(count);
  const found = Array.from({ length: statistics }, (): number[] => []);
  for (let draw = 0; draw < draws; draw++) {
    times.fill(0);
    for (let i = 0; i < units; i++) times[Math.floor(random() * units)]! += 1;
    let length = 0;
    for (let unit = 0; unit < units; unit++) {
      for (let time = times[unit]!; time > 0; time--) {
        if (!members) {
          rows[length++] = unit;
          continue;
        }
        for (const row of members[unit]!) {
          if (length === rows.length) rows = doubled(rows);
          rows[length++] = row;
        }
      }
    }
    keep(found, valuesOf(rows.subarray(0, length)));
  }
  return found;
}

function keep(found: number[][], values: readonly (number | undefined)[]): void {
  for (const [i, value] of values.entries()) {
    if (value !== undefined && Number.isFinite(value)) found[i]!.push(value);
  }
}

function doubled(rows: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * rows.length);
  larger.set(rows);
  return larger;
}

function membersOf({ codes, count }: SampleGroups, samples: number): Int32Array[] {
  const sizes = new Uint32Array(count);
  for (let row = 0; row < samples; row++) sizes[codes[row]!]! += 1;
  const members = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Uint32Array(count);
  for (let row = 0; row < samples; row++) {
    const code = codes[row]!;
    members[code]![filled[code]!++] = row;
  }
  return members.filter(({ length }) => length > 0);
}

/** The statistics without one part of the samples after the other; a part is never less than a sample. */
function leftOut({ count, groups, valuesOf }: ResampledTogether, statistics: number): number[][] {
  const units = groups?.count ?? count;
  const parts = Math.min(units, mostParts);
  const found = Array.from({ length: statistics }, (): number[] => []);
  const rest = new Int32Array(count);
  for (let part = 0; part < parts; part++) {
    let length = 0;
    for (let row = 0; row < count; row++) {
      if ((groups?.codes[row] ?? row) % parts !== part) rest[length++] = row;
    }
    keep(found, valuesOf(rest.subarray(0, length)));
  }
  return found;
}

/** Of deviations over the largest of them, whose third powers are in a double's range whatever the unit. */
function acceleration(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(mean - value)), 0);
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    const share = (mean - value) / largest;
    squares += share ** 2;
    cubes += share ** 3;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}

function deviation(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value - values[0]!;
  const mean = values[0]! + sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** Share of the sorted values below x, ties counting half; never 0 or 1, since there are only so many. */
function shareBelow(sorted: Float64Array, x: number): number {
  let below = 0;
  while (below < sorted.length && sorted[below]! < x) below += 1;
  let notAbove = below;
  while (notAbove < sorted.length && sorted[notAbove] === x) notAbove += 1;
  const share = (below + notAbove) / 2 / sorted.length;
  const least = 0.5 / (sorted.length + 1);
  return Math.min(Math.max(share, least), 1 - least);
}

/** Linear between the order statistics, as numpy does it. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.min(Math.max(Math.floor(at), 0), sorted.length - 1);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}
