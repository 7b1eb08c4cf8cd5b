import type { DictionaryValues, Values } from "../../experiment/input/values.js";

/** A tensor of TensorFlow.js, whose values are waited for. */
export interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  data(): Promise<ArrayLike<unknown>>;
}

/** A tensor of ONNX Runtime, whose values may have to come from another device first. */
export interface OnnxTensorLike {
  readonly dims: readonly number[];
  readonly type: string;
  getData(): Promise<ArrayLike<unknown>>;
}

/** A matrix of ml-matrix. */
export interface MatrixLike {
  readonly rows: number;
  readonly columns: number;
  get(row: number, column: number): number;
  to2DArray(): number[][];
}

/** A vector of Apache Arrow. */
export interface ArrowVectorLike {
  readonly length: number;
  readonly nullCount: number;
  readonly type: { toString(): string };
  get(index: number): unknown;
  toArray(): ArrayLike<unknown>;
}

/** A table of Apache Arrow. */
export interface ArrowTableLike {
  readonly schema: { readonly fields: readonly { readonly name: unknown }[] };
  getChildAt(index: number): unknown;
}

/** A table of Arquero. */
export interface ArqueroTableLike {
  columnNames(): string[];
  array(name: string): ArrayLike<unknown>;
}

/** A data frame or a series of Danfo. */
export interface DanfoLike {
  readonly $isSeries: boolean;
  readonly columns: readonly unknown[];
  readonly shape: readonly number[];
  readonly values: unknown;
}

/** Columns by name. */
export type TableLike = ArrowTableLike | ArqueroTableLike | DanfoLike;

/**
 * A column as JavaScript's libraries hold it: a tensor, a matrix or a table of one column, a vector, a series,
 * or whatever can be iterated.
 */
export type HeldColumn<T> =
  | TensorLike
  | OnnxTensorLike
  | MatrixLike
  | ArrowVectorLike
  | TableLike
  | (Iterable<T> & object)
  | AsyncIterable<T>;

/** A value a sample: an array, a typed array, or a column of a library. */
export type Column<T> = Values<T> | HeldColumn<T>;

/**
 * A column that describes the samples, beside what is predicted of them: a value a sample, or none. A Date is
 * its ISO text.
 */
export type FeatureValues =
  | Column<string | number | bigint | boolean | Date | null | undefined>
  | DictionaryValues<string | number | boolean>;

/** What describes the samples: columns by name, or a table. */
export type SampleFeatures =
  | Readonly<Record<string, FeatureValues>>
  | ReadonlyMap<string, FeatureValues>
  | TableLike;

/** A feature's name, or a column with one value a sample, which becomes a feature called group or order. */
export type DependenceArgument = string | FeatureValues;

/**
 * y_score as callers hold it: for two classes one probability a sample, that of the positive class; for more,
 * and where a model gives both columns for two, one row of class probabilities a sample, as a tensor, a
 * matrix or flat with its number of columns; or a column a class, by the classes' names, or as a table; or a
 * row a sample that names them.
 */
export type GivenScores =
  | Column<number | Values<number> | Readonly<Record<string, number>>>
  | {
      readonly values: Values<number>;
      readonly columns: number;
      readonly names?: readonly (string | number | bigint | boolean)[];
    }
  | { readonly [name: string]: Column<number> }
  | ReadonlyMap<string | number | bigint | boolean, Column<number>>;
