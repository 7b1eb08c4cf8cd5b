import type { PredictionColumn } from "../prediction-table.js";
import type { ByteSink } from "./byte-sink.js";
import { appendHybrid } from "./rle-bit-packing.js";

/** Says of a column chunk's rows, page by page, which have a value. */
export interface Levels {
  /**
   * Appends the levels of the rows that hold the next `values` values, and of those after them that have
   * none; returns how many rows.
   */
  append(body: ByteSink, values: number): number;
}

/**
 * The definition levels of a column chunk, after their length in bytes. Without missing values a single run
 * of ones. The columns are OPTIONAL nonetheless, as pandas and Spark write them, since BigQuery refuses to
 * append a REQUIRED column to a table's NULLABLE one, or to add it to a table.
 * @param levels of each row 1 or 0, for no value; left out, none is missing
 */
export function definitionLevels(levels?: Int32Array): Levels {
  let row = 0;
  return {
    append(body, values) {
      const lengthAt = body.length;
      body.uint32(0);
      let rows = values;
      if (levels) {
        const start = row;
        for (let left = values; row < levels.length && (left > 0 || levels[row] === 0); row++)
          left -= levels[row]!;
        rows = row - start;
        appendHybrid(body, levels, start, row, 1);
      } else {
        body.varint(values * 2);
        body.byte(1);
      }
      body.setUint32(lengthAt, body.length - lengthAt - 4);
      return rows;
    },
  };
}

/**
 * The rows of a nullable column that have a value, as a column of their own; undefined where none is missing.
 */
export function presentValues(
  column: PredictionColumn,
  start: number,
  end: number,
): { column: PredictionColumn; rows: number; levels: Int32Array } | undefined {
  if (!("nullable" in column && column.nullable)) return undefined;
  const isMissing = missingAt(column);
  const levels = new Int32Array(end - start);
  let rows = 0;
  for (let row = start; row < end; row++) {
    const level = isMissing(row) ? 0 : 1;
    levels[row - start] = level;
    rows += level;
  }
  if (rows === levels.length) return undefined;
  const { name } = column;
  if ("codes" in column) {
    const codes = present(column.codes, levels, start, new Int32Array(rows));
    return { column: { ...column, codes }, rows, levels };
  }
  if (column.type === "boolean") {
    const values = present(column.values, levels, start, new Uint8Array(rows));
    return { column: { name, type: "boolean", values }, rows, levels };
  }
  const { offset = 0, stride = 1 } = column;
  const values = new Float64Array(rows);
  let at = 0;
  for (let i = 0; i < levels.length; i++) {
    if (levels[i] === 1) values[at++] = column.values[offset + (start + i) * stride]!;
  }
  return { column: { name, type: "double", values }, rows, levels };
}

type NullableColumn = Extract<PredictionColumn, { nullable?: true }>;

function missingAt(column: NullableColumn): (row: number) => boolean {
  if ("codes" in column) return (row) => column.codes[row] === -1;
  if (column.type === "boolean") return (row) => column.values[row] === 2;
  const { values, offset = 0, stride = 1 } = column;
  return (row) => Number.isNaN(values[offset + row * stride]);
}

function present<T extends Int32Array | Uint8Array>(
  values: T,
  levels: Int32Array,
  start: number,
  into: T,
): T {
  let at = 0;
  for (let i = 0; i < levels.length; i++) if (levels[i] === 1) into[at++] = values[start + i]!;
  return into;
}
