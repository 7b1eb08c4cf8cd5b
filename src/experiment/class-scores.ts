import { TrackingError } from "../tracking-error.js";
import { shown } from "./values.js";

/**
 * y_score as callers hold it: for two classes one probability a sample, that of the positive class; for more, and where
 * a model gives both columns for two, one row of class probabilities a sample, flat with its number of columns or not.
 */
export type GivenScores =
  | readonly number[]
  | Float64Array
  | Float32Array
  | readonly (readonly number[] | Float64Array | Float32Array)[]
  | { values: readonly number[] | Float64Array | Float32Array; columns: number };

/**
 * Checks y_score and gives it as doubles: for two classes P(positive) a sample; for more, row by row in label order.
 * @param columnOrder codes of the labels in the order of y_score's columns
 * @throws TrackingError INVALID_SCORES naming the value and its position
 */
export function classScores(
  given: unknown,
  samples: number,
  columnOrder: readonly number[],
  positive: number | undefined,
): Float64Array {
  const classes = columnOrder.length;
  const rows = asRows(given);
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
      `y_score has one probability a sample, but there are ${classes} classes; give one row of ${classes} class probabilities a sample, in sorted label order`,
    );
  }
  if (rows.columns !== 1 && rows.columns !== classes) {
    throw new TrackingError(
      "INVALID_SCORES",
      `y_score has ${rows.columns} columns but there are ${classes} classes in y_true and y_pred; name every class the model knows as labels, in the order of the columns`,
    );
  }
  const at = (row: number, column: number) => {
    const value = rows.at(row, column);
    if (typeof value === "number" && value >= 0 && value <= 1) return value;
    const position = rows.columns === 1 ? `y_score[${row}]` : `y_score[${row}][${column}]`;
    throw new TrackingError(
      "INVALID_SCORES",
      `${position} is ${shown(value)}: scores are probabilities from 0 to 1; pass a model's predict_proba, or its decision values through a sigmoid or softmax`,
    );
  };

  if (binary) {
    const column = rows.columns === 1 ? 0 : columnOrder.indexOf(positive);
    const scores = new Float64Array(samples);
    for (let row = 0; row < samples; row++) {
      if (rows.columns === 2) at(row, 1 - column);
      scores[row] = at(row, column);
    }
    return scores;
  }
  const scores = new Float64Array(samples * classes);
  for (let row = 0; row < samples; row++) {
    for (let column = 0; column < classes; column++) {
      scores[row * classes + (columnOrder[column] as number)] = at(row, column);
    }
  }
  return scores;
}

interface ScoreRows {
  length: number;
  columns: number;
  at(row: number, column: number): unknown;
}

function asRows(given: unknown): ScoreRows {
  if (isColumn(given)) {
    const first = given[0];
    if (!isColumn(first)) return { length: given.length, columns: 1, at: (row) => given[row] };
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
    return { length: given.length, columns, at: (row, column) => (given[row] as ArrayLike<unknown>)[column] };
  }
  if (typeof given === "object" && given !== null && "values" in given && "columns" in given) {
    const { values, columns } = given;
    if (
      isColumn(values) &&
      Number.isInteger(columns) &&
      Number(columns) >= 1 &&
      values.length % Number(columns) === 0
    ) {
      const width = Number(columns);
      return {
        length: values.length / width,
        columns: width,
        at: (row, column) => values[row * width + column],
      };
    }
  }
  throw new TrackingError(
    "INVALID_SCORES",
    `y_score is ${shown(given)}; give an array of probabilities, an array of rows, or { values, columns }`,
  );
}

function isColumn(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
