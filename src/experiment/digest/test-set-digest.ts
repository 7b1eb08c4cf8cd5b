import { addHash, carry, type HashSum, hexadecimal } from "./murmur-hash3.js";

/** A column of sample ids or true values without missing ones; `codes[i]` points into `dictionary`. */
export type DigestColumn =
  | { type: "string"; values: readonly string[] }
  | { type: "string"; dictionary: readonly string[]; codes: Int32Array }
  | { type: "integer"; values: Int32Array | BigInt64Array | Float64Array }
  | { type: "integer"; dictionary: readonly (number | bigint)[]; codes: Int32Array }
  | { type: "boolean"; values: Uint8Array }
  | { type: "double"; values: Float64Array };

/**
 * Digest of a test set: 32 lower-case hexadecimal digits, the same for the same pairs of (sample id, true
 * value) in whatever order, and another when one label is corrected.
 *
 * It is the sum, modulo 2^128, of MurmurHash3_x86_128 (seed 0, read as a little-endian number) of each pair's
 * bytes: those of the id, then those of the true value. The bytes of a value are - an integer or boolean: 01,
 * then 8 bytes, little-endian two's complement (true is 1, false is 0); - a string: 02, then its length in
 * bytes as 4 bytes, little-endian, then its UTF-8; - a true value of a regression: 03, then 8 bytes, the
 * little-endian IEEE 754 double, -0 as 0.
 *
 * Where there is another number of ids than of true values, the two cannot be paired. Then the order counts:
 * it is the sum over the ids of the hash of (04, position, id) and over the true values of the hash of (05,
 * position, true value), a position being 8 bytes, little-endian, from 0.
 *
 * @example testSetDigest(
 *   { type: "integer", values: Int32Array.of(1, 2) },
 *   { type: "string", values: ["cat", "dog"] },
 * ) // "16c1c5e0cb0150c1d0d3142c306ed40c"
 */
export function testSetDigest(ids: DigestColumn, yTrue: DigestColumn): string {
  const sum = new Float64Array(4);
  const idCount = length(ids);
  const count = length(yTrue);
  if (idCount === count) addPairs(sum, count, ids, yTrue);
  else {
    addPairs(sum, idCount, { type: "position", tag: 0x04 }, ids);
    addPairs(sum, count, { type: "position", tag: 0x05 }, yTrue);
  }
  return hexadecimal(sum);
}

type PairColumn = DigestColumn | { type: "position"; tag: number };

function addPairs(sum: HashSum, rows: number, first: PairColumn, second: PairColumn): void {
  if (first.type !== "string" && second.type !== "string") {
    addPairsOfNumbers(sum, rows, numberReader(first), numberReader(second));
  } else addPairsOfBytes(sum, rows, writerOf(first), writerOf(second));
  carry(sum);
}

/** Fills `halves` with rows from `start` on as 64-bit numbers, each two words, the lower first. */
interface NumberReader {
  tag: number;
  read: (halves: Int32Array, start: number) => void;
}

/** Both values take 9 bytes: the five words of the pair are put together without going through bytes. */
function addPairsOfNumbers(sum: HashSum, rows: number, first: NumberReader, second: NumberReader): void {
  const words = new Int32Array(8);
  const a = new Int32Array(2 * Math.min(rows, blockRows));
  const b = new Int32Array(a.length);
  const tags = first.tag | (second.tag << 8);
  for (let start = 0; start < rows; start += blockRows) {
    const end = 2 * Math.min(blockRows, rows - start);
    first.read(a.subarray(0, end), start);
    second.read(b.subarray(0, end), start);
    for (let i = 0; i < end; i += 2) {
      const aLow = a[i]!;
      const aHigh = a[i + 1]!;
      const bLow = b[i]!;
      const bHigh = b[i + 1]!;
      words[0] = (tags & 0xff) | (aLow << 8);
      words[1] = (aLow >>> 24) | (aHigh << 8);
      words[2] = (aHigh >>> 24) | (tags & 0xff00) | (bLow << 16);
      words[3] = (bLow >>> 16) | (bHigh << 16);
      words[4] = bHigh >>> 16;
      addHash(sum, words, 18);
    }
    carry(sum);
  }
}

const blockRows = 4096;

function numberReader(column: Exclude<PairColumn, { type: "string" }>): NumberReader {
  if (column.type === "position") {
    return {
      tag: column.tag,
      read: (halves, start) => {
        for (let i = 0; i < halves.length; i += 2) setInteger(halves, i, start + i / 2);
      },
    };
  }
  if (column.type === "double") {
    const { values } = column;
    return {
      tag: doubleTag,
      read: (halves, start) => {
        const doubles = new Float64Array(halves.buffer, 0, halves.length / 2);
        for (let i = 0; i < doubles.length; i++) doubles[i] = values[start + i]! + 0; // -0 + 0 is 0
      },
    };
  }
  if ("codes" in column) {
    const { codes } = column;
    const entries = new Int32Array(BigInt64Array.from(column.dictionary, BigInt).buffer);
    return {
      tag: integerTag,
      read: (halves, start) => {
        for (let i = 0, row = start; i < halves.length; i += 2, row++) {
          const code = 2 * codes[row]!;
          halves[i] = entries[code]!;
          halves[i + 1] = entries[code + 1]!;
        }
      },
    };
  }
  const { values } = column;
  if (values instanceof BigInt64Array) {
    const all = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
    return {
      tag: integerTag,
      read: (halves, start) => halves.set(all.subarray(2 * start, 2 * start + halves.length)),
    };
  }
  return {
    tag: integerTag,
    read: (halves, start) => {
      for (let i = 0, row = start; i < halves.length; i += 2, row++) setInteger(halves, i, values[row]!);
    },
  };
}

/** A safe integer in two's complement. */
function setInteger(halves: Int32Array, at: number, value: number): void {
  halves[at] = value; // modulo 2^32
  halves[at + 1] = Math.floor(value / two32);
}

/** Writes the bytes of row i's value. */
type Writer = (bytes: PairBytes, row: number) => void;

function addPairsOfBytes(sum: HashSum, rows: number, first: Writer, second: Writer): void {
  const bytes = new PairBytes();
  for (let i = 0; i < rows; i++) {
    bytes.end = 0;
    first(bytes, i);
    second(bytes, i);
    bytes.pad();
    addHash(sum, bytes.words, bytes.end);
    if ((i & 0xf_ffff) === 0xf_ffff) carry(sum);
  }
}

function length(column: PairColumn): number {
  if (column.type === "position") return Number.MAX_SAFE_INTEGER;
  return "codes" in column ? column.codes.length : column.values.length;
}

/** Strings one by one; a dictionary's entries are encoded once, since a class label is in many rows. */
function writerOf(column: PairColumn): Writer {
  if (column.type !== "string") {
    const { tag, read } = numberReader(column);
    const halves = new Int32Array(2 * blockRows);
    let block = -1;
    return (bytes, row) => {
      if (row >>> 12 !== block) {
        block = row >>> 12;
        read(
          halves.subarray(0, 2 * Math.min(blockRows, length(column) - block * blockRows)),
          block * blockRows,
        );
      }
      const at = 2 * (row & (blockRows - 1));
      bytes.writeNumber(tag, halves[at]!, halves[at + 1]!);
    };
  }
  if ("values" in column) {
    const { values } = column;
    return (bytes, row) => bytes.writeString(values[row]!);
  }
  const { codes } = column;
  const scratch = new PairBytes();
  const encoded = column.dictionary.map((entry) => {
    scratch.end = 0;
    scratch.writeString(entry);
    return scratch.bytes.slice(0, scratch.end);
  });
  return (bytes, row) => bytes.writeBytes(encoded[codes[row]!]!);
}

const integerTag = 0x01;
const stringTag = 0x02;
const doubleTag = 0x03;
const two32 = 0x1_0000_0000;
const utf8 = new TextEncoder();

/**
 * The bytes of one pair, and the same as words for the hash (of a little-endian machine, as all that Node.js
 * supports well are).
 */
class PairBytes {
  bytes = new Uint8Array(256);
  words = new Int32Array(this.bytes.buffer);
  end = 0;

  writeNumber(tag: number, low: number, high: number): void {
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
