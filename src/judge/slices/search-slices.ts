import { benjaminiHochberg } from "../../statistics/benjamini-hochberg.js";
import { binnedPopulation } from "../../statistics/binned-population.js";
import { holm } from "../../statistics/holm.js";
import type { Population } from "../../statistics/subset-mean-p.js";
import { eventLoopTurns } from "./event-loop-turns.js";
import { cellSums, type GroupSums, pOfWorse, totalOf, without } from "./group-sums.js";
import { populationOfAll, type SampleLosses } from "./sample-losses.js";
import type { SliceColumn } from "./slice-columns.js";

export type Correction = "holm" | "bh";

export interface SearchOptions {
  /** Slices of fewer samples are not tried, nor those that leave fewer out. */
  minSize: number;
  level: number;
  correction: Correction;
  /** How many slices to report at most. */
  limit: number;
  onProgress?: (done: number, total: number) => void;
}

/** Samples that have one group of a column, or of each of two columns. */
export interface FoundSlice {
  groups: { column: SliceColumn; group: number }[];
  sums: GroupSums;
  p: number;
  corrected: number;
}

export interface SliceSearch {
  /** The most useful first. */
  slices: FoundSlice[];
  /** How many slices were compared with the rest. */
  tried: number;
  /** How many of them are worse than the rest, those left out included. */
  significant: number;
}

/**
 * Finds the slices, of one column or two, that are worse than all other samples, corrected for the number
 * tried. Those come first whose difference times the root of their size is greatest: neither many samples
 * that are a little worse nor few that are much worse.
 *
 * Left out is what says nothing new: a pair that is not worse than the other samples of a reported single of
 * its own, and a slice whose samples outside those reported before it are not worse than the rest.
 */
export async function searchSlices(
  losses: SampleLosses,
  columns: readonly SliceColumn[],
  options: SearchOptions,
): Promise<SliceSearch> {
  const all = totalOf(losses);
  const alpha = 1 - options.level;
  const tried = await trySlices(losses, columns, all, options);
  // Those that are better cannot be found: their p is 1, which counts them among those tried.
  const pValues = tried.map(({ sums }) => pOfWorse(losses, sums, without(all, sums)));
  const correct = options.correction === "holm" ? holm : benjaminiHochberg;
  // With a larger p none is shown that was not shown before, so only those take the longer test.
  for (const [i, p] of correct(pValues).entries()) {
    if (p > alpha) continue;
    const { sums } = tried[i]!;
    pValues[i] = pOfWorse(losses, sums, without(all, sums), () => populationOfAll(losses));
  }
  const corrected = correct(pValues);
  const significant = tried
    .map((slice, i) => ({ ...slice, p: pValues[i]!, corrected: corrected[i]! }))
    .filter((slice) => slice.corrected <= alpha)
    .sort((a, b) => weight(b, losses, all) - weight(a, losses, all));
  return {
    slices: withoutRepeats(losses, all, significant, tried, options),
    tried: tried.length,
    significant: significant.length,
  };
}

type Tried = Pick<FoundSlice, "groups" | "sums">;

async function trySlices(
  losses: SampleLosses,
  columns: readonly SliceColumn[],
  all: GroupSums,
  { minSize, onProgress }: SearchOptions,
): Promise<Tried[]> {
  const tried: Tried[] = [];
  const singles = columns.map((column) => {
    const found = cellSums(losses, column.codes, column.groups.length);
    for (const [group, sums] of found.entries()) {
      if (isTried(column, group) && sums.n >= minSize && all.n - sums.n >= minSize) {
        tried.push({ groups: [{ column, group }], sums });
      }
    }
    return found;
  });
  const pairs = (columns.length * (columns.length - 1)) / 2;
  let done = 0;
  const cells = new Uint16Array(all.n);
  const othersTurn = eventLoopTurns();
  for (const [i, first] of columns.entries()) {
    for (const [k, second] of columns.slice(i + 1).entries()) {
      const found = pairSums(losses, first, second, cells);
      for (const [cell, sums] of found.entries()) {
        const [g, h] = [Math.floor(cell / second.groups.length), cell % second.groups.length];
        const isItsSingle = sums.n === singles[i]![g]!.n || sums.n === singles[i + 1 + k]![h]!.n;
        if (sums.n < minSize || isItsSingle || !isTried(first, g) || !isTried(second, h)) continue;
        tried.push({
          groups: [
            { column: first, group: g },
            { column: second, group: h },
          ],
          sums,
        });
      }
      onProgress?.(++done, pairs);
      await othersTurn();
    }
  }
  return tried;
}

/** Rare values together are no slice that a person could look for. */
function isTried({ groups }: SliceColumn, group: number): boolean {
  return groups[group]!.type !== "other";
}

/** @param cells room for the cell of each sample */
function pairSums(
  losses: SampleLosses,
  first: SliceColumn,
  second: SliceColumn,
  cells: Uint16Array,
): GroupSums[] {
  const width = second.groups.length;
  const [a, b] = [first.codes, second.codes];
  for (let i = 0; i < cells.length; i++) cells[i] = a[i]! * width + b[i]!;
  return cellSums(losses, cells, first.groups.length * width);
}

function weight({ sums }: Tried, { worse }: SampleLosses, all: GroupSums): number {
  const rest = without(all, sums);
  return worse * (sums.sum / sums.n - rest.sum / rest.n) * Math.sqrt(sums.n);
}

/** Of more, looking at every sample for each would take long; those of least weight are left out. */
const mostLookedAt = 200;

function withoutRepeats(
  losses: SampleLosses,
  all: GroupSums,
  ranked: readonly FoundSlice[],
  tried: readonly Tried[],
  { level, limit, minSize }: SearchOptions,
): FoundSlice[] {
  const alpha = 1 - level;
  const single = new Map<string, FoundSlice>();
  for (const slice of ranked) if (slice.groups.length === 1) single.set(keyOf(slice.groups[0]!), slice);
  const pairsOf = new Map<string, number>();
  for (const { groups } of tried) {
    if (groups.length < 2) continue;
    for (const each of groups) pairsOf.set(keyOf(each), (pairsOf.get(keyOf(each)) ?? 0) + 1);
  }
  const populations = new Map<string, Population>();
  const isWorseThanIts = (slice: FoundSlice, parent: FoundSlice, key: string) => {
    const others = without(parent.sums, slice.sums);
    const worst = alpha / pairsOf.get(key)!;
    if (pOfWorse(losses, slice.sums, others) > worst) return false;
    const ofParent = () => {
      let found = populations.get(key);
      if (!found) {
        const { column, group } = parent.groups[0]!;
        populations.set(key, (found = binnedPopulation(losses.binned!, column.codes, group)));
      }
      return found;
    };
    return pOfWorse(losses, slice.sums, others, ofParent) <= worst;
  };
  const kept: FoundSlice[] = [];
  const keptKeys = new Set<string>();
  const covered = new Uint8Array(losses.values.length);
  for (const slice of ranked.slice(0, mostLookedAt)) {
    if (kept.length === limit) break;
    const keys = slice.groups.map(keyOf);
    const parents = slice.groups.length === 1 ? [] : keys.filter((key) => single.has(key));
    if (!parents.every((key) => isWorseThanIts(slice, single.get(key)!, key))) continue;
    if (kept.length > 0 && !parents.some((key) => keptKeys.has(key))) {
      const { inside, outside } = uncovered(losses, slice, covered);
      const ofUncovered = () => binnedPopulation(losses.binned!, covered, 0);
      const isNew =
        inside.n >= minSize && pOfWorse(losses, inside, outside, ofUncovered) * tried.length <= alpha;
      if (inside.n < slice.sums.n && !isNew) continue;
    }
    kept.push(slice);
    keptKeys.add(keys.join("\0"));
    cover(slice, covered);
  }
  return kept;
}

function keyOf({ column, group }: FoundSlice["groups"][number]): string {
  return `${group} ${column.name}`;
}

/** Of the samples in no slice yet, those in this one and those not. */
function uncovered(losses: SampleLosses, slice: FoundSlice, covered: Uint8Array) {
  const holds = membership(slice);
  const sides = covered.map((isCovered, i) => (isCovered === 1 ? 2 : Number(holds(i))));
  const [outside, inside] = cellSums(losses, sides, 3) as [GroupSums, GroupSums];
  return { inside, outside };
}

function cover(slice: FoundSlice, covered: Uint8Array): void {
  const holds = membership(slice);
  for (let i = 0; i < covered.length; i++) if (holds(i)) covered[i] = 1;
}

function membership({ groups }: FoundSlice): (sample: number) => boolean {
  const [first, second = first] = groups.map(({ column, group }) => ({ codes: column.codes, group }));
  return (i) => first!.codes[i] === first!.group && second!.codes[i] === second!.group;
}
