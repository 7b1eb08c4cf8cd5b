import type { ByteSink } from "./byte-sink.js";

/** Bits that hold each of the values 0 .. count - 1; at least one, as other writers have it. */
export function bitWidthOf(count: number): number {
  return Math.max(1, 32 - Math.clz32(count - 1));
}

/**
 * Appends `values[start .. end)` in the hybrid of run lengths and bit packing, without a length before it. A width of at most 24 bits.
 *
 * A run of equal values is its length twice, then the value in whole bytes; other values come in groups of eight, packed from the least
 * significant bit on, at most 63 groups under one header, as parquet-mr and Arrow write them.
 * https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE
 */
export function appendHybrid(sink: ByteSink, values: Int32Array, start: number, end: number, bitWidth: number): void {
  sink.reserve(Math.ceil((end - start) / 8) * bitWidth + Math.ceil((end - start) / 504) + 32);
  let packedFrom = start;
  let at = start;
  while (at < end) {
    const value = values[at]!;
    let runEnd = at + 1;
    while (runEnd < end && values[runEnd] === value) runEnd++;
    if (runEnd - at >= shortestRun) {
      // Packed groups are whole but for the very last: the run gives the values that complete the last one before it.
      const runStart = at + ((8 - ((at - packedFrom) & 7)) & 7);
      appendPacked(sink, values, packedFrom, runStart, bitWidth);
      sink.varint((runEnd - runStart) * 2);
      for (let bits = 0; bits < bitWidth; bits += 8) sink.byte(value >>> bits);
      packedFrom = runEnd;
    }
    at = runEnd;
  }
  appendPacked(sink, values, packedFrom, end, bitWidth);
}

/** A shorter run is packed: it would save little, and interrupts what is packed around it. */
const shortestRun = 64;
const valuesPerHeader = 63 * 8;

function appendPacked(sink: ByteSink, values: Int32Array, start: number, end: number, bitWidth: number): void {
  for (let from = start; from < end; from += valuesPerHeader) {
    const to = Math.min(from + valuesPerHeader, end);
    const groups = (to - from + 7) >>> 3;
    sink.reserve(1 + groups * bitWidth);
    const { bytes } = sink;
    let at = sink.length;
    bytes[at++] = (groups << 1) | 1;
    let bits = 0;
    let bitCount = 0;
    for (let i = from; i < to; i++) {
      bits |= values[i]! << bitCount;
      bitCount += bitWidth;
      while (bitCount >= 8) {
        bytes[at++] = bits;
        bits >>>= 8;
        bitCount -= 8;
      }
    }
    sink.length += 1 + groups * bitWidth;
    if (bitCount > 0) bytes[at++] = bits;
    bytes.fill(0, at, sink.length); // the last group is filled up with zeros
  }
}
