import { physicalType } from "./parquet-constants.js";
import type { ColumnSchema } from "./parquet-metadata.js";
import type { IntegerValues, PredictionColumn } from "./prediction-table.js";
import type { DataPage, PlainValues } from "./read-pages.js";
import { UnreadableFile } from "./unreadable-file.js";

/** Takes the pages of a column one after the other and keeps the rows asked for. */
export interface ColumnBuilder {
  /** Keeps rows `from` up to `to` of the page, counted from its first. */
  add(page: DataPage, from: number, to: number): void;
  column(): PredictionColumn;
}

export function columnBuilder(schema: ColumnSchema, rows: number): ColumnBuilder {
  const { name, type } = schema;
  if (type === "string") return stringBuilder(name, rows);
  if (type === "integer" || type === "unsigned") return integerBuilder(schema, rows);
  if (type === "double") return doubleBuilder(schema, rows);
  if (type === "boolean") return booleanBuilder(name, rows);
  throw new UnreadableFile(
    `its column ${JSON.stringify(name)} holds neither strings, integers, booleans nor floating-point numbers`,
    "write it as one of these; a time as text, for example",
  );
}

function doubleBuilder(schema: ColumnSchema, rows: number): ColumnBuilder {
  const values = new Float64Array(rows);
  let row = 0;
  const decode = cached((plain: PlainValues) =>
    schema.physical === physicalType.float
      ? new Float32Array(aligned(plain, 4))
      : new Float64Array(aligned(plain, 8)),
  );
  return {
    add({ values: page }, from, to) {
      if ("plain" in page) values.set(decode(page.plain).subarray(from, to), row);
      else {
        const entries = decode(dictionaryOf(page));
        for (let i = from; i < to; i++) values[row + i - from] = entries[page.indices[i]!]!;
      }
      row += to - from;
    },
    column: () => ({ name: schema.name, type: "double", values }),
  };
}

function integerBuilder(schema: ColumnSchema, rows: number): ColumnBuilder {
  const halves = new Int32Array(rows * 2);
  let row = 0;
  const decode = cached((plain: PlainValues) => integerHalves(plain, schema));
  return {
    add({ values: page }, from, to) {
      if ("plain" in page) halves.set(decode(page.plain).subarray(2 * from, 2 * to), 2 * row);
      else {
        const entries = decode(dictionaryOf(page));
        for (let i = from, at = 2 * row; i < to; i++, at += 2) {
          const entry = 2 * page.indices[i]!;
          halves[at] = entries[entry]!;
          halves[at + 1] = entries[entry + 1]!;
        }
      }
      row += to - from;
    },
    column: () => ({ name: schema.name, type: "integer", values: narrowest(halves) }),
  };
}

function booleanBuilder(name: string, rows: number): ColumnBuilder {
  const values = new Uint8Array(rows);
  let row = 0;
  return {
    add({ values: page }, from, to) {
      if ("plain" in page) {
        const { bytes, count } = page.plain;
        if (bytes.length * 8 < count) throw new UnreadableFile("a page of it ends too early");
        for (let i = from; i < to; i++) values[row + i - from] = (bytes[i >>> 3]! >>> (i & 7)) & 1;
      } else if (page.dictionary) throw new UnreadableFile("it has booleans in a dictionary");
      else values.set(page.indices.subarray(from, to), row);
      row += to - from;
    },
    column: () => ({ name, type: "boolean", values }),
  };
}

/** As codes while every page has a dictionary, those of the row groups made one; else as values. */
function stringBuilder(name: string, rows: number): ColumnBuilder {
  const codes = new Int32Array(rows);
  const dictionary: string[] = [];
  const codeOf = new Map<string, number>();
  let values: string[] | undefined;
  let row = 0;
  const decode = cached(strings);
  const globalCodes = cached((plain: PlainValues) =>
    Int32Array.from(decode(plain), (text) => {
      let code = codeOf.get(text);
      if (code === undefined) {
        code = dictionary.push(text) - 1;
        codeOf.set(text, code);
      }
      return code;
    }),
  );
  return {
    add({ values: page }, from, to) {
      if ("plain" in page) {
        values ??= Array.from(codes.subarray(0, row), (code) => dictionary[code]!);
        const texts = strings(page.plain);
        for (let i = from; i < to; i++) values.push(texts[i]!);
      } else if (values) {
        const texts = decode(dictionaryOf(page));
        for (let i = from; i < to; i++) values.push(texts[page.indices[i]!]!);
      } else {
        const global = globalCodes(dictionaryOf(page));
        for (let i = from; i < to; i++) codes[row + i - from] = global[page.indices[i]!]!;
      }
      row += to - from;
    },
    column: () =>
      values || rows === 0
        ? { name, type: "string", values: values ?? [] }
        : { name, type: "string", dictionary, codes },
  };
}

function dictionaryOf(page: { dictionary: PlainValues | undefined }): PlainValues {
  if (!page.dictionary) throw new UnreadableFile("a page of it lacks a dictionary");
  return page.dictionary;
}

/** Remembers the last result: the pages of a chunk share their dictionary. */
function cached<T>(decode: (plain: PlainValues) => T): (plain: PlainValues) => T {
  let lastPlain: PlainValues | undefined;
  let last: T | undefined;
  return (plain) => {
    if (plain !== lastPlain) last = decode(plain);
    lastPlain = plain;
    return last as T;
  };
}

/** The bytes of fixed-width values in a buffer of their own, which typed arrays want aligned. */
function aligned({ bytes, count }: PlainValues, width: number): ArrayBuffer {
  if (count < 0 || bytes.length < count * width) throw new UnreadableFile("a page of it ends too early");
  return bytes.slice(0, count * width).buffer;
}

/** Integers of 32 or 64 bits as pairs of words, the lower first. */
function integerHalves(plain: PlainValues, { name, physical, type }: ColumnSchema): Int32Array {
  if (physical === physicalType.int32) {
    const values = new Int32Array(aligned(plain, 4));
    const halves = new Int32Array(values.length * 2);
    for (let i = 0; i < values.length; i++) {
      halves[2 * i] = values[i]!;
      if (type === "integer") halves[2 * i + 1] = values[i]! >> 31;
    }
    return halves;
  }
  const halves = new Int32Array(aligned(plain, 8));
  if (type === "unsigned" && halves.some((half, i) => i % 2 === 1 && half < 0)) {
    throw new UnreadableFile(
      `its column ${JSON.stringify(name)} has an integer beyond 2^63 - 1`,
      "write such integers as text",
    );
  }
  return halves;
}

/** Plain numbers where they are exact, BigInt64Array only where one is beyond 2^53. */
function narrowest(halves: Int32Array): IntegerValues {
  let small = true;
  let safe = true;
  for (let i = 0; i < halves.length; i += 2) {
    const high = halves[i + 1]!;
    if (high !== halves[i]! >> 31) small = false;
    // -2^53 itself is left out: it is no safe integer.
    if (high >= 0x20_0000 || high < -0x20_0000 || (high === -0x20_0000 && halves[i] === 0)) safe = false;
  }
  const count = halves.length / 2;
  if (small) {
    const values = new Int32Array(count);
    for (let i = 0; i < count; i++) values[i] = halves[2 * i]!;
    return values;
  }
  if (!safe) return new BigInt64Array(halves.buffer, 0, count);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = halves[2 * i + 1]! * 0x1_0000_0000 + (halves[2 * i]! >>> 0);
  return values;
}

/** Strings of ASCII, as most are, are cut out of the page as it is; others are decoded one by one. */
function strings({ bytes, count }: PlainValues): string[] {
  if (count < 0 || bytes.length < count * 4) throw new UnreadableFile("a page of it ends too early");
  const page = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const texts: string[] = [];
  let position = 0;
  for (let i = 0; i < count; i++) {
    const length =
      bytes[position]! |
      (bytes[position + 1]! << 8) |
      (bytes[position + 2]! << 16) |
      (bytes[position + 3]! << 24);
    const start = position + 4;
    const end = start + length;
    if (length < 0 || !(end <= bytes.length)) throw new UnreadableFile("a page of it ends too early");
    texts.push(isAscii(bytes, start, end) ? page.slice(start, end) : utf8.decode(bytes.subarray(start, end)));
    position = end;
  }
  return texts;
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i]! >= 0x80) return false;
  return true;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
