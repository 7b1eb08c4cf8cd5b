import { ByteSink } from "./byte-sink.js";
import {
  doubleStatistics,
  integerStatistics,
  type Statistics,
  stringStatistics,
} from "./column-statistics.js";
import { doubleDictionary } from "./double-dictionary.js";
import { encoding, pageType } from "./parquet-constants.js";
import { appendString, contiguousDoubles, integerHalves, packedBooleans, plainBytes } from "./plain.js";
import type { DoubleColumn, IntegerValues, PredictionColumn } from "./prediction-table.js";
import { appendHybrid, bitWidthOf } from "./rle-bit-packing.js";

/** One page before compression; `body` is valid until the next page is asked for. */
export interface Page {
  type: (typeof pageType)[keyof typeof pageType];
  encoding: (typeof encoding)[keyof typeof encoding];
  values: number;
  body: Uint8Array;
  /** The 64-bit integers in which `body` ends, where it does, as pairs of words, the lower first. */
  halves?: Int32Array;
}
type Pages = Generator<Page, Statistics>;

/**
 * The pages of one column chunk: rows `start` up to, not including, `end`. Values that repeat get a dictionary page and pages of indices
 * into it; others stand one after the other. Returns the statistics of the chunk.
 *
 * Only PLAIN and RLE_DICTIONARY, in data pages of version 1, as pandas writes by default: what every reader knows, old Spark and BigQuery included.
 */
export function columnPages(column: PredictionColumn, start: number, end: number): Pages {
  if ("codes" in column) {
    const used = usedEntries(column, start, end);
    const repeats = used.entries.length === 1 || used.entries.length <= (end - start) / 2;
    if (column.type === "string") {
      const { dictionary, codes } = column;
      return repeats
        ? stringDictionaryPages(
            Array.from(used.entries, (entry) => dictionary[entry]!),
            used.codes,
          )
        : stringPages((row) => dictionary[codes[row]!]!, start, end);
    }
    const entries = BigInt64Array.from(used.entries, (entry) => BigInt(column.dictionary[entry]!));
    return repeats
      ? integerDictionaryPages(entries, used.codes)
      : integerPages(
          BigInt64Array.from(used.codes, (code) => entries[code]!),
          0,
          end - start,
        );
  }
  if (column.type === "string") {
    const { values } = column;
    return stringPages((row) => values[row]!, start, end);
  }
  if (column.type === "integer") return integerPages(column.values, start, end);
  if (column.type === "boolean") return booleanPages(column.values, start, end);
  const dictionary = doubleDictionary(column, start, end);
  return dictionary
    ? doubleDictionaryPages(dictionary.entries, dictionary.codes)
    : doublePages(column, start, end);
}

const rowsPerPage = 1 << 17;
const bytesPerPage = 1 << 20;

function* integerPages(values: IntegerValues, start: number, end: number): Pages {
  const body = new ByteSink(0);
  const statistics = integerStatistics();
  for (let from = start; from < end; from += rowsPerPage) {
    const halves = integerHalves(values, from, Math.min(from + rowsPerPage, end));
    statistics.include(halves);
    yield { ...plainPage(body, halves.length / 2, plainBytes(halves)), halves };
  }
  return statistics.result();
}

function* doublePages(column: DoubleColumn, start: number, end: number): Pages {
  const body = new ByteSink(0);
  const statistics = doubleStatistics();
  for (let from = start; from < end; from += rowsPerPage) {
    const doubles = contiguousDoubles(column, from, Math.min(from + rowsPerPage, end));
    statistics.include(doubles);
    yield plainPage(body, doubles.length, plainBytes(doubles));
  }
  return statistics.result();
}

function* booleanPages(values: Uint8Array, start: number, end: number): Pages {
  const body = new ByteSink(0);
  for (let from = start; from < end; from += rowsPerPage) {
    const to = Math.min(from + rowsPerPage, end);
    yield plainPage(body, to - from, packedBooleans(values, from, to));
  }
  const chunk = values.subarray(start, end);
  return { min: Uint8Array.of(chunk.includes(0) ? 0 : 1), max: Uint8Array.of(chunk.includes(1) ? 1 : 0) };
}

function* stringPages(read: (row: number) => string, start: number, end: number): Pages {
  const body = new ByteSink(0);
  const texts = new ByteSink(Math.min(bytesPerPage, (end - start) * 16));
  for (let from = start; from < end; ) {
    const pageEnd = Math.min(from + rowsPerPage, end);
    texts.length = 0;
    let to = from;
    while (to < pageEnd && texts.length < bytesPerPage) appendString(texts, read(to++));
    yield plainPage(body, to - from, texts.written());
    from = to;
  }
  return {};
}

function* stringDictionaryPages(entries: readonly string[], codes: Int32Array): Pages {
  const texts = new ByteSink(entries.length * 16);
  const ends = entries.map((entry) => {
    appendString(texts, entry);
    return texts.length;
  });
  const plain = texts.written();
  yield* dictionaryPages(entries.length, plain, codes);
  return stringStatistics(ends.map((end, i) => plain.subarray((ends[i - 1] ?? 0) + 4, end)));
}

function* integerDictionaryPages(entries: BigInt64Array, codes: Int32Array): Pages {
  const halves = integerHalves(entries, 0, entries.length);
  yield* dictionaryPages(entries.length, plainBytes(halves), codes);
  const statistics = integerStatistics();
  statistics.include(halves);
  return statistics.result();
}

function* doubleDictionaryPages(entries: Float64Array, codes: Int32Array): Pages {
  yield* dictionaryPages(entries.length, plainBytes(entries), codes);
  const statistics = doubleStatistics();
  statistics.include(entries);
  return statistics.result();
}

/** The dictionary, then its indices: how many bits each takes, then the hybrid of run lengths and bit packing. */
function* dictionaryPages(entries: number, plain: Uint8Array, codes: Int32Array): Generator<Page, void> {
  yield { type: pageType.dictionary, encoding: encoding.plain, values: entries, body: plain };
  const bitWidth = bitWidthOf(entries);
  const body = new ByteSink(0);
  for (let from = 0; from < codes.length; from += rowsPerPage) {
    const to = Math.min(from + rowsPerPage, codes.length);
    body.length = 0;
    appendLevels(body, to - from);
    body.byte(bitWidth);
    appendHybrid(body, codes, from, to, bitWidth);
    yield { type: pageType.data, encoding: encoding.rleDictionary, values: to - from, body: body.written() };
  }
}

function plainPage(body: ByteSink, values: number, plain: Uint8Array): Page {
  body.length = 0;
  appendLevels(body, values);
  body.append(plain);
  return { type: pageType.data, encoding: encoding.plain, values, body: body.written() };
}

/**
 * The definition levels of values none of which is missing: a single run of ones, after its length in bytes. The columns are OPTIONAL nonetheless,
 * as pandas and Spark write them, since BigQuery refuses to append a REQUIRED column to a table's NULLABLE one, or to add it to a table.
 */
function appendLevels(body: ByteSink, values: number): void {
  const lengthAt = body.length;
  body.uint32(0);
  body.varint(values * 2);
  body.byte(1);
  body.setUint32(lengthAt, body.length - lengthAt - 4);
}

/** The dictionary's entries that these rows use, in its order, and each row's index into them. */
function usedEntries(
  column: { name: string; dictionary: readonly unknown[]; codes: Int32Array },
  start: number,
  end: number,
): { entries: Int32Array; codes: Int32Array } {
  const size = column.dictionary.length;
  const positions = new Int32Array(size);
  for (let i = start; i < end; i++) {
    const code = column.codes[i]!;
    if (code >>> 0 >= size)
      throw new RangeError(`${column.name}: row ${i} has code ${code} of ${size} dictionary entries`);
    positions[code] = 1;
  }
  const entries = new Int32Array(size);
  let count = 0;
  for (let entry = 0; entry < size; entry++) {
    if (positions[entry] === 0) continue;
    positions[entry] = count;
    entries[count++] = entry;
  }
  const chunk = column.codes.subarray(start, end);
  // Where all are used, as class labels are, the codes are the indices already.
  const codes = count === size ? chunk : chunk.map((code) => positions[code]!);
  return { entries: entries.subarray(0, count), codes };
}
