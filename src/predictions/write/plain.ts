import type { DoubleColumn, IntegerValues } from "../prediction-table.js";
import type { ByteSink } from "./byte-sink.js";

// The PLAIN encoding, values one after the other, of a little-endian machine, as all are that Node.js is
// built for but two. https://parquet.apache.org/docs/file-format/data-pages/encodings/#PLAIN

/** Rows `from` up to `to` as 64-bit integers in pairs of words, the lower first. */
export function integerHalves(values: IntegerValues, from: number, to: number): Int32Array {
  if (values instanceof BigInt64Array) {
    return new Int32Array(values.buffer, values.byteOffset + 8 * from, 2 * (to - from));
  }
  const halves = new Int32Array(2 * (to - from));
  if (values instanceof Int32Array) {
    for (let i = from, at = 0; i < to; i++, at += 2) {
      const value = values[i]!;
      halves[at] = value;
      halves[at + 1] = value >> 31;
    }
  } else {
    for (let i = from, at = 0; i < to; i++, at += 2) {
      const value = values[i]!;
      halves[at] = value; // modulo 2^32
      halves[at + 1] = Math.floor(value / 0x1_0000_0000);
    }
  }
  return halves;
}

/** Rows `from` up to `to`, side by side. */
export function contiguousDoubles(column: DoubleColumn, from: number, to: number): Float64Array {
  const { values, offset = 0, stride = 1 } = column;
  if (stride === 1) return values.subarray(offset + from, offset + to);
  const doubles = new Float64Array(to - from);
  for (let i = from, at = offset + from * stride; i < to; i++, at += stride) doubles[i - from] = values[at]!;
  return doubles;
}

/** Rows `from` up to `to` of zeros and ones, eight a byte, the first in the least significant bit. */
export function packedBooleans(values: Uint8Array, from: number, to: number): Uint8Array {
  const bytes = new Uint8Array((to - from + 7) >>> 3);
  for (let i = from; i < to; i++) bytes[(i - from) >>> 3]! |= values[i]! << ((i - from) & 7);
  return bytes;
}

/** A string: its length in bytes, then its UTF-8. */
export function appendString(sink: ByteSink, text: string): void {
  const lengthAt = sink.length;
  sink.uint32(0);
  sink.utf8(text);
  sink.setUint32(lengthAt, sink.length - lengthAt - 4);
}

export function plainBytes(values: Int32Array | Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
