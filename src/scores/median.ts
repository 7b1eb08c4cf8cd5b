import { sortNumbers } from "./sort-numbers.js";

/**
 * Median of some numbers, of an even number the mean of the middle two. Leaves them as they are.
 * @example median(Float64Array.of(3, -1, 2, -8)) // 0.5
 */
export function median(values: Float64Array): number {
  const [lower, upper] = [(values.length - 1) >> 1, values.length >> 1];
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! < 0) count += 1;
  const negatives = new Float64Array(count);
  const others = new Float64Array(values.length - count);
  for (let i = 0, negative = 0, other = 0; i < values.length; i++) {
    if (values[i]! < 0) negatives[negative++] = -values[i]!;
    else others[other++] = values[i]! + 0; // -0 is 0
  }
  if (lower >= count) return mean(magnitudesAt(others, lower - count, upper - count));
  if (upper < count) return -mean(magnitudesAt(negatives, count - 1 - upper, count - 1 - lower));
  return mean([-magnitudesAt(negatives, 0, 0)[0], magnitudesAt(others, 0, 0)[0]]);
}

function mean([a, b]: readonly [number, number]): number {
  return (a + b) / 2;
}

/**
 * The numbers at two ranks, the same or one apart, among numbers of which none is negative; ranks count from
 * 0. Numbers of the same exponent and first four bits lie together in order, so a count by those 16 bits
 * tells where the wanted ones are; only these are kept and sorted.
 * @param values is overwritten
 */
export function magnitudesAt(values: Float64Array, lower: number, upper: number): [number, number] {
  const words = new Uint16Array(values.buffer, values.byteOffset, 4 * values.length);
  const counts = new Uint32Array(1 << 16);
  for (let at = 3; at < words.length; at += 4) counts[words[at]!]! += 1;

  let below = 0;
  let first = 0;
  while (below + counts[first]! <= lower) below += counts[first++]!;
  let last = first;
  for (let upTo = below + counts[first]!; upTo <= upper; ) upTo += counts[++last]!;

  let kept = 0;
  for (let i = 0; i < values.length; i++) {
    const digit = words[4 * i + 3]!;
    if (digit >= first && digit <= last) values[kept++] = values[i]!;
  }
  const middle = values.subarray(0, kept);
  sortNumbers(middle);
  return [middle[lower - below]!, middle[upper - below]!];
}
