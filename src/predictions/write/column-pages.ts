import type { DoubleColumn, IntegerValues, PredictionColumn } from "../prediction-table.js";
import { ByteSink } from "./byte-sink.js";
import {
  doubleStatistics,
  integerStatistics,
  type Statistics,
  stringStatistics,
} from "./column-statistics.js";
import { definitionLevels, type Levels, presentValues } from "./definition-levels.js";
import { doubleDictionary } from "./double-dictionary.js";
import { encoding, pageType } from "./parquet-constants.js";
import { appendString, contiguousDoubles, integerHalves, packedBooleans, plainBytes } from "./plain.js";
import { appendHybrid, bitWidthOf } from "./rle-bit-packing.js";

/** One page before compression; `body` is valid until the next page is asked for. */
export interface Page {
  type: (typeof pageType)[keyof typeof pageType];
  encoding: (typeof encoding)[keyof typeof encoding];
  /** Missing ones included. */
  values: number;
  body: Uint8Array;
  /** The 64-bit integers in which `body` ends, where it does, as pairs of words, the lower first. */
  halves?: Int32Array;
}
type Pages = Generator<Page, Statistics>;

/**
 * The pages of one column chunk: rows `start` up to, not including, `end`. Values that repeat get a
 * dictionary page and pages of indices into it; others stand one after the other. Returns the statistics of
 * the chunk.
 *
 * Only PLAIN and RLE_DICTIONARY, in data pages of version 1, as pandas writes by default: what every reader
 * knows, old Spark and BigQuery included.
 */
export function* columnPages(column: PredictionColumn, start: number, end: number): Pages {
  const present = presentValues(column, start, end);
  if (!present) return yield* valuePages(column, start, end, definitionLevels());
  const levels = definitionLevels(present.levels);
  const missing = end - start - present.rows;
  if (present.rows === 0) {
    yield plainPage(new ByteSink(0), levels, 0, new Uint8Array(0));
    return { missing };
  }
  return { ...(yield* valuePages(present.column, 0, present.rows, levels)), missing };
}

/** @param levels how the values lie among the chunk's rows */
function valuePages(column: PredictionColumn, start: number, end: number, levels: Levels): Pages {
  if ("codes" in column) {
    const used = usedEntries(column, start, end);
    const repeats = used.entries.length === 1 || used.entries.length <= (end - start) / 2;
    if (column.type === "string") {
      const { dictionary, codes } = column;
      return repeats
        ? stringDictionaryPages(
            Array.from(used.entries, (entry) => dictionary[entry]!),
            used.codes,
            levels,
          )
        : stringPages((row) => dictionary[codes[row]!]!, start, end, levels);
    }
    const entries = BigInt64Array.from(used.entries, (entry) => BigInt(column.dictionary[entry]!));
    return repeats
      ? integerDictionaryPages(entries, used.codes, levels)
      : integerPages(
          BigInt64Array.from(used.codes, (code) => entries[code]!),
          0,
          end - start,
          levels,
        );
  }
  if (column.type === "string") {
    const { values } = column;
    return stringPages((row) => values[row]!, start, end, levels);
  }
  if (column.type === "integer") return integerPages(column.values, start, end, levels);
  if (column.type === "boolean") return booleanPages(column.values, start, end, levels);
  const dictionary = doubleDictionary(column, start, end);
  return dictionary
    ? doubleDictionaryPages(dictionary.entries, dictionary.codes, levels)
    : doublePages(column, start, end, levels);
}

const rowsPerPage = 1 << 17;
const bytesPerPage = 1 << 20;

function* integerPages(values: IntegerValues, start: number, end: number, levels: Levels): Pages {
  const body = new ByteSink(0);
  const statistics = integerStatistics();
  for (let from = start; from < end; from += rowsPerPage) {
    const halves = integerHalves(values, from, Math.min(from + rowsPerPage, end));
    statistics.include(halves);
    yield { ...plainPage(body, levels, halves.length / 2, plainBytes(halves)), halves };
  }
  return statistics.result();
}

function* doublePages(column: DoubleColumn, start: number, end: number, levels: Levels): Pages {
  const body = new ByteSink(0);
  const statistics = doubleStatistics();
  for (let from = start; from < end; from += rowsPerPage) {
    const doubles = contiguousDoubles(column, from, Math.min(from + rowsPerPage, end));
    statistics.include(doubles);
    yield plainPage(body, levels, doubles.length, plainBytes(doubles));
  }
  return statistics.result();
}

function* booleanPages(values: Uint8Array, start: number, end: number, levels: Levels): Pages {
  const body = new ByteSink(0);
  for (let from = start; from < end; from += rowsPerPage) {
    const to = Math.min(from + rowsPerPage, end);
    yield plainPage(body, levels, to - from, packedBooleans(values, from, to));
  }
  const chunk = values.subarray(start, end);
  return { min: Uint8Array.of(chunk.includes(0) ? 0 : 1), max: Uint8Array.of(chunk.includes(1) ? 1 : 0) };
}

function* stringPages(read: (row: number) => string, start: number, end: number, levels: Levels): Pages {
  const body = new ByteSink(0);
  const texts = new ByteSink(Math.min(bytesPerPage, (end - start) * 16));
  for (let from = start; from < end; ) {
    const pageEnd = Math.min(from + rowsPerPage, end);
    texts.length = 0;
    let to = from;
    while (to < pageEnd && texts.length < bytesPerPage) appendString(texts, read(to++));
    yield plainPage(body, levels, to - from, texts.written());
    from = to;
  }
  return {};
}

function* stringDictionaryPages(entries: readonly string[], codes: Int32Array, levels: Levels): Pages {
  const texts = new ByteSink(entries.length * 16);
  const ends = entries.map((entry) => {
    appendString(texts, entry);
    return texts.length;
  });
  const plain = texts.written();
  yield* dictionaryPages(entries.length, plain, codes, levels);
  return stringStatistics(ends.map((end, i) => plain.subarray((ends[i - 1] ?? 0) + 4, end)));
}

function* integerDictionaryPages(entries: BigInt64Array, codes: Int32Array, levels: Levels): Pages {
  const halves = integerHalves(entries, 0, entries.length);
  yield* dictionaryPages(entries.length, plainBytes(halves), codes, levels);
  const statistics = integerStatistics();
  statistics.include(halves);
  return statistics.result();
}

function* doubleDictionaryPages(entries: Float64Array, codes: Int32Array, levels: Levels): Pages {
  yield* dictionaryPages(entries.length, plainBytes(entries), codes, levels);
  const statistics = doubleStatistics();
  statistics.include(entries);
  return statistics.result();
}

/**
 * The dictionary, then its indices: how many bits each takes, then the hybrid of run lengths and bit packing.
 */
function* dictionaryPages(
  entries: number,
  plain: Uint8Array,
  codes: Int32Array,
  levels: Levels,
): Generator<Page, void> {
  yield { type: pageType.dictionary, encoding: encoding.plain, values: entries, body: plain };
  const bitWidth = bitWidthOf(entries);
  const body = new ByteSink(0);
  for (let from = 0; from < codes.length; from += rowsPerPage) {
    const to = Math.min(from + rowsPerPage, codes.length);
    body.length = 0;
    const values = levels.append(body, to - from);
    body.byte(bitWidth);
    appendHybrid(body, codes, from, to, bitWidth);
    yield { type: pageType.data, encoding: encoding.rleDictionary, values, body: body.written() };
  }
}

function plainPage(body: ByteSink, levels: Levels, present: number, plain: Uint8Array): Page {
  body.length = 0;
  const values = levels.append(body, present);
  body.append(plain);
  return { type: pageType.data, encoding: encoding.plain, values, body: body.written() };
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
