import type { SampleGroups } from "./grouped-interval.js";
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
  /** How much longer than a mean the statistics take, which are then drawn fewer times. */
  cost?: number | undefined;
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
export const mostDraws = 2000;
/** Of more samples, times what a statistic takes beside a mean, the fewest draws take over half a minute. */
const mostWork = 1e7;
const fewestDraws = 200;
/** The jackknife leaves out so many parts at most, one after the other. */
const mostParts = 200;
/** Sums in another order differ by less than this share of a value. */
const roundingShare = 1e-13;
/** Share of the draws that may have no value: of more, the others are a choice. */
const mostUndefined = 0.02;

/** The statistics of many samples drawn from those that there are. */
export interface Draws {
  /** Of each statistic its values, of the draws that have one. */
  values: number[][];
  draws: number;
}

/** @returns without draws the reason, as a part of a sentence */
export function drawnStatistics(
  resampled: ResampledTogether,
  statistics: number,
  seed: number,
): Draws | { why: string } {
  const { count, groups, cost = 1 } = resampled;
  const units = groups?.count ?? count;
  if (units < fewestDrawn) {
    return { why: `${units} ${groups ? "groups" : "samples"} are fewer than ${fewestDrawn}` };
  }
  const work = count * Math.max(1, cost);
  if (work > mostWork) return { why: "to compute it again and again of so many samples would take minutes" };
  const draws = Math.max(fewestDraws, Math.min(mostDraws, Math.floor(mostRows / work)));
  return { values: drawnValues(resampled, statistics, draws, seed), draws };
}

/** The values of draws, ascending. @returns where they say nothing the reason, as a part of a sentence */
export function sortedDraws(values: readonly number[], draws: number): Float64Array | { why: string } {
  if (values.length < draws * (1 - mostUndefined)) {
    return { why: `it is undefined for ${draws - values.length} of ${draws} samples drawn from these` };
  }
  const sorted = Float64Array.from(values).sort();
  const [least, greatest] = [sorted[0]!, sorted.at(-1)!];
  const rounding = roundingShare * Math.max(Math.abs(least), Math.abs(greatest));
  return greatest - least > rounding ? sorted : { why: "it is the same for all samples drawn from these" };
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
export function leftOut({ count, groups, valuesOf }: ResampledTogether, statistics: number): number[][] {
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
