import { sortNumbers } from "../scores/sort-numbers.js";
import { inSlices } from "./in-slices.js";
import type { Exactness, ValueRange } from "./plot-schema.js";

/**
 * The samples in groups of neighbouring values, ascending and disjoint: a group holds every sample from its
 * `min` to its `max`, and both occur. Up to a million samples each group is one value, and all that is read
 * from groups is exact. Beyond, a group may hold several values; what is counted *at* a group's end is exact
 * still.
 */
export interface ValueGroups {
  readonly bytes: number;
  readonly samples: number;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly total: Uint32Array;
  /** Samples that are flagged; none where there are no flags. */
  readonly positives: Uint32Array;
  /** Of the values; empty where there are flags. */
  readonly sum: Float64Array;
  /** Whether each group is one value. */
  readonly exact: boolean;
}

export interface GroupOptions {
  /** Within which all values lie. */
  range: ValueRange;
  /** How many values are sorted at most; a million by default. */
  exactUpTo?: number | undefined;
  /**
   * About how many bins there are beyond that; fewer stay in a processor's cache and are counted twice as
   * fast.
   */
  bins?: number | undefined;
}

/**
 * Beyond this sorting takes too long for a page that someone waits for: 10,000,000 values take 0.8 to 2.3 s.
 */
const mostSorted = 1_000_000;

/**
 * Groups values by sorting them, or where there are more than `sortUpTo` by bins that become finer where many
 * values lie.
 * @param flags 1 for the samples that `positives` counts
 */
export async function valueGroups(
  values: Float64Array,
  flags: Uint8Array | undefined,
  signal: AbortSignal | undefined,
  { range, exactUpTo = mostSorted, bins = 32_768 }: GroupOptions,
): Promise<ValueGroups> {
  if (values.length > exactUpTo)
    return binnedGroups(new Bins(values, flags, range, bins), values.length, signal);
  return flags ? sortedFlaggedGroups(values, flags) : sortedGroups(values);
}

export function exactness({ exact, min }: ValueGroups, note: string): Exactness {
  return exact ? { exact: true } : { exact: false, bins: min.length, note };
}

function sortedGroups(values: Float64Array): ValueGroups {
  const sorted = values.slice();
  sortNumbers(sorted);
  return merged(sorted, new Float64Array(0), false);
}

function sortedFlaggedGroups(values: Float64Array, flags: Uint8Array): ValueGroups {
  let count = 0;
  for (let i = 0; i < flags.length; i++) count += flags[i]!;
  const flagged = new Float64Array(count);
  const others = new Float64Array(values.length - count);
  let flaggedCount = 0;
  let otherCount = 0;
  for (let i = 0; i < values.length; i++) {
    if (flags[i] === 1) flagged[flaggedCount++] = values[i]!;
    else others[otherCount++] = values[i]!;
  }
  sortNumbers(flagged);
  sortNumbers(others);
  return merged(others, flagged, true);
}

/** Two ascending lists as one list of groups of equal values. */
function merged(others: Float64Array, flagged: Float64Array, hasFlags: boolean): ValueGroups {
  const samples = others.length + flagged.length;
  const value = new Float64Array(samples);
  const total = new Uint32Array(samples);
  const positives = new Uint32Array(hasFlags ? samples : 0);
  let groups = 0;
  for (let other = 0, flag = 0; other < others.length || flag < flagged.length; groups++) {
    const next =
      other >= others.length || (flag < flagged.length && flagged[flag]! < others[other]!)
        ? flagged[flag]!
        : others[other]!;
    const [otherBefore, flagBefore] = [other, flag];
    while (other < others.length && others[other] === next) other += 1;
    while (flag < flagged.length && flagged[flag] === next) flag += 1;
    value[groups] = next;
    total[groups] = other - otherBefore + (flag - flagBefore);
    if (hasFlags) positives[groups] = flag - flagBefore;
  }
  const min = value.slice(0, groups);
  const totals = total.slice(0, groups);
  return {
    samples,
    min,
    max: min,
    total: totals,
    positives: hasFlags ? positives.slice(0, groups) : new Uint32Array(groups),
    sum: hasFlags ? new Float64Array(0) : min.map((each, group) => each * totals[group]!),
    exact: true,
    bytes: 28 * groups + 256,
  };
}

const mostRounds = 6;
/** The largest share of the samples that a bin of more than one value may have. */
const fullestBin = 1 / 4096;
/** About how many values the first look is at. */
const sampled = 2 ** 18;

/**
 * Equal bins from the least to the greatest value; a bin that holds more than 1/4096 of the samples and more
 * than one value is divided again, from its own least to its own greatest, up to five times. So neither far
 * outliers nor scores crowded at 0 and 1 make the bins coarse.
 */
async function binnedGroups(
  bins: Bins,
  length: number,
  signal: AbortSignal | undefined,
): Promise<ValueGroups> {
  // A sample tells where bins must be fine, which mostly spares a pass over all.
  if (length > 4 * sampled && bins.divide()) {
    bins.countEvery(Math.floor(length / sampled));
    bins.divide(fullestBin / 2); // what the sample finds nearly too full would mostly cost a pass over all
    bins.forgetCounts();
    await inSlices(length, signal, (from, to) => bins.count(from, to));
  }
  for (let round = 0; round < mostRounds && bins.divide(); round++) {
    await inSlices(length, signal, (from, to) => bins.count(from, to));
  }
  return bins.groups();
}

/**
 * The numbers of a bin lie side by side in one line of the processor's cache, so that counting a value
 * touches one line a level: the least and greatest value, the count, how many are flagged (without flags the
 * values' sum), and of a divided bin how many parts it has, the first of them, and how many parts there are
 * to a unit of the value.
 */
const [min, max, total, extra, parts, firstPart, scale, width] = [0, 1, 2, 3, 4, 5, 6, 8];

/** A tree of bins: bin 0 is all; a divided bin's parts lie one after another. */
class Bins {
  readonly #values: Float64Array;
  readonly #flags: Uint8Array | undefined;
  /** How many parts a round makes of all. */
  readonly #bins: number;
  #size = 1;
  /** How many values the counts are of. */
  #counted: number;
  /** Bins from here on are those of the latest round. */
  #newFrom = 0;
  #stats: Float64Array;

  constructor(values: Float64Array, flags: Uint8Array | undefined, range: ValueRange, bins: number) {
    this.#values = values;
    this.#flags = flags;
    this.#counted = values.length;
    this.#bins = bins;
    this.#stats = Float64Array.of(range.min, range.max, values.length, 0, 0, 0, 0, 0);
  }

  /** Divides what has more than a share of the samples, bin 0 always; false where nothing has. */
  divide(share = fullestBin): boolean {
    const samples = this.#counted;
    const stats = this.#stats;
    const before = this.#size;
    let size = before;
    for (let bin = this.#newFrom; bin < before; bin++) {
      const at = width * bin;
      if (bin > 0 && (stats[at + total]! <= samples * share || stats[at + min] === stats[at + max])) continue;
      const count = Math.ceil((stats[at + total]! / samples) * this.#bins);
      // Half the range: the whole may be beyond all doubles. Without a range all goes to the first part.
      const perUnit = count / 2 / (stats[at + max]! / 2 - stats[at + min]! / 2);
      stats[at + parts] = count;
      stats[at + firstPart] = size;
      stats[at + scale] = Number.isFinite(perUnit) ? perUnit : 0;
      size += count;
    }
    if (size === before) return false;
    this.#stats = new Float64Array(width * size);
    this.#stats.set(stats);
    for (let bin = before; bin < size; bin++) {
      this.#stats[width * bin + min] = Infinity;
      this.#stats[width * bin + max] = -Infinity;
    }
    this.#newFrom = before;
    this.#size = size;
    return true;
  }

  /** Counts a sample, evenly over all. */
  countEvery(step: number): void {
    this.#counted = Math.ceil(this.#values.length / step);
    this.#count(0, this.#values.length, step);
  }

  /** Empties every bin, so that all are counted anew; where they lie stays. */
  forgetCounts(): void {
    this.#counted = this.#values.length;
    this.#newFrom = 1;
    for (let at = 0; at < this.#stats.length; at += width) {
      if (this.#stats[at + parts] === 0) this.#stats.set([Infinity, -Infinity, 0, 0], at);
    }
  }

  count(from: number, to: number): void {
    this.#count(from, to, 1);
  }

  #count(from: number, to: number, step: number): void {
    const [values, flags, stats] = [this.#values, this.#flags, this.#stats];
    const newFrom = width * this.#newFrom;
    for (let i = from; i < to; i += step) {
      const value = values[i]!;
      let at = 0;
      let divided = stats[parts]!;
      do {
        const part = Math.floor((value - stats[at + min]!) * stats[at + scale]!);
        // Beyond the ends of a bin that only a sample was counted of, its first and last part go on.
        at = width * (stats[at + firstPart]! + (part < divided ? (part > 0 ? part : 0) : divided - 1));
        divided = stats[at + parts]!;
      } while (divided > 0);
      if (at < newFrom) continue;
      if (value < stats[at + min]!) stats[at + min] = value;
      if (value > stats[at + max]!) stats[at + max] = value;
      stats[at + total]! += 1;
      stats[at + extra]! += flags === undefined ? value : flags[i]!;
    }
  }

  /** The undivided bins that hold something, in order. */
  groups(): ValueGroups {
    const order: number[] = [];
    const visit = (bin: number) => {
      const at = width * bin;
      const count = this.#stats[at + parts]!;
      if (count === 0) {
        if (this.#stats[at + total]! > 0) order.push(bin);
        return;
      }
      const first = this.#stats[at + firstPart]!;
      for (let part = first; part < first + count; part++) visit(part);
    };
    visit(0);
    const column = (number: number) => order.map((bin) => this.#stats[width * bin + number]!);
    const least = Float64Array.from(column(min));
    const greatest = Float64Array.from(column(max));
    return {
      samples: this.#values.length,
      min: least,
      max: greatest,
      total: Uint32Array.from(column(total)),
      positives: this.#flags ? Uint32Array.from(column(extra)) : new Uint32Array(order.length),
      sum: this.#flags ? new Float64Array(0) : Float64Array.from(column(extra)),
      exact: least.every((value, group) => value === greatest[group]),
      bytes: 32 * order.length + 256,
    };
  }
}
