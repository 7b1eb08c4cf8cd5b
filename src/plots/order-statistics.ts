import { inSlices } from "./in-slices.js";

/**
 * The values that stand at the given places (from 0) of the ascending order, without sorting all: exact,
 * whatever the distribution.
 *
 * The bits of a double, read as an integer, grow with its value (and fall for negative ones). A count by the
 * first 18 bits tells which few values are needed; where those are still many, it is done again with the next
 * bits.
 */
export async function orderStatistics(
  values: Float64Array,
  places: readonly number[],
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const found = new Map<number, number>();
  await select(
    values,
    0,
    [...new Set(places)].sort((a, b) => a - b),
    0,
    found,
    signal,
  );
  return Float64Array.from(places, (place) => found.get(place)!);
}

const fewValues = 100_000;
const digits = 1 << 18;

/** @param start the place of the least of `values` among all */
async function select(
  values: Float64Array,
  start: number,
  places: readonly number[],
  level: number,
  found: Map<number, number>,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (values.length <= fewValues || level > 2) {
    const sorted = values.slice().sort();
    for (const place of places) found.set(place, sorted[place - start]!);
    return;
  }
  const halves = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  const counts = new Uint32Array(digits);
  await inSlices(values.length, signal, (from, to) => {
    for (let i = from; i < to; i++) counts[digitOf(halves, i, level)]! += 1;
  });

  // Which digits hold a wanted place, and where among them each starts.
  const part = new Int32Array(digits).fill(-1);
  const parts: { start: number; places: number[]; values: Float64Array; filled: number }[] = [];
  let before = start;
  let next = 0;
  for (let digit = 0; digit < digits && next < places.length; digit++) {
    const after = before + counts[digit]!;
    if (places[next]! < after) {
      part[digit] = parts.length;
      const here: number[] = [];
      while (next < places.length && places[next]! < after) here.push(places[next++]!);
      parts.push({ start: before, places: here, values: new Float64Array(counts[digit]!), filled: 0 });
    }
    before = after;
  }
  await inSlices(values.length, signal, (from, to) => {
    for (let i = from; i < to; i++) {
      const index = part[digitOf(halves, i, level)]!;
      if (index < 0) continue;
      const into = parts[index]!;
      into.values[into.filled++] = values[i]!;
    }
  });
  for (const { start: first, places: here, values: few } of parts) {
    await select(few, first, here, level + 1, found, signal);
  }
}

/** The first, second or third 18 bits of a double, in the order of its value. */
function digitOf(halves: Uint32Array, i: number, level: number): number {
  const upper = halves[2 * i + 1]!;
  const negative = upper >>> 31 === 1;
  if (level === 0) return negative ? 0x3ffff - (upper >>> 14) : (upper >>> 14) | 0x20000;
  const lower = halves[2 * i]!;
  const digit = level === 1 ? ((upper & 0x3fff) << 4) | (lower >>> 28) : (lower >>> 10) & 0x3ffff;
  return negative ? 0x3ffff - digit : digit;
}

/**
 * Percentiles by linear interpolation between order statistics. Source: numpy 2, `percentile` with its
 * default method.
 * @param shares 0..1 each
 */
export async function percentiles(
  values: Float64Array,
  shares: readonly number[],
  signal: AbortSignal | undefined,
): Promise<number[]> {
  const last = values.length - 1;
  const places = shares.flatMap((share) => {
    const place = Math.floor(last * share);
    return [place, Math.min(place + 1, last)];
  });
  const found = await orderStatistics(values, places, signal);
  return shares.map((share, i) => {
    const t = last * share - places[2 * i]!;
    const [below, above] = [found[2 * i]!, found[2 * i + 1]!];
    const difference = above - below;
    return t < 0.5 ? below + difference * t : above - difference * (1 - t);
  });
}
