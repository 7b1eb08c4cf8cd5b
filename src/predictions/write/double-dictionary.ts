import type { DoubleColumn } from "../prediction-table.js";

/** Distinct values in the order of their first appearance, and for each row which of them it has. */
export interface DoubleDictionary {
  entries: Float64Array;
  codes: Int32Array;
}

/**
 * The distinct values of a part of a column, or undefined where there are too many for a dictionary to save
 * space. Values are the same when their bits are, so that -0 and each NaN come back as they were. Scores are
 * often few: those of a forest of 100 trees are multiples of 0.01.
 */
export function doubleDictionary(
  column: DoubleColumn,
  start: number,
  end: number,
): DoubleDictionary | undefined {
  const rows = end - start;
  if (rows < 16) return undefined;
  const sample = findDistinct(column, start, start + Math.min(rows, 1024));
  if (sample.entries.length > Math.min(rows, 1024) / 2) return undefined;
  const all = findDistinct(column, start, end);
  return all.codes.length === rows && all.entries.length <= rows / 4 ? all : undefined;
}

const most = 1 << 13;

/** Stops short of `end` where there are more than `most` distinct values. */
function findDistinct(column: DoubleColumn, start: number, end: number): DoubleDictionary {
  const { values, offset = 0, stride = 1 } = column;
  const entries = new Float64Array(most);
  const halves = new Int32Array(entries.buffer);
  const codes = new Int32Array(end - start);
  const table = new Int32Array(most * 4); // open addressing: an entry's index plus one
  const mask = table.length - 1;
  const value = new Float64Array(1);
  const bits = new Int32Array(value.buffer);
  let count = 0;
  for (let i = start; i < end; i++) {
    value[0] = values[offset + i * stride]!;
    const low = bits[0]!;
    const high = bits[1]!;
    let slot = (Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> 15) & mask;
    let entry = table[slot]! - 1;
    while (entry >= 0 && (halves[2 * entry] !== low || halves[2 * entry + 1] !== high)) {
      slot = (slot + 1) & mask;
      entry = table[slot]! - 1;
    }
    if (entry < 0) {
      if (count === most) return { entries, codes: codes.subarray(0, i - start) };
      halves[2 * count] = low;
      halves[2 * count + 1] = high;
      entry = count++;
      table[slot] = count;
    }
    codes[i - start] = entry;
  }
  return { entries: entries.subarray(0, count), codes };
}
