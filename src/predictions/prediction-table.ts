/**
 * The per-sample table of one experiment: columns of the same number of rows, and the Parquet file's
 * key-value metadata.
 */
export interface PredictionTable {
  rows: number;
  columns: PredictionColumn[];
  metadata: Record<string, string>;
  /**
   * Rows before which a part of the file ends that readers may leave out as a whole, ascending; others are made by
   * the number of rows.
   */
  breaks?: readonly number[];
}

/**
 * A named column: `codes[i]` points into `dictionary`; a boolean is 0 or 1. Only a `nullable` one may lack
 * values: there the code -1, the boolean 2 and NaN say that the sample has none.
 */
export type PredictionColumn = { name: string } & (
  | { type: "string"; values: readonly string[] }
  | { type: "string"; dictionary: readonly string[]; codes: Int32Array; nullable?: true }
  | { type: "integer"; values: IntegerValues }
  | { type: "integer"; dictionary: readonly (number | bigint)[]; codes: Int32Array; nullable?: true }
  | { type: "boolean"; values: Uint8Array; nullable?: true }
  | DoubleColumn
);

/** Integers of at most 64 bits; those in a Float64Array are safe integers. */
export type IntegerValues = Int32Array | BigInt64Array | Float64Array;

/**
 * Value i is `values[offset + i * stride]`, so that a column of a row-major matrix is written without copying
 * it.
 */
export interface DoubleColumn {
  type: "double";
  values: Float64Array;
  offset?: number;
  stride?: number;
  nullable?: true;
}

/**
 * Columns that start so are features of the samples, which the caller named: they never collide with our own,
 * and may lack values.
 */
export const featurePrefix = "feature_";
