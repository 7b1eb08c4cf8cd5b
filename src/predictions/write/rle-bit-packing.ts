import type { ByteSink } from "./byte-sink.js";

/** Bits that hold each of the values 0 .. count - 1; at least one, as other writers have it. */
export function bitWidthOf(count: number): number {
  return Math.max(1, 32 - Math.clz32(count - 1));
}

/**
 * Appends `values[start .. end)` in the hybrid of run lengths and bit packing, without a length before it. A
 * width of at most 24 bits.
 *
 * A run of equal values is its length twice, then the value in whole bytes; other values come in groups of
 * eight, packed from the least significant bit on, at most 63 groups under one header, as parquet-mr and
 * Arrow write them. https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE
 */
export function appendHybrid(
  sink: ByteSink,
  values: Int32Array,
  start: number,
  end: number,
  bitWidth: number,
): void {
  let packedFrom = start;
  let at = start; // always whole groups after packedFrom
  while (at + 8 <= end) {
    const value = values[at]!;
    if (!equalGroup(values, at, value)) {
      at += 8;
      continue;
    }
    let runEnd = at + 8;
    while (runEnd < end && values[runEnd] === value) runEnd++;
    if (runEnd - at < shortestRun) {
      at += (runEnd - at) & ~7;
      continue;
    }
    appendPacked(sink, values, packedFrom, at, bitWidth);
    sink.varint((runEnd - at) * 2);
    for (let bits = 0; bits < bitWidth; bits += 8) sink.byte((value >>> bits) & 0xff);
    at = runEnd;
    packedFrom = runEnd;
  }
  appendPacked(sink, values, packedFrom, end, bitWidth);
}

/** Without a branch for each value: in a mixed column the processor would guess half of them wrongly. */
function equalGroup(values: Int32Array, at: number, value: number): boolean {
  const differences =
    (values[at + 1]! ^ value) |
    (values[at + 2]! ^ value) |
    (values[at + 3]! ^ value) |
    (values[at + 4]! ^ value) |
    (values[at + 5]! ^ value) |
    (values[at + 6]! ^ value) |
    (values[at + 7]! ^ value);
  return differences === 0;
}

/** A shorter run is packed: it would save little, and interrupts what is packed around it. */
const shortestRun = 64;
const valuesPerHeader = 63 * 8;

function appendPacked(
  sink: ByteSink,
  values: Int32Array,
  start: number,
  end: number,
  bitWidth: number,
): void {
  for (let from = start; from < end; from += valuesPerHeader) {
    const to = Math.min(from + valuesPerHeader, end);
    const groups = (to - from + 7) >>> 3;
    sink.reserve(1 + groups * bitWidth);
    const { bytes } = sink;
    let at = sink.length;
    bytes[at++] = (groups << 1) | 1;
    let bits = 0;
    let bitCount = 0;
    let i = from;
    if (bitWidth === 1) for (; i + 8 <= to; i += 8) bytes[at++] = packedBits(values, i);
    for (; i < to; i++) {
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

/** Eight values of one bit each. */
function packedBits(values: Int32Array, at: number): number {
  return (
    values[at]! |
    (values[at + 1]! << 1) |
    (values[at + 2]! << 2) |
    (values[at + 3]! << 3) |
    (values[at + 4]! << 4) |
    (values[at + 5]! << 5) |
    (values[at + 6]! << 6) |
    (values[at + 7]! << 7)
  );
}
