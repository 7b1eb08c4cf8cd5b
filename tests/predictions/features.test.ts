import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { PredictionColumn } from "../../src/predictions/prediction-table.js";
import { readPredictions } from "../../src/predictions/read/read-predictions.js";
import { oraclePython, runPython } from "../python/python.js";
import { fileOf, table } from "./tables.js";

const folder = mkdtempSync(join(tmpdir(), "ml-tracking-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Value = string | number | boolean | null;

function texts(name: string, values: readonly (string | null)[]): PredictionColumn {
  const dictionary = [...new Set(values)].filter((value) => value !== null);
  const codeOf = new Map(dictionary.map((value, code) => [value, code]));
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : codeOf.get(value)!));
  return { name: `feature_${name}`, type: "string", dictionary, codes, nullable: true };
}

function doubles(name: string, values: readonly (number | null)[]): PredictionColumn {
  const given = Float64Array.from(values, (value) => value ?? Number.NaN);
  return { name: `feature_${name}`, type: "double", values: given, nullable: true };
}

function flags(name: string, values: readonly (boolean | null)[]): PredictionColumn {
  const given = Uint8Array.from(values, (value) => (value === null ? 2 : Number(value)));
  return { name: `feature_${name}`, type: "boolean", values: given, nullable: true };
}

function integers(name: string, values: readonly (bigint | null)[]): PredictionColumn {
  const dictionary = [...new Set(values)].filter((value) => value !== null);
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value)));
  return { name: `feature_${name}`, type: "integer", dictionary, codes, nullable: true };
}

/** A feature's values one by one, null where there is none. */
function valuesOf(column: PredictionColumn): Value[] {
  if ("codes" in column)
    return Array.from(column.codes, (code) => (code < 0 ? null : (column.dictionary[code] as Value)));
  if (column.type === "boolean")
    return Array.from(column.values, (value) => (value === 2 ? null : value === 1));
  return Array.from(column.values as Float64Array, (value) => (Number.isNaN(value) ? null : value));
}

const row = (rows: number) => Array.from({ length: rows }, (_, i) => i);

/** Columns of missing values here and there, at the ends, in long runs, none, and nothing else. */
function hardFeatures(rows: number): PredictionColumn[] {
  const i = row(rows);
  return [
    texts(
      "island",
      i.map((k) => (k % 7 === 3 ? null : ["Torgersen", "Dream", ""][k % 3]!)),
    ),
    texts(
      "each its own",
      i.map((k) => (k % 2 === 0 ? null : `é${k}`)),
    ),
    texts(
      "none at all",
      i.map(() => null),
    ),
    doubles(
      "mass",
      i.map((k) => (k % 5 === 0 ? null : k / 7)),
    ),
    doubles(
      "few",
      i.map((k) => (k < rows / 2 || k === rows - 1 ? null : k % 4)),
    ),
    doubles(
      "empty",
      i.map(() => null),
    ),
    doubles(
      "whole",
      i.map((k) => -k),
    ),
    flags(
      "fit",
      i.map((k) => (k % 3 === 1 ? null : k % 2 === 0)),
    ),
    flags(
      "unfit",
      i.map(() => false),
    ),
  ];
}

describe("features of the samples", () => {
  for (const rows of [1, 2, 9, 1000, 131_071, 131_073, 500_003]) {
    it(`come back from ${rows} rows with their missing values`, async () => {
      const written = hardFeatures(rows);
      const { columns } = await readPredictions(fileOf(table(rows, written)));
      for (const [at, column] of written.entries()) {
        const [found, wanted] = [valuesOf(columns[at]!), valuesOf(column)];
        expect({
          name: column.name,
          differs: wanted.findIndex((value, k) => !Object.is(value, found[k])),
        }).toEqual({
          name: column.name,
          differs: -1,
        });
      }
    });
  }

  it("come back in part, across pages and row groups", async () => {
    const written = hardFeatures(600_000);
    const file = fileOf(table(600_000, written));
    for (const [rowStart, rowEnd] of [
      [131_070, 131_080],
      [499_990, 500_010],
      [599_999, 600_000],
    ] as const) {
      const { columns } = await readPredictions(file, { rowStart, rowEnd });
      expect(columns.map(valuesOf)).toEqual(
        written.map((column) => valuesOf(column).slice(rowStart, rowEnd)),
      );
    }
  });

  it("come back whatever they are", async () => {
    const anyFeatures = fc.integer({ min: 1, max: 200 }).chain((rows) => {
      const many = <T>(value: fc.Arbitrary<T>) =>
        fc.array(fc.option(value, { freq: 3 }), { minLength: rows, maxLength: rows });
      return fc.tuple(
        many(fc.constantFrom("a", "b", "ü")),
        many(fc.string({ unit: "grapheme" })),
        many(fc.double({ noNaN: true })),
        many(fc.boolean()),
      );
    });
    await fc.assert(
      fc.asyncProperty(anyFeatures, async ([few, text, numbers, booleans]) => {
        const written = [texts("few", few), texts("text", text), doubles("n", numbers), flags("f", booleans)];
        const { columns } = await readPredictions(fileOf(table(few.length, written)));
        expect(columns.map(valuesOf)).toStrictEqual([few, text, numbers, booleans]);
      }),
      { numRuns: 300 },
    );
  });

  it("are what pandas, pyarrow and DuckDB read, NULL where there is none", async (context) => {
    const path = join(folder, "features.parquet");
    writeFileSync(path, Buffer.from(fileOf(table(1000, hardFeatures(1000)))));
    const read = await runPython(oraclePython(context), ["-c", readAll, path]);
    const wanted = Object.fromEntries(hardFeatures(1000).map((column) => [column.name, valuesOf(column)]));
    expect(JSON.parse(read)).toEqual({ arrow: wanted, duckdb: wanted, pandas: wanted });
  });

  it("are integers where they were, with gaps too, and keep every digit", async (context) => {
    const large = 2n ** 53n + 1n;
    const given = {
      small: row(1000).map((k) => (k % 3 === 0 ? null : BigInt(k - 500))),
      repeated: row(1000).map((k) => (k % 5 === 0 ? null : BigInt(k % 4))),
      large: row(1000).map((k) => (k % 7 === 0 ? null : large + BigInt(k))),
      largest: row(1000).map((k) => (k === 999 ? null : [-(2n ** 63n), 2n ** 63n - 1n][k % 2]!)),
      "none at all": row(1000).map(() => null),
    };
    const written = Object.entries(given).map(([name, values]) => integers(name, values));
    const file = fileOf(table(1000, written));
    const { columns } = await readPredictions(file);
    expect(columns.map(({ type }) => type)).toEqual(["double", "double", "integer", "integer", "double"]);
    const text = (value: Value | bigint) => (value === null ? null : String(value));
    const expected = Object.values(given).map((values) => values.map(text));
    expect(columns.map((column) => valuesOf(column).map(text))).toEqual(expected);
    const part = await readPredictions(file, { columns: ["feature_large"], rowStart: 6, rowEnd: 9 });
    expect(valuesOf(part.columns[0]!)).toEqual(given.large.slice(6, 9));

    const path = join(folder, "integers.parquet");
    writeFileSync(path, Buffer.from(file));
    const read = await runPython(oraclePython(context), ["-c", readIntegers, path]);
    expect(JSON.parse(read)).toEqual(expected.map((values) => ({ type: "int64", values })));
  });

  it("are read of files that pandas wrote, whole numbers with missing ones as doubles", async (context) => {
    for (const options of [
      "",
      ", data_page_version='2.0'",
      ", use_dictionary=False",
      ", compression='zstd'",
    ]) {
      const path = join(folder, "pandas.parquet");
      await runPython(oraclePython(context), ["-c", writeWithPandas.replace("OPTIONS", options), path]);
      const bytes = readFileSync(path);
      const { columns } = await readPredictions(
        bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
      );
      expect(columns.map(valuesOf)).toEqual([
        ["a", null, "b", null, "a"],
        [1, null, 3, 4, 5],
        [null, null, null, 0.5, 1],
        [true, null, false, null, true],
        [1, 2, 3, 4, 5],
        [null, null, null, null, null],
      ]);
      expect(columns.map(({ type }) => type).slice(0, 5)).toEqual([
        "string",
        "double",
        "double",
        "boolean",
        "integer",
      ]);
    }
  });

  it("are refused, or read as something else, where bytes are damaged: without a hang or a crash", async (context) => {
    const files: ArrayBuffer[] = [];
    for (const options of ["", ", compression=None", ", compression=None, use_dictionary=False"]) {
      const path = join(folder, "whole.parquet");
      await runPython(oraclePython(context), ["-c", writeWithPandas.replace("OPTIONS", options), path]);
      const bytes = readFileSync(path);
      files.push(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    }
    const damage = fc.record({
      file: fc.constantFrom(...files),
      place: fc.double({ min: 0, max: 1, noNaN: true }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, place, bytes }) => {
        const damaged = new Uint8Array(file.slice(0));
        damaged.set(bytes, 4 + Math.floor(place * (damaged.length - 4 - bytes.length)));
        const started = performance.now();
        const code = await readPredictions(damaged.buffer).then(
          () => undefined,
          (error: { code?: string }) => error.code ?? "another error",
        );
        expect([undefined, "PREDICTIONS_NOT_READABLE"]).toContain(code);
        expect(performance.now() - started).toBeLessThan(3000);
      }),
      { numRuns: 3000 },
    );
  });

  it("may lack values, but no other column may", async () => {
    const file = fileOf(table(2, [{ ...doubles("x", [null, 1]), name: "y_score" }]));
    await expect(readPredictions(file)).rejects.toThrow('its column "y_score" has no value in row 1');
    expect(valuesOf((await readPredictions(file, { nullable: () => true })).columns[0]!)).toEqual([null, 1]);
  });
});

const readAll = `
import json, sys, duckdb, pandas, pyarrow.parquet
path = sys.argv[1]
plain = lambda value: None if value is None or value is pandas.NA or value != value else value
file = pyarrow.parquet.ParquetFile(path, page_checksum_verification=True)
table = file.read()
for k in range(file.metadata.row_group(0).num_columns):
    chunk = file.metadata.row_group(0).column(k)
    assert chunk.statistics.null_count == table.column(k).null_count, chunk
relation = duckdb.read_parquet(path)
print(json.dumps({
    "arrow": table.to_pydict(),
    "duckdb": dict(zip(relation.columns, [list(values) for values in zip(*relation.fetchall())])),
    "pandas": {name: [plain(value) for value in column] for name, column in pandas.read_parquet(path).items()},
}))
`;

const readIntegers = `
import json, sys, pyarrow.parquet
file = pyarrow.parquet.ParquetFile(sys.argv[1], page_checksum_verification=True)
table = file.read()
group = file.metadata.row_group(0)
found = []
for k, column in enumerate(table.columns):
    values = column.to_pylist()
    present = [value for value in values if value is not None]
    statistics = group.column(k).statistics
    assert statistics.null_count == column.null_count
    assert not present or (statistics.min, statistics.max) == (min(present), max(present))
    found.append({"type": str(column.type), "values": [None if value is None else str(value) for value in values]})
print(json.dumps(found))
`;

const writeWithPandas = `
import sys, pandas as pd
pd.DataFrame({
    "feature_island": ["a", None, "b", None, "a"],
    "feature_cylinders": pd.array([1, None, 3, 4, 5], dtype="Int64"),
    "feature_mass": [None, None, None, 0.5, 1.0],
    "feature_fit": pd.array([True, None, False, None, True], dtype="boolean"),
    "feature_year": [1, 2, 3, 4, 5],
    "feature_empty": pd.array([None] * 5, dtype="string"),
}).to_parquet(sys.argv[1]OPTIONS)
`;
