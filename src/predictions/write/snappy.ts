import type { ByteSink } from "./byte-sink.js";

/**
 * Appends `input` in the Snappy block format: its length, then literals and copies of what came before.
 * https://github.com/google/snappy/blob/main/format_description.txt
 *
 * Where a sample shows that copies would save little, all of it becomes one literal, which readers copy at
 * full speed.
 */
export function appendSnappy(output: ByteSink, input: Uint8Array): void {
  const start = output.length;
  output.varint(input.length);
  if (input.length > sampleLength) {
    const beforeSample = output.length;
    appendElements(output, input, sampleLength);
    const pays = output.length - beforeSample < sampleLength * 0.9;
    output.length = beforeSample;
    if (!pays) return appendLiteral(output, input, 0, input.length);
  }
  appendElements(output, input, input.length);
  if (output.length - start > input.length + 8) {
    output.length = start;
    output.varint(input.length);
    appendLiteral(output, input, 0, input.length);
  }
}

/**
 * The same for bytes that end in 64-bit integers, which `halves` has as pairs of words. Each is taken to
 * differ from the one before it in its low bytes alone, as ascending ids do: those are a literal, the others
 * a copy from 8 bytes back.
 */
export function appendSnappyIntegers(output: ByteSink, input: Uint8Array, halves: Int32Array): void {
  output.varint(input.length);
  output.reserve(input.length + halves.length + 32); // no value takes more room than its 8 bytes
  const { bytes } = output;
  let at = output.length;
  let literalStart = 0;
  let position = input.length - halves.byteLength;
  let copied = 0; // bytes before literalStart that equal those 8 before them, not yet written
  let previousLow = ~(halves[0] ?? 0); // the first value has none before it
  let previousHigh = ~(halves[1] ?? 0);
  for (let i = 0; i < halves.length; i += 2, position += 8) {
    const low = halves[i]!;
    const high = halves[i + 1]!;
    const change = low ^ previousLow;
    const highChanged = high !== previousHigh;
    previousLow = low;
    previousHigh = high;
    if (highChanged) {
      if (copied > 0) {
        at = putCopy(bytes, at, 8, copied);
        copied = 0;
      }
      continue;
    }
    if (change === 0 && literalStart === position) {
      copied += 8;
      literalStart += 8;
      continue;
    }
    if (copied > 0) at = putCopy(bytes, at, 8, copied);
    const changed = (39 - Math.clz32(change)) >>> 3;
    if (changed > 0 || literalStart < position) {
      at = putLiteral(bytes, at, input, literalStart, position + changed);
    }
    literalStart = position + 8;
    copied = 8 - changed;
  }
  if (copied > 0) at = putCopy(bytes, at, 8, copied);
  if (literalStart < input.length) at = putLiteral(bytes, at, input, literalStart, input.length);
  output.length = at;
}

const sampleLength = 4096;
const tableBits = 14;
/** Where a hash of four bytes was last seen, plus one; one table for all, since no call yields. */
let table: Int32Array | undefined;

function appendElements(output: ByteSink, input: Uint8Array, end: number): void {
  output.reserve(end + Math.floor(end / 6) + 32);
  const bytes = output.bytes;
  let at = output.length;
  if (table) table.fill(0);
  else table = new Int32Array(1 << tableBits);
  const seen = table;
  let literalStart = 0;
  let position = 0;
  let misses = 32;
  const lastMatch = end - 4;
  while (position <= lastMatch) {
    const four =
      input[position]! |
      (input[position + 1]! << 8) |
      (input[position + 2]! << 16) |
      (input[position + 3]! << 24);
    const slot = Math.imul(four, 0x1e35a7bd) >>> (32 - tableBits);
    const candidate = seen[slot]! - 1;
    seen[slot] = position + 1;
    if (
      candidate < 0 ||
      position - candidate > 0xffff ||
      input[candidate] !== (four & 0xff) ||
      input[candidate + 1] !== ((four >>> 8) & 0xff) ||
      input[candidate + 2] !== ((four >>> 16) & 0xff) ||
      input[candidate + 3] !== four >>> 24
    ) {
      position += misses++ >>> 5; // the longer nothing matched, the larger the steps
      continue;
    }
    if (literalStart < position) at = putLiteral(bytes, at, input, literalStart, position);
    let matchEnd = position + 4;
    let source = candidate + 4;
    while (matchEnd < end && input[matchEnd] === input[source]) {
      matchEnd++;
      source++;
    }
    at = putCopy(bytes, at, position - candidate, matchEnd - position);
    position = matchEnd;
    literalStart = matchEnd;
    misses = 32;
  }
  if (literalStart < end) at = putLiteral(bytes, at, input, literalStart, end);
  output.length = at;
}

function appendLiteral(output: ByteSink, input: Uint8Array, start: number, end: number): void {
  output.reserve(end - start + 5);
  output.length = putLiteral(output.bytes, output.length, input, start, end);
}

/** A literal: its length less one in the tag's upper six bits, or in the one to four bytes that follow. */
function putLiteral(bytes: Uint8Array, start: number, input: Uint8Array, from: number, to: number): number {
  let at = start;
  const length = to - from - 1;
  if (length < 60) bytes[at++] = length << 2;
  else {
    const tagAt = at++;
    for (let rest = length; rest > 0; rest >>>= 8) bytes[at++] = rest;
    bytes[tagAt] = (58 + at - tagAt) << 2;
  }
  if (length < 32) {
    for (let i = from; i < to; i++) bytes[at++] = input[i]!;
    return at;
  }
  bytes.set(input.subarray(from, to), at);
  return at + to - from;
}

/** Copies of at most 64 bytes each; an offset of at most 65,535. */
function putCopy(bytes: Uint8Array, start: number, offset: number, length: number): number {
  let at = start;
  let rest = length;
  while (rest > 64) {
    const part = rest < 68 ? 60 : 64; // so that at least 4 bytes are left for the last
    bytes[at++] = ((part - 1) << 2) | 2;
    bytes[at++] = offset;
    bytes[at++] = offset >>> 8;
    rest -= part;
  }
  if (rest < 12 && offset < 2048) {
    bytes[at++] = ((offset >>> 8) << 5) | ((rest - 4) << 2) | 1;
    bytes[at++] = offset;
  } else {
    bytes[at++] = ((rest - 1) << 2) | 2;
    bytes[at++] = offset;
    bytes[at++] = offset >>> 8;
  }
  return at;
}
