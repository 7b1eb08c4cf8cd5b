import type { IntegerValues, PredictionColumn } from "../prediction-table.js";
import type { Piece } from "./dense-pieces.js";
import { UnreadableFile } from "./unreadable-file.js";

/** Takes the values of a column piece by piece, in the order of their rows. */
export interface ColumnValues {
  /**
   * Keeps values `from` up to `to` of a piece. @throws UnreadableFile where one is missing that must not be
   */
  add(piece: Piece, from: number, to: number): void;
  column(): PredictionColumn;
}

export interface ColumnValuesOptions {
  name: string;
  type: PredictionColumn["type"];
  rows: number;
  /** The row of the first value, for messages; counts from 0. */
  firstRow: number;
  /** Whether strings and integers that the file has in a dictionary are handed on as codes into one. */
  codes: boolean;
  /** Whether a sample may lack a value. */
  nullable: boolean;
}

export function columnValues(options: ColumnValuesOptions): ColumnValues {
  const { name, type, rows, firstRow, codes, nullable } = options;
  const wrong = (value: unknown, row: number) => wrongValue(name, value, firstRow + row);
  if (nullable) return nullableValues(name, type, rows, wrong);
  if (codes && type === "string") return codedValues(name, type, rows, stringValues(name, wrong), wrong);
  if (codes && type === "integer")
    return codedValues(name, type, rows, integerValues(name, rows, wrong), wrong);
  if (type === "string") return stringValues(name, wrong);
  if (type === "integer") return integerValues(name, rows, wrong);
  if (type === "boolean") return booleanValues(name, rows, wrong);
  return doubleValues(name, rows, wrong);
}

type Wrong = (value: unknown, row: number) => UnreadableFile;

/** Null where it is missing, undefined where a place is beyond the dictionary. */
function valueAt({ values, dictionary, present }: Piece, i: number): unknown {
  if (present && present[i] === 0) return null;
  return dictionary ? dictionary[values[i] as number] : values[i];
}

/** Codes as long as every piece has a dictionary; from the first that has none on, values one by one. */
function codedValues(
  name: string,
  type: "string" | "integer",
  rows: number,
  oneByOne: ColumnValues,
  wrong: Wrong,
): ColumnValues {
  const codes = new Int32Array(rows);
  const dictionary: (string | bigint)[] = [];
  const codeOf = new Map<unknown, number>();
  let row = 0;
  let isCoded = true;
  let known: { dictionary: Piece["dictionary"]; codes: Int32Array } | undefined;
  const codesOf = (entries: NonNullable<Piece["dictionary"]>) =>
    Int32Array.from(entries as ArrayLike<string | bigint>, (entry) => {
      const code = codeOf.get(entry) ?? dictionary.push(entry) - 1;
      codeOf.set(entry, code);
      return code;
    });
  return {
    add(piece, from, to) {
      if (isCoded && piece.dictionary && !piece.present) {
        if (known?.dictionary !== piece.dictionary)
          known = { dictionary: piece.dictionary, codes: codesOf(piece.dictionary) };
        const places = piece.values as Int32Array;
        const ofPlace = known.codes;
        for (let i = from; i < to; i++) {
          const code = ofPlace[places[i]!];
          if (code === undefined) throw wrong(undefined, row + i - from);
          codes[row + i - from] = code;
        }
        row += to - from;
        return;
      }
      if (isCoded) oneByOne.add({ start: 0, values: codes, dictionary }, 0, row);
      isCoded = false;
      oneByOne.add(piece, from, to);
    },
    column: () => (isCoded ? ({ name, type, dictionary, codes } as PredictionColumn) : oneByOne.column()),
  };
}

function stringValues(name: string, wrong: Wrong): ColumnValues {
  const values: string[] = [];
  return {
    add(piece, from, to) {
      for (let i = from; i < to; i++) {
        const value = valueAt(piece, i);
        if (typeof value !== "string") throw wrong(value, values.length);
        values.push(value);
      }
    },
    column: () => ({ name, type: "string", values }),
  };
}

function booleanValues(name: string, rows: number, wrong: Wrong): ColumnValues {
  const values = new Uint8Array(rows);
  let row = 0;
  return {
    add(piece, from, to) {
      for (let i = from; i < to; i++) {
        const value = valueAt(piece, i);
        if (typeof value !== "boolean") throw wrong(value, row);
        values[row++] = Number(value);
      }
    },
    column: () => ({ name, type: "boolean", values }),
  };
}

function doubleValues(name: string, rows: number, wrong: Wrong): ColumnValues {
  const values = new Float64Array(rows);
  let row = 0;
  return {
    add(piece, from, to) {
      const { values: given, dictionary, present } = piece;
      if (!dictionary && !present && (given instanceof Float64Array || given instanceof Float32Array)) {
        values.set(given.subarray(from, to), row);
        row += to - from;
        return;
      }
      for (let i = from; i < to; i++) {
        const value = valueAt(piece, i);
        if (typeof value !== "number") throw wrong(value, row);
        values[row++] = value;
      }
    },
    column: () => ({ name, type: "double", values }),
  };
}

/** In the narrowest array that has them all so far. */
function integerValues(name: string, rows: number, wrong: Wrong): ColumnValues {
  let values: IntegerValues = new Int32Array(rows);
  let row = 0;
  return {
    add(piece, from, to) {
      for (let i = from; i < to; i++) {
        const value = valueAt(piece, i);
        if (typeof value !== "bigint" && typeof value !== "number") throw wrong(value, row);
        const number = Number(value);
        if (values instanceof Int32Array) {
          values[row] = number;
          if (values[row] !== number) values = new Float64Array(values);
        }
        if (values instanceof Float64Array) {
          values[row] = number;
          if (!Number.isSafeInteger(number)) values = BigInt64Array.from(values, BigInt);
        }
        if (values instanceof BigInt64Array) {
          values[row] = BigInt(value);
          if (values[row] !== BigInt(value)) {
            throw new UnreadableFile(
              `its column ${JSON.stringify(name)} has an integer beyond 2^63 - 1`,
              "write such integers as text",
            );
          }
        }
        row++;
      }
    },
    column: () => ({ name, type: "integer", values }),
  };
}

/**
 * Values some of which may be missing. Strings come as codes into a dictionary whatever the file has, so that
 * there is a place for those that are missing; integers of which one is missing come as doubles, as pandas
 * reads them, or where no double holds one of them as codes, too.
 */
function nullableValues(
  name: string,
  type: PredictionColumn["type"],
  rows: number,
  wrong: Wrong,
): ColumnValues {
  if (type === "string") return nullableStrings(name, rows, wrong);
  if (type === "boolean") {
    const values = new Uint8Array(rows);
    const add = eachValue((value, row) => {
      if (value !== null && typeof value !== "boolean") throw wrong(value, row);
      values[row] = value === null ? 2 : Number(value);
    });
    return { add, column: () => ({ name, type, values, nullable: true }) };
  }
  if (type === "integer") return nullableIntegers(name, rows, wrong);
  const values = new Float64Array(rows);
  const add = eachValue((value, row) => {
    if (value !== null && typeof value !== "number") throw wrong(value, row);
    values[row] = value ?? Number.NaN;
  });
  return { add, column: () => ({ name, type: "double", values, nullable: true }) };
}

function nullableIntegers(name: string, rows: number, wrong: Wrong): ColumnValues {
  const integers = integerValues(name, rows, wrong);
  const missing = new Uint8Array(rows);
  let row = 0;
  return {
    add(piece, from, to) {
      let lacks = false;
      for (let i = from; i < to; i++) {
        const isThere = valueAt(piece, i) !== null;
        lacks ||= !isThere;
        missing[row++] = isThere ? 0 : 1;
      }
      if (!lacks) return integers.add(piece, from, to);
      const filled = Array.from({ length: to - from }, (_, i) => {
        const value = valueAt(piece, from + i);
        return value === null ? 0 : value;
      });
      integers.add({ start: 0, values: filled }, 0, filled.length);
    },
    column() {
      const { values } = integers.column() as { values: IntegerValues };
      if (!missing.includes(1)) return { name, type: "integer", values };
      if (values instanceof BigInt64Array) return codedIntegers(name, values, missing);
      const doubles = Float64Array.from(values, (value, i) => (missing[i] === 1 ? Number.NaN : value));
      return { name, type: "double", values: doubles, nullable: true };
    },
  };
}

function codedIntegers(name: string, values: BigInt64Array, missing: Uint8Array): PredictionColumn {
  const codes = new Int32Array(values.length).fill(-1);
  const codeOf = new Map<bigint, number>();
  for (let i = 0; i < codes.length; i++) {
    if (missing[i] === 1) continue;
    let code = codeOf.get(values[i]!);
    if (code === undefined) codeOf.set(values[i]!, (code = codeOf.size));
    codes[i] = code;
  }
  return { name, type: "integer", dictionary: [...codeOf.keys()], codes, nullable: true };
}

function eachValue(keep: (value: unknown, row: number) => void): ColumnValues["add"] {
  let row = 0;
  return (piece, from, to) => {
    for (let i = from; i < to; i++) keep(valueAt(piece, i), row++);
  };
}

function nullableStrings(name: string, rows: number, wrong: Wrong): ColumnValues {
  const codes = new Int32Array(rows);
  const dictionary: string[] = [];
  const codeOf = new Map<unknown, number>([[null, -1]]);
  let row = 0;
  const encode = (value: unknown): number => {
    let code = codeOf.get(value);
    if (code !== undefined) return code;
    if (typeof value !== "string") throw wrong(value, row);
    codeOf.set(value, (code = dictionary.push(value) - 1));
    return code;
  };
  return {
    add(piece, from, to) {
      const { dictionary: entries, values, present } = piece;
      const ofPlace = entries && Int32Array.from(entries as ArrayLike<string>, encode);
      for (let i = from; i < to; i++) {
        const isThere = !present || present[i] === 1;
        codes[row] = (isThere ? ofPlace?.[values[i] as number] : -1) ?? encode(valueAt(piece, i));
        row++;
      }
    },
    column: () => ({ name, type: "string", dictionary, codes, nullable: true }),
  };
}

function wrongValue(name: string, value: unknown, row: number): UnreadableFile {
  const column = `its column ${JSON.stringify(name)}`;
  return value === null
    ? new UnreadableFile(
        `${column} has no value in row ${row + 1} (the first is 1)`,
        "every sample needs a value: fill it in, or leave the row out",
      )
    : new UnreadableFile(`${column} points beyond its dictionary in row ${row + 1} (the first is 1)`);
}
