import { featurePrefix, type PredictionColumn } from "../predictions/prediction-table.js";
import type { SentColumn } from "./received-values.js";

/** Collects the arrays that a header's columns refer to. */
export type SentArrays = ArrayBufferView[];

/**
 * A column of predictions as a client receives it: as in `receivedValues`, and booleans as the dictionary
 * [false, true]. Where a text or a boolean is missing, the dictionary's last entry is null; a missing number
 * is NaN.
 */
export function sentColumn(column: PredictionColumn, arrays: SentArrays): { $column: SentColumn } {
  const add = (array: ArrayBufferView) => arrays.push(array) - 1;
  if ("codes" in column) {
    const entries: unknown[] = column.dictionary.map(sentNumber);
    const missing = entries.length;
    if (!("nullable" in column))
      return { $column: { type: "dictionary", entries, codes: add(column.codes) } };
    const codes = column.codes.map((code) => (code < 0 ? missing : code));
    return { $column: { type: "dictionary", entries: [...entries, null], codes: add(codes) } };
  }
  switch (column.type) {
    case "boolean": {
      const entries = column.nullable ? [false, true, null] : [false, true];
      return { $column: { type: "dictionary", entries, codes: add(Int32Array.from(column.values)) } };
    }
    case "string": {
      const text = utf8(column.values);
      const lengths = Uint32Array.from(column.values, (value) => Buffer.byteLength(value));
      return { $column: { type: "string", text: add(text), lengths: add(lengths) } };
    }
    case "integer": {
      const { values } = column;
      if (values instanceof Int32Array) return { $column: { type: "int32", array: add(values) } };
      const wide = values instanceof BigInt64Array ? values : BigInt64Array.from(values, BigInt);
      return { $column: { type: "int64", array: add(wide) } };
    }
    case "double": {
      const { values, offset = 0, stride = 1 } = column;
      const own =
        stride === 1 && offset === 0
          ? values
          : Float64Array.from(
              { length: Math.ceil((values.length - offset) / stride) },
              (_, i) => values[offset + i * stride] as number,
            );
      return { $column: { type: "float64", array: add(own) } };
    }
  }
}

/** A feature of doubles that are all whole, as integers: what was given as integers is shown as such. */
export function asWhole(column: PredictionColumn): PredictionColumn {
  const { name, type } = column;
  if (!name.startsWith(featurePrefix) || type !== "double" || column.stride !== undefined) return column;
  const { values } = column;
  if (!values.every(Number.isSafeInteger)) return column;
  const isSmall = values.every((value) => value === (value | 0));
  return { name, type: "integer", values: isSmall ? Int32Array.from(values) : values };
}

/** A million values at a time: no string can hold all those of a large experiment. */
function utf8(values: readonly string[]): Buffer {
  const blocks: Buffer[] = [];
  for (let i = 0; i < values.length; i += 1_000_000) {
    blocks.push(Buffer.from(values.slice(i, i + 1_000_000).join("")));
  }
  return Buffer.concat(blocks);
}

/** A text or a number for JSON, which has none for infinities and integers beyond 2^53. */
export function sentNumber(value: string | number | bigint): unknown {
  const inJson = typeof value === "string" || (typeof value === "number" && Number.isFinite(value));
  return inJson ? value : { $number: String(value) };
}
