import type { Piece } from "./dense-pieces.js";
import type { IntegerValues, PredictionColumn } from "./prediction-table.js";
import { UnreadableFile } from "./unreadable-file.js";

/** Takes the values of a column piece by piece, in the order of their rows. */
export interface ColumnValues {
  /** Keeps values `from` up to `to` of a piece. @throws UnreadableFile where one is missing */
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
}

export function columnValues({ name, type, rows, firstRow, codes }: ColumnValuesOptions): ColumnValues {
  const wrong = (value: unknown, row: number) => wrongValue(name, value, firstRow + row);
  if (codes && type === "string") return codedValues(name, type, rows, stringValues(name, wrong), wrong);
  if (codes && type === "integer")
    return codedValues(name, type, rows, integerValues(name, rows, wrong), wrong);
  if (type === "string") return stringValues(name, wrong);
  if (type === "integer") return integerValues(name, rows, wrong);
  if (type === "boolean") return booleanValues(name, rows, wrong);
  return doubleValues(name, rows, wrong);
}

type Wrong = (value: unknown, row: number) => UnreadableFile;

/** Undefined where a place is beyond the dictionary. */
function valueAt({ values, dictionary }: Piece, i: number): unknown {
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
      if (isCoded && piece.dictionary) {
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
      const { values: given, dictionary } = piece;
      if (!dictionary && (given instanceof Float64Array || given instanceof Float32Array)) {
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

function wrongValue(name: string, value: unknown, row: number): UnreadableFile {
  const column = `its column ${JSON.stringify(name)}`;
  return value === null
    ? new UnreadableFile(
        `${column} has no value in row ${row + 1} (the first is 1)`,
        "every sample needs a value: fill it in, or leave the row out",
      )
    : new UnreadableFile(`${column} points beyond its dictionary in row ${row + 1} (the first is 1)`);
}
