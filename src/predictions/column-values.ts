import type { DecodedArray } from "hyparquet";
import type { IntegerValues, PredictionColumn } from "./prediction-table.js";
import { UnreadableFile } from "./unreadable-file.js";

/** Takes the values of a column piece by piece, in the order of their rows. */
export interface ColumnValues {
  /** Keeps values `from` up to `to` of a piece. @throws UnreadableFile where one is missing */
  add(piece: DecodedArray, from: number, to: number): void;
  column(): PredictionColumn;
}

/** @param firstRow the row of the first value, for messages; counts from 0 */
export function columnValues(
  name: string,
  type: PredictionColumn["type"],
  rows: number,
  firstRow: number,
): ColumnValues {
  const wrong = (value: unknown, row: number) => wrongValue(name, value, firstRow + row);
  if (type === "string") return stringValues(name, wrong);
  if (type === "integer") return integerValues(name, rows, wrong);
  if (type === "boolean") return booleanValues(name, rows, wrong);
  return doubleValues(name, rows, wrong);
}

type Wrong = (value: unknown, row: number) => UnreadableFile;

function stringValues(name: string, wrong: Wrong): ColumnValues {
  const values: string[] = [];
  return {
    add(piece, from, to) {
      for (let i = from; i < to; i++) {
        const value: unknown = piece[i];
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
        const value: unknown = piece[i];
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
      if (piece instanceof Float64Array || piece instanceof Float32Array) {
        values.set(piece.subarray(from, to), row);
        row += to - from;
        return;
      }
      for (let i = from; i < to; i++) {
        const value: unknown = piece[i];
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
        const value: unknown = piece[i];
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
