import type { PredictionColumn, PredictionTable } from "../../src/predictions/prediction-table.js";
import { parquetChunks } from "../../src/predictions/write/write-predictions.js";

export type Cell = string | number | bigint | boolean;

/** A column's cells one by one, in whatever form it has them; every integer as a bigint. */
export function cells(column: PredictionColumn, rows: number): Cell[] {
  return Array.from({ length: rows }, (_, row) => {
    if ("codes" in column) {
      const entry = column.dictionary[column.codes[row]!]!;
      return column.type === "integer" ? BigInt(entry) : entry;
    }
    if (column.type === "string") return column.values[row]!;
    if (column.type === "integer") return BigInt(column.values[row]!);
    if (column.type === "boolean") return column.values[row] === 1;
    return column.values[(column.offset ?? 0) + row * (column.stride ?? 1)]!;
  });
}

/** A table as its cells, for comparison; `Object.is` tells -0 from 0 and finds NaN equal. */
export function contents({ rows, columns, metadata }: PredictionTable) {
  return {
    rows,
    metadata,
    columns: columns.map((column) => ({ name: column.name, type: column.type, cells: cells(column, rows) })),
  };
}

export function table(
  rows: number,
  columns: PredictionColumn[],
  metadata: Record<string, string> = {},
): PredictionTable {
  return { rows, columns, metadata };
}

/** The whole file. */
export function fileOf(written: PredictionTable): ArrayBuffer {
  const bytes = Buffer.concat([...parquetChunks(written)]);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
}

/** Values that are hard to keep, a column for each type and form. */
export function hardTable(): PredictionTable {
  const doubles = [
    Number.NaN,
    -0,
    0,
    Infinity,
    -Infinity,
    5e-324,
    -2.2250738585072014e-308,
    1 / 3,
    1e308,
    0.1,
  ];
  const texts = [
    "",
    "a",
    "é",
    "猫",
    "🐈‍⬛",
    "\ufeffBOM",
    "\u0000",
    'quote "\n',
    "x".repeat(100_000),
    "ß".repeat(300),
  ];
  const rows = doubles.length;
  const codes = Int32Array.from({ length: rows }, (_, i) => i % 3);
  return table(
    rows,
    [
      { name: "text", type: "string", values: texts },
      { name: "label", type: "string", dictionary: ["zebra", "äöü", ""], codes },
      { name: "unique label", type: "string", dictionary: texts, codes: Int32Array.from(texts.keys()) },
      {
        name: "int32",
        type: "integer",
        values: Int32Array.from([0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 255, 256, -256, 7, 7]),
      },
      {
        name: "int53",
        type: "integer",
        values: Float64Array.from([
          0,
          2 ** 53 - 1,
          1 - 2 ** 53,
          2 ** 32,
          -(2 ** 32),
          2 ** 31,
          -1,
          4294967295,
          1,
          -5,
        ]),
      },
      {
        name: "int64",
        type: "integer",
        values: BigInt64Array.from([
          0n,
          2n ** 63n - 1n,
          -(2n ** 63n),
          2n ** 53n,
          -(2n ** 53n),
          1n,
          -1n,
          2n ** 32n,
          9n,
          9n,
        ]),
      },
      { name: "int_label", type: "integer", dictionary: [-5, 10n ** 18n, 3], codes },
      { name: "one", type: "integer", dictionary: [42], codes: new Int32Array(rows) },
      { name: "flag", type: "boolean", values: Uint8Array.from([1, 0, 0, 1, 1, 1, 0, 1, 0, 1]) },
      { name: "double", type: "double", values: Float64Array.from(doubles) },
      {
        name: "strided",
        type: "double",
        values: Float64Array.from({ length: rows * 3 }, (_, i) => i / 7),
        offset: 1,
        stride: 3,
      },
    ],
    { "ml_tracking.format": "1", label: "ü", empty: "", __proto__x: "kept" },
  );
}

/** A table of any size whose cells follow from the row: row i has id 3 i - 1, label i % 3, score i / 3. */
export function largeTable(rows: number): PredictionTable {
  return table(rows, [
    { name: "sample_id", type: "integer", values: Int32Array.from({ length: rows }, (_, i) => 3 * i - 1) },
    { name: "text_id", type: "string", values: Array.from({ length: rows }, (_, i) => `s${i}`) },
    {
      name: "y_true",
      type: "string",
      dictionary: ["a", "b", "c"],
      codes: Int32Array.from({ length: rows }, (_, i) => i % 3),
    },
    {
      name: "y_pred",
      type: "boolean",
      values: Uint8Array.from({ length: rows }, (_, i) => Number(i % 3 === 0)),
    },
    { name: "y_score", type: "double", values: Float64Array.from({ length: rows }, (_, i) => i / 3) },
    {
      name: "rounded",
      type: "double",
      values: Float64Array.from({ length: rows }, (_, i) => (i % 100) / 100),
    },
  ]);
}
