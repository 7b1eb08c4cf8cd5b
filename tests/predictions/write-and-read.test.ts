import fc from "fast-check";
import { parquetMetadataAsync } from "hyparquet";
import { describe, expect, it } from "vitest";
import type { PredictionColumn, PredictionTable } from "../../src/predictions/prediction-table.js";
import { predictionColumnNames, readPredictions } from "../../src/predictions/read/read-predictions.js";
import { parquetChunks } from "../../src/predictions/write/write-predictions.js";
import { cells, contents, fileOf, hardTable, largeTable, table } from "./tables.js";

describe("a table of predictions", () => {
  it("comes back from its Parquet file as it was, metadata included", async () => {
    const written = hardTable();
    expect(contents(await readPredictions(fileOf(written)))).toStrictEqual(contents(written));
  });

  for (const rows of [0, 1, 2, 3, 8, 499_999, 500_000, 500_001, 1_000_001]) {
    it(`comes back with ${rows} rows`, async () => {
      const written = largeTable(rows);
      const read = await readPredictions(fileOf(written));
      expect(read.rows).toBe(rows);
      for (const [i, column] of written.columns.entries()) {
        const differs = firstDifference(cells(read.columns[i]!, rows), cells(column, rows));
        expect({ column: column.name, differs }).toStrictEqual({ column: column.name, differs: -1 });
      }
    });
  }

  for (const entries of [1, 2, 3, 255, 256, 257, 65_536, 65_537]) {
    it(`comes back with a dictionary of ${entries} entries, all used, some used, each once`, async () => {
      const dictionary = Array.from({ length: entries }, (_, i) => `entry ${i}`);
      const rows = Math.max(2 * entries, 100);
      const numbers = Array.from(dictionary.keys(), (i) => i * 1000 - 7);
      const mixed = Int32Array.from({ length: rows }, (_, i) => (i * 7919) % entries);
      const few = Int32Array.from({ length: rows }, (_, i) => (entries - 1) * (i % 2));
      const runs = Int32Array.from({ length: rows }, (_, i) => Math.floor((i * entries) / rows));
      const written = table(
        rows,
        [mixed, few, runs].flatMap((codes, i): PredictionColumn[] => [
          { name: `text ${i}`, type: "string", dictionary, codes },
          { name: `number ${i}`, type: "integer", dictionary: numbers, codes },
        ]),
      );
      expect(contents(await readPredictions(fileOf(written)))).toStrictEqual(contents(written));
      const once = table(entries, [
        { name: "text", type: "string", dictionary, codes: Int32Array.from(dictionary.keys()).reverse() },
        { name: "number", type: "integer", dictionary: numbers, codes: Int32Array.from(dictionary.keys()) },
      ]);
      expect(contents(await readPredictions(fileOf(once)))).toStrictEqual(contents(once));
    });
  }

  it("comes back with 200 columns of class probabilities, taken from a row-major matrix", async () => {
    const rows = 3000;
    const matrix = Float64Array.from({ length: rows * 200 }, (_, i) => Math.sin(i));
    const written = table(
      rows,
      Array.from({ length: 200 }, (_, k) => ({
        name: `y_score_${k}`,
        type: "double" as const,
        values: matrix,
        offset: k,
        stride: 200,
      })),
    );
    const read = await readPredictions(fileOf(written), { columns: ["y_score_199", "y_score_0"] });
    expect(contents(read).columns).toStrictEqual([199, 0].map((k) => contents(written).columns[k]));
  });

  it("is written in smaller row groups where it has many columns", async () => {
    expect(await groupsOf(4)).toStrictEqual([10_000]);
    expect(await groupsOf(2048)).toStrictEqual([8192, 1808]);
  });

  it("comes back whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(anyTable(), async (written) => {
        expect(contents(await readPredictions(fileOf(written)))).toStrictEqual(contents(written));
      }),
      { numRuns: 300 },
    );
  });
});

describe("reading predictions", () => {
  it("gives the columns asked for, in the order asked for", async () => {
    const read = await readPredictions(fileOf(largeTable(10)), { columns: ["y_score", "sample_id"] });
    expect(read.columns.map(({ name }) => name)).toStrictEqual(["y_score", "sample_id"]);
    expect(cells(read.columns[1]!, 3)).toStrictEqual([-1n, 2n, 5n]);
  });

  it("gives the rows asked for, across pages and row groups", async () => {
    const written = largeTable(1_000_100);
    const file = fileOf(written);
    const expected = written.columns.map((column) => cells(column, written.rows));
    for (const [rowStart, rowEnd] of [
      [0, 10],
      [131_071, 131_073],
      [131_072, 131_080],
      [499_998, 500_003],
      [1_000_090, 2_000_000],
      [7, 7],
      [2_000_000, 3_000_000],
    ] as const) {
      const read = await readPredictions(file, { rowStart, rowEnd });
      expect(read.rows).toBe(Math.max(0, Math.min(rowEnd, 1_000_100) - Math.min(rowStart, 1_000_100)));
      for (const i of written.columns.keys()) {
        expect(cells(read.columns[i]!, read.rows)).toStrictEqual(expected[i]!.slice(rowStart, rowEnd));
      }
    }
  });

  it("fetches only the bytes of the columns asked for", async () => {
    const file = fileOf(largeTable(1_000_000));
    let fetched = 0;
    const counting = {
      byteLength: file.byteLength,
      slice: (start: number, end?: number) => {
        const bytes = file.slice(start, end);
        fetched += bytes.byteLength;
        return Promise.resolve(bytes);
      },
    };
    await readPredictions(counting, { columns: ["y_pred"] });
    expect(fetched).toBeLessThan(800_000);
    expect(file.byteLength).toBeGreaterThan(10_000_000);
  });

  it("gives strings one by one, whatever form they were written in", async () => {
    const rows = 600_000;
    const codes = Int32Array.from({ length: rows }, (_, i) => (i < 500_000 ? i % 2 : 2));
    const dictionary = ["b", "a", "c"];
    const written = table(rows, [{ name: "y_true", type: "string", dictionary, codes }]);
    const [column] = (await readPredictions(fileOf(written))).columns;
    const values = Array.from(codes, (code) => dictionary[code]);
    expect(column).toStrictEqual({ name: "y_true", type: "string", values });
  });

  it("takes seconds at most for 1,000,000 rows of six columns, and megabytes", async () => {
    const file = fileOf(largeTable(1_000_000));
    const before = process.memoryUsage.rss();
    const started = performance.now();
    await readPredictions(file);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(7e8);
  });

  it("gives integers in the narrowest array that has them exactly", async () => {
    const constructors = [];
    for (const values of [[2 ** 31 - 1], [2 ** 31], [-(2 ** 31) - 1], [2 ** 53 - 1], [1 - 2 ** 53]]) {
      const [column] = (await readPredictions(fileOf(integers(BigInt64Array.from(values, BigInt))))).columns;
      constructors.push(column && "values" in column && column.values.constructor.name);
    }
    for (const value of [2n ** 53n, -(2n ** 53n)]) {
      const [column] = (await readPredictions(fileOf(integers(BigInt64Array.of(value))))).columns;
      constructors.push(column && "values" in column && column.values.constructor.name);
    }
    expect(constructors).toStrictEqual([
      "Int32Array",
      "Float64Array",
      "Float64Array",
      "Float64Array",
      "Float64Array",
      "BigInt64Array",
      "BigInt64Array",
    ]);
  });

  it("lists a file's columns", async () => {
    expect(await predictionColumnNames(fileOf(largeTable(1)))).toStrictEqual([
      "sample_id",
      "text_id",
      "y_true",
      "y_pred",
      "y_score",
      "rounded",
    ]);
  });
});

describe("writing predictions", () => {
  it("refuses a column that has not a value a row, and a code without a dictionary entry", () => {
    const short = table(2, [{ name: "y_true", type: "integer", values: Int32Array.of(1) }]);
    expect(() => [...parquetChunks(short)]).toThrow("y_true has 1 values; the table has 2 rows");
    const narrow = table(2, [
      { name: "y_score", type: "double", values: new Float64Array(3), offset: 1, stride: 2 },
    ]);
    expect(() => [...parquetChunks(narrow)]).toThrow("y_score has too few values for 2 rows: 3");
    const unknown = table(2, [
      { name: "y_pred", type: "string", dictionary: ["a"], codes: Int32Array.of(0, 1) },
    ]);
    expect(() => [...parquetChunks(unknown)]).toThrow("y_pred: row 1 has code 1 of 1 dictionary entries");
  });

  it("takes little more room than the values need", () => {
    const rows = 1_000_000;
    const size = (column: PredictionColumn) => fileOf(table(rows, [column])).byteLength;
    const codes = Int32Array.from({ length: rows }, (_, i) => (Math.imul(i, 0x9e3779b1) >>> 13) & 1);
    expect(size({ name: "y", type: "integer", dictionary: [0, 1], codes })).toBeLessThan(130_000); // a bit each
    expect(size({ name: "y", type: "integer", dictionary: [0, 1], codes: codes.fill(1) })).toBeLessThan(1000);
    const ids = Int32Array.from({ length: rows }, (_, i) => i);
    expect(size({ name: "id", type: "integer", values: ids })).toBeLessThan(4_100_000); // half of 8 bytes
    const rounded = Float64Array.from(ids, (i) => (Math.imul(i, 0x9e3779b1) >>> 13) % 101);
    expect(size({ name: "y_score", type: "double", values: rounded })).toBeLessThan(900_000); // 7 bits
    const texts = Array.from(ids, (i) => `sample-${String(i).padStart(8, "0")}`);
    expect(size({ name: "id", type: "string", values: texts })).toBeLessThan(6_000_000); // of 19 MB
  });
});

function integers(values: BigInt64Array): PredictionTable {
  return table(values.length, [{ name: "i", type: "integer", values }]);
}

/** The rows of each row group of a file with 10,000 rows and so many columns, as hyparquet sees it. */
async function groupsOf(columns: number): Promise<number[]> {
  const values = new Float64Array(10_000);
  const wide = Array.from({ length: columns }, (_, k) => ({
    name: `s${k}`,
    type: "double" as const,
    values,
  }));
  const { row_groups } = await parquetMetadataAsync(fileOf(table(10_000, wide)));
  return row_groups.map(({ num_rows }) => Number(num_rows));
}

/** The first row that differs, or -1: quicker than comparing a million cells by `toStrictEqual`. */
function firstDifference(a: readonly unknown[], b: readonly unknown[]): number {
  return a.findIndex((cell, i) => !Object.is(cell, b[i]));
}

function anyTable(): fc.Arbitrary<PredictionTable> {
  return fc.integer({ min: 1, max: 300 }).chain((rows) => {
    const many = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: rows, maxLength: rows });
    const text = fc.string({ unit: "grapheme", maxLength: 30 });
    const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const coded = <T>(entry: fc.Arbitrary<T>) =>
      fc
        .array(entry, { minLength: 1, maxLength: 40 })
        .chain((dictionary) =>
          many(fc.nat(dictionary.length - 1)).map((codes) => ({ dictionary, codes: Int32Array.from(codes) })),
        );
    // Runs, ascents and repeats, beside what is without any order.
    const runs = fc
      .tuple(int64, fc.nat(9), fc.nat(3))
      .map(([first, every, step]) =>
        BigInt64Array.from({ length: rows }, (_, i) =>
          BigInt.asIntN(64, first + BigInt(Math.floor(i / (every + 1)) * step)),
        ),
      );
    const anyColumn: fc.Arbitrary<PredictionColumn> = fc.oneof(
      many(text).map((values) => ({ name: "", type: "string" as const, values })),
      coded(text).map(({ dictionary, codes }) => ({ name: "", type: "string" as const, dictionary, codes })),
      many(int64).map((values) => ({
        name: "",
        type: "integer" as const,
        values: BigInt64Array.from(values),
      })),
      runs.map((values) => ({ name: "", type: "integer" as const, values })),
      many(fc.integer()).map((values) => ({
        name: "",
        type: "integer" as const,
        values: Int32Array.from(values),
      })),
      many(fc.maxSafeInteger()).map((values) => ({
        name: "",
        type: "integer" as const,
        values: Float64Array.from(values, (value) => value + 0),
      })),
      coded(int64).map(({ dictionary, codes }) => ({
        name: "",
        type: "integer" as const,
        dictionary,
        codes,
      })),
      many(fc.boolean()).map((values) => ({
        name: "",
        type: "boolean" as const,
        values: Uint8Array.from(values, Number),
      })),
      many(fc.double()).map((values) => ({
        name: "",
        type: "double" as const,
        values: Float64Array.from(values),
      })),
      many(fc.constantFrom(0.5, -0, 0, Number.NaN, 1e-3)).map((values) => ({
        name: "",
        type: "double" as const,
        values: Float64Array.from(values),
      })),
    );
    return fc
      .tuple(fc.array(anyColumn, { minLength: 1, maxLength: 5 }), fc.dictionary(text, text))
      .map(([columns, metadata]) =>
        table(
          rows,
          columns.map((given, i) => ({ ...given, name: `column ${i}` })),
          { ...metadata },
        ),
      );
  });
}
