import { addHash, carry, hexadecimal } from "./murmur-hash3.js";

/** A column of sample ids or true values without missing ones; `codes[i]` points into `dictionary`. */
export type DigestColumn =
  | { type: "string"; values: readonly string[] }
  | { type: "string"; dictionary: readonly string[]; codes: Int32Array }
  | { type: "integer"; values: Int32Array | BigInt64Array | Float64Array }
  | { type: "integer"; dictionary: readonly (number | bigint)[]; codes: Int32Array }
  | { type: "boolean"; values: Uint8Array }
  | { type: "double"; values: Float64Array };

/**
 * Digest of a test set: 32 lower-case hexadecimal digits, the same for the same pairs of (sample id, true value) in
 * whatever order, and another when one label is corrected.
 *
 * It is the sum, modulo 2^128, of MurmurHash3_x86_128 (seed 0, read as a little-endian number) of each pair's bytes:
 * those of the id, then those of the true value. The bytes of a value are
 *   - an integer or boolean: 01, then 8 bytes, little-endian two's complement (true is 1, false is 0);
 *   - a string: 02, then its length in bytes as 4 bytes, little-endian, then its UTF-8;
 *   - a true value of a regression: 03, then 8 bytes, the little-endian IEEE 754 double, -0 as 0.
 *
 * Where there is another number of ids than of true values, the two cannot be paired. Then the order counts: it is the sum
 * over the ids of the hash of (04, position, id) and over the true values of the hash of (05, position, true value),
 * a position being 8 bytes, little-endian, from 0.
 *
 * @example testSetDigest(
 *   { type: "integer", values: Int32Array.of(1, 2) },
 *   { type: "string", values: ["cat", "dog"] },
 * ) // "16c1c5e0cb0150c1d0d3142c306ed40c"
 */
export function testSetDigest(ids: DigestColumn, yTrue: DigestColumn): string {
  const sum = new Float64Array(4);
  const bytes = new PairBytes();
  const idCount = length(ids);
  const count = length(yTrue);
  if (idCount === count) addPairs(sum, bytes, count, writerOf(ids), writerOf(yTrue));
  else {
    addPairs(sum, bytes, idCount, positionWriter(0x04), writerOf(ids));
    addPairs(sum, bytes, count, positionWriter(0x05), writerOf(yTrue));
  }
  return hexadecimal(sum);
}

/** Writes the bytes of row i's value. */
type Writer = (bytes: PairBytes, row: number) => void;

function addPairs(sum: Float64Array, bytes: PairBytes, rows: number, first: Writer, second: Writer): void {
  for (let i = 0; i < rows; i++) {
    bytes.end = 0;
    first(bytes, i);
    second(bytes, i);
    bytes.pad();
    addHash(sum, bytes.words, bytes.end);
    if ((i & 0xf_ffff) === 0xf_ffff) carry(sum);
  }
  carry(sum);
}

function length(column: DigestColumn): number {
  return "codes" in column ? column.codes.length : column.values.length;
}

function positionWriter(tag: number): Writer {
  return (bytes, row) => bytes.writeWords(tag, row | 0, Math.floor(row / two32));
}

function writerOf(column: DigestColumn): Writer {
  if ("codes" in column) return dictionaryWriter(column);
  if (column.type === "string") {
    const { values } = column;
    return (bytes, row) => bytes.writeString(values[row]!);
  }
  if (column.type === "boolean") {
    const { values } = column;
    return (bytes, row) => bytes.writeWords(integerTag, values[row]!, 0);
  }
  if (column.type === "integer") return integerWriter(column.values);
  const { values } = column;
  const double = new Float64Array(1);
  const halves = new Int32Array(double.buffer);
  return (bytes, row) => {
    double[0] = values[row]! + 0; // -0 + 0 is 0
    bytes.writeWords(doubleTag, halves[0]!, halves[1]!);
  };
}

function integerWriter(values: Int32Array | BigInt64Array | Float64Array): Writer {
  if (values instanceof Int32Array) {
    return (bytes, row) => {
      const value = values[row]!;
      bytes.writeWords(integerTag, value, value >> 31);
    };
  }
  if (values instanceof Float64Array) {
    return (bytes, row) => {
      const value = values[row]!;
      bytes.writeWords(integerTag, value | 0, Math.floor(value / two32));
    };
  }
  const halves = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  return (bytes, row) => bytes.writeWords(integerTag, halves[2 * row]!, halves[2 * row + 1]!);
}

/** Encodes each entry once: a class label is in many rows. */
function dictionaryWriter(column: Extract<DigestColumn, { codes: Int32Array }>): Writer {
  const { codes } = column;
  const write =
    column.type === "string"
      ? writerOf({ type: "string", values: column.dictionary })
      : integerWriter(BigInt64Array.from(column.dictionary, BigInt));
  const scratch = new PairBytes();
  const encoded = column.dictionary.map((_, entry) => {
    scratch.end = 0;
    write(scratch, entry);
    return scratch.bytes.slice(0, scratch.end);
  });
  return (bytes, row) => bytes.writeBytes(encoded[codes[row]!]!);
}

const integerTag = 0x01;
const stringTag = 0x02;
const doubleTag = 0x03;
const two32 = 0x1_0000_0000;
const utf8 = new TextEncoder();

/** The bytes of one pair, and the same as words for the hash (of a little-endian machine, as all that Node.js supports well are). */
class PairBytes {
  bytes = new Uint8Array(256);
  words = new Int32Array(this.bytes.buffer);
  end = 0;

  writeWords(tag: number, low: number, high: number): void {
    const { bytes, end } = this;
    bytes[end] = tag;
    bytes[end + 1] = low;
    bytes[end + 2] = low >>> 8;
    bytes[end + 3] = low >>> 16;
    bytes[end + 4] = low >>> 24;
    bytes[end + 5] = high;
    bytes[end + 6] = high >>> 8;
    bytes[end + 7] = high >>> 16;
    bytes[end + 8] = high >>> 24;
    this.end = end + 9;
  }

  writeString(text: string): void {
    this.reserve(5 + text.length * 3); // no UTF-16 unit takes more than 3 bytes of UTF-8
    const { bytes } = this;
    const lengthAt = this.end + 1;
    const start = lengthAt + 4;
    let end = start;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) {
        end = start + utf8.encodeInto(text, bytes.subarray(start)).written;
        break;
      }
      bytes[end++] = unit;
    }
    const size = end - start;
    bytes[lengthAt - 1] = stringTag;
    bytes[lengthAt] = size;
    bytes[lengthAt + 1] = size >>> 8;
    bytes[lengthAt + 2] = size >>> 16;
    bytes[lengthAt + 3] = size >>> 24;
    this.end = end;
  }

  writeBytes(encoded: Uint8Array): void {
    this.reserve(encoded.length);
    const { bytes, end } = this;
    for (let i = 0; i < encoded.length; i++) bytes[end + i] = encoded[i]!;
    this.end = end + encoded.length;
  }

  /** Zeros up to the next multiple of 16, which the hash reads as well. */
  pad(): void {
    const { bytes } = this;
    for (let i = this.end; i & 15; i++) bytes[i] = 0;
  }

  /** Makes room for so many bytes, and always for a number and the padding after them. */
  private reserve(size: number): void {
    const needed = this.end + size + 32;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(2 ** Math.ceil(Math.log2(needed)));
    larger.set(this.bytes.subarray(0, this.end));
    this.bytes = larger;
    this.words = new Int32Array(larger.buffer);
  }
}
