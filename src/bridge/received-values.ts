import type { IntegersWithGaps } from "../experiment/input/sample-features.js";
import type { DictionaryValues, Values } from "../experiment/input/values.js";

/**
 * A column as a client sends it; `array`, `missing`, `text`, `lengths` and `codes` are numbers of the frame's
 * arrays. `integers` are of 64 bits, some of them missing: there a byte of `missing` is 1.
 */
export type SentColumn =
  | { type: keyof typeof numberArrays; array: number }
  | { type: "integers"; array: number; missing: number }
  | { type: "string"; text: number; lengths: number }
  | { type: "dictionary"; entries: readonly unknown[]; codes: number };

const numberArrays = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
};

/**
 * A header's JSON as values. Five records stand for what JSON cannot say:
 * - `{ "$column": SentColumn }`: a column of the arrays that came with it;
 * - `{ "$whole": { "$column": ... } }`: whole numbers beyond 2^53 as texts, of no integer type;
 * - `{ "$number": "NaN" }`, also "Infinity", "-Infinity" and the digits of an integer beyond 2^53;
 * - `{ "$mapping": [[key, value], ...] }`: a mapping that would look like one of these.
 */
export function receivedValues(header: string, arrays: readonly ArrayBuffer[]): unknown {
  return JSON.parse(header, (_, value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    if ("$column" in value) return column(value.$column as SentColumn, arrays);
    if ("$whole" in value) return { wholeNumbers: value.$whole };
    if ("$number" in value) return number(value.$number as string);
    if ("$mapping" in value) return Object.fromEntries(value.$mapping as [string, unknown][]);
    return value;
  });
}

function number(text: string): number | bigint {
  return /^-?\d+$/.test(text) ? BigInt(text) : Number(text);
}

function column(
  sent: SentColumn,
  arrays: readonly ArrayBuffer[],
): Values<unknown> | DictionaryValues<unknown> | IntegersWithGaps {
  const bytes = (index: number) => {
    const found = arrays[index];
    if (!found) throw new RangeError(`the frame has no array ${index}`);
    return found;
  };
  if (sent.type === "dictionary") {
    return { dictionary: sent.entries, codes: new Int32Array(bytes(sent.codes)) };
  }
  if (sent.type === "string") return strings(bytes(sent.text), new Uint32Array(bytes(sent.lengths)));
  if (sent.type === "integers") {
    return {
      integers: new BigInt64Array(bytes(sent.array)),
      missing: new Uint8Array(bytes(sent.missing)),
    };
  }
  const NumberArray = numberArrays[sent.type];
  if (!NumberArray) throw new RangeError(`there is no column of type ${sent.type}`);
  return new NumberArray(bytes(sent.array));
}

/**
 * Characters that are decoded at once: strings cut from one text are cheaper than strings decoded one by one.
 */
const blockBytes = 1 << 20;

function strings(bytes: ArrayBuffer, lengths: Uint32Array): string[] {
  const text = Buffer.from(bytes);
  const values: string[] = [];
  let start = 0;
  for (let i = 0; i < lengths.length; ) {
    let end = start;
    let last = i;
    while (last < lengths.length && (end === start || end - start < blockBytes))
      end += lengths[last++] as number;
    const block = text.subarray(start, end);
    const decoded = block.toString("utf8");
    const isAscii = decoded.length === block.length;
    for (let at = 0; i < last; i++) {
      const next = at + (lengths[i] as number);
      values.push(isAscii ? decoded.slice(at, next) : block.toString("utf8", at, next));
      at = next;
    }
    start = end;
  }
  return values;
}
