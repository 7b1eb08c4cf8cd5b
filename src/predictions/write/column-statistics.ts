/**
 * The least and the greatest value of a column chunk as PLAIN bytes without a length; absent where that would
 * cost too much or mean nothing.
 */
export interface Statistics {
  min?: Uint8Array;
  max?: Uint8Array;
  /** How many rows have no value. */
  missing?: number;
}

/** Of 64-bit integers in two's complement, given as pairs of words, the lower first. */
export function integerStatistics(): { include(halves: Int32Array): void; result(): Statistics } {
  let minHigh = 0x7fffffff;
  let minLow = 0xffffffff;
  let maxHigh = -0x80000000;
  let maxLow = 0;
  return {
    include(halves) {
      for (let i = 0; i < halves.length; i += 2) {
        const low = halves[i]! >>> 0;
        const high = halves[i + 1]!;
        if (high < minHigh || (high === minHigh && low < minLow)) {
          minHigh = high;
          minLow = low;
        }
        if (high > maxHigh || (high === maxHigh && low > maxLow)) {
          maxHigh = high;
          maxLow = low;
        }
      }
    },
    result: () => ({
      min: bytesOf(Int32Array.of(minLow, minHigh)),
      max: bytesOf(Int32Array.of(maxLow, maxHigh)),
    }),
  };
}

/**
 * Of doubles. None where one is NaN: readers disagree on where it sorts. A zero bound has the sign that
 * includes both zeros.
 */
export function doubleStatistics(): { include(values: Float64Array): void; result(): Statistics } {
  let min = Infinity;
  let max = -Infinity;
  let ordered = true;
  return {
    include(values) {
      for (let i = 0; i < values.length; i++) {
        const value = values[i]!;
        if (value < min) min = value;
        if (value > max) max = value;
        if (value !== value) ordered = false; // only NaN differs from itself
      }
    },
    result: () =>
      ordered
        ? { min: bytesOf(Float64Array.of(min === 0 ? -0 : min)), max: bytesOf(Float64Array.of(max + 0)) }
        : {},
  };
}

/** Of strings as UTF-8, by their bytes, which is by code point; none where one of the two is long. */
export function stringStatistics(entries: readonly Uint8Array[]): Statistics {
  let min = entries[0]!;
  let max = min;
  for (const entry of entries) {
    if (compareBytes(entry, min) < 0) min = entry;
    if (compareBytes(entry, max) > 0) max = entry;
  }
  return min.length <= longestBound && max.length <= longestBound ? { min, max } : {};
}

const longestBound = 64;

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

function bytesOf(values: Int32Array | Float64Array): Uint8Array {
  return new Uint8Array(values.buffer);
}
