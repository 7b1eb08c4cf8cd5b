import { isMap } from "node:util/types";
import { TrackingError } from "../../tracking-error.js";
import { isPlain } from "../model/model-object.js";
import { shown } from "./values.js";

type Numbers = readonly number[] | Float64Array | Float32Array;

/**
 * y_score as callers hold it: for two classes one probability a sample, that of the positive class; for more,
 * and where a model gives both columns for two, one row of class probabilities a sample, flat with its number
 * of columns or not; or a column a class, by the classes' names; or a row a sample that names them.
 */
export type GivenScores =
  | Numbers
  | readonly Numbers[]
  | readonly { readonly [name: string]: number }[]
  | { values: Numbers; columns: number; names?: readonly (string | number | bigint | boolean)[] }
  | { readonly [name: string]: Numbers }
  | ReadonlyMap<string | number | bigint | boolean, Numbers>;

/** y_score with its shape known; its values are not checked. */
export interface ScoreRows {
  length: number;
  columns: number;
  /** Of the columns, where they have any. */
  names: readonly unknown[] | undefined;
  at(row: number, column: number): unknown;
}

/**
 * How far the numbers of a row may be off by rounding: as far as `length` of them, from `start` on, give
 * evidence of.
 */
export type RoundingTolerance = (values: ArrayLike<number>, start: number, length: number) => number;

/** Which class each column of y_score is of; codes are positions among the labels. */
export interface ScoredClasses {
  /** How many labels there are. */
  labels: number;
  /**
   * Codes of the classes in the order of the columns. A label that is not among them has the probability 0.
   */
  columnOrder: readonly number[];
  /** Of two classes. */
  positive: number | undefined;
}

/**
 * Checks the values of y_score and gives them as doubles: for two classes P(positive) a sample; for more, row
 * by row in label order. Values beyond 0 or 1 by no more than rounding explains are clipped.
 * @throws TrackingError INVALID_SCORES naming the value and its position
 */
export function classScores(
  rows: ScoreRows,
  samples: number,
  { labels, columnOrder, positive }: ScoredClasses,
  tolerance: RoundingTolerance,
): { scores: Float64Array; warnings: string[] } {
  if (rows.length !== samples) {
    throw new TrackingError(
      "LENGTH_MISMATCH",
      `y_score has ${rows.length} rows but y_true has ${samples} values; they must describe the same samples, in the same order`,
    );
  }
  const binary = positive !== undefined;
  if (rows.columns === 1 && !binary) {
    throw new TrackingError(
      "INVALID_SCORES",
      `y_score has one probability a sample, but there are ${labels} classes; give one row of ${labels} class probabilities a sample, in sorted label order`,
    );
  }
  const clipped: { place: string; value: number }[] = [];
  const at = (row: number, column: number) => {
    const value = rows.at(row, column);
    if (typeof value === "number" && value >= 0 && value <= 1) return value;
    const place = rows.columns === 1 ? `y_score[${row}]` : `y_score[${row}][${column}]`;
    if (typeof value === "number" && isRounded(value, rows, row, tolerance)) {
      clipped.push({ place, value });
      return value < 0 ? 0 : 1;
    }
    throw new TrackingError(
      "INVALID_SCORES",
      `${place} is ${shown(value)}: scores are probabilities from 0 to 1; pass a model's predict_proba, or its decision values through a sigmoid or softmax`,
    );
  };

  const width = binary ? 1 : labels;
  const scores = new Float64Array(samples * width);
  if (binary) {
    const column = rows.columns === 1 ? 0 : columnOrder.indexOf(positive);
    for (let row = 0; row < samples; row++) {
      if (rows.columns === 2) at(row, 1 - column);
      scores[row] = at(row, column);
    }
  } else {
    for (let row = 0; row < samples; row++) {
      for (let column = 0; column < columnOrder.length; column++) {
        scores[row * width + (columnOrder[column] as number)] = at(row, column);
      }
    }
  }
  return { scores, warnings: clippedText(clipped) };
}

/** Whether a value lies beyond 0 or 1 by no more than the precision of its row explains. */
function isRounded(value: number, rows: ScoreRows, row: number, tolerance: RoundingTolerance): boolean {
  const values = Array.from({ length: rows.columns }, (_, column) => Number(rows.at(row, column)));
  return (value < 0 ? -value : value - 1) <= tolerance(values, 0, values.length);
}

function clippedText(clipped: readonly { place: string; value: number }[]): string[] {
  const [first] = clipped;
  if (!first) return [];
  const others = clipped.length === 1 ? "" : ` and ${clipped.length - 1} more`;
  return [
    `${first.place} is ${first.value}${others}: beyond 0 or 1 by rounding, so clipped to ${clipped.length === 1 ? "it" : "them"}`,
  ];
}

/**
 * The shape of y_score in any of its forms.
 * @throws TrackingError INVALID_SCORES, LENGTH_MISMATCH
 */
export function scoreRows(given: unknown): ScoreRows {
  if (isColumn(given)) {
    const first = given[0];
    if (isRecord(first)) return namedColumns(columnsOfRows(given));
    if (!isColumn(first)) {
      return { length: given.length, columns: 1, names: undefined, at: (row) => given[row] };
    }
    const columns = first.length;
    for (let i = 0; i < given.length; i++) {
      const row = given[i];
      if (!isColumn(row) || row.length !== columns) {
        throw new TrackingError(
          "INVALID_SCORES",
          `y_score[${i}] is ${shown(row)}, but y_score[0] has ${columns} values; give as many class probabilities in each row`,
        );
      }
    }
    const at = (row: number, column: number) => (given[row] as ArrayLike<unknown>)[column];
    return { length: given.length, columns, names: undefined, at };
  }
  if (typeof given === "object" && given !== null) {
    if ("values" in given && "columns" in given && typeof given.columns === "number") {
      const { values, columns } = given;
      const names = "names" in given && isColumn(given.names) ? Array.from(given.names) : undefined;
      const hasShape = Number.isInteger(columns) && columns >= 1 && (names?.length ?? columns) === columns;
      if (isColumn(values) && hasShape && values.length % columns === 0) {
        return {
          length: values.length / columns,
          columns,
          names,
          at: (row, column) => values[row * columns + column],
        };
      }
    } else if (isMap(given) || isPlain(given)) {
      const named = isMap(given) ? [...given] : Object.entries(given);
      if (named.length > 0) return namedColumns(named);
    }
  }
  throw new TrackingError(
    "INVALID_SCORES",
    `y_score is ${shown(given)}; give an array of probabilities, an array of rows, or { values, columns }`,
  );
}

/** The columns of rows that name the class of each probability: `{ cat: 0.8, dog: 0.2 }` a sample. */
function columnsOfRows(rows: ArrayLike<unknown>): (readonly [unknown, unknown])[] {
  const names = Object.keys(rows[0] as object);
  const columns = names.map((name) => [name, [] as unknown[]] as const);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (!isRecord(row) || Object.keys(row).length !== names.length || names.some((name) => !(name in row))) {
      throw new TrackingError(
        "INVALID_SCORES",
        `y_score[${i}] is ${shown(row)}, but y_score[0] has the probabilities of ${names.map((name) => shown(name)).join(", ")}; give those of the same classes in each row`,
      );
    }
    for (const [name, column] of columns) column.push(row[name]);
  }
  return columns;
}

function namedColumns(given: readonly (readonly [unknown, unknown])[]): ScoreRows {
  const columns = given.map(([name, column]): ArrayLike<unknown> => {
    if (isColumn(column)) return column;
    throw new TrackingError(
      "INVALID_SCORES",
      `y_score[${shown(name)}] is ${shown(column)}; give a column of probabilities a class, by the classes' names`,
    );
  });
  const length = columns[0]!.length;
  const odd = columns.findIndex((column) => column.length !== length);
  if (odd >= 0) {
    throw new TrackingError(
      "LENGTH_MISMATCH",
      `y_score[${shown(given[odd]![0])}] has ${columns[odd]!.length} values but y_score[${shown(given[0]![0])}] has ${length}; they must describe the same samples, in the same order`,
    );
  }
  const at = (row: number, column: number) => columns[column]![row];
  return { length, columns: columns.length, names: given.map(([name]) => name), at };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && isPlain(value);
}

function isColumn(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
