import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { afterAll, describe, expect, it, type TestContext } from "vitest";
import type { PredictionTable } from "../../src/predictions/prediction-table.js";
import { readPredictions } from "../../src/predictions/read/read-predictions.js";
import type { TrackingError } from "../../src/tracking-error.js";
import { oraclePython, runPython } from "../python/python.js";
import { type Cell, cells, contents, fileOf, hardTable, largeTable, table } from "./tables.js";

const script = fileURLToPath(new URL("read_with_python.py", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ml-tracking-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("pandas, pyarrow and DuckDB", () => {
  it("read every type and every hard value as it was written, and find it by its bounds", async (context) => {
    const facts = await readWithPython(context, hardTable());
    expect(facts.schema).toStrictEqual({
      text: "string",
      label: "string",
      "unique label": "string",
      int32: "int64",
      int53: "int64",
      int64: "int64",
      int_label: "int64",
      one: "int64",
      flag: "bool",
      double: "double",
      strided: "double",
    });
    expect(facts.encodings).toStrictEqual(["PLAIN", "RLE", "RLE_DICTIONARY"]);
    expect(facts.codecs).toStrictEqual(["SNAPPY"]);
    expect(facts.nulls).toBe(0);
    expect(facts.bounds).toStrictEqual({
      label: ["''", "'äöü'"],
      int32: ["-2147483648", "2147483647"],
      int53: ["-9007199254740991", "9007199254740991"],
      int64: ["-9223372036854775808", "9223372036854775807"],
      int_label: ["-5", "1000000000000000000"],
      one: ["42", "42"],
      flag: ["False", "True"],
      strided: [String(1 / 7), "4.0"],
    });
  });

  for (const rows of [0, 1, 3, 1000, 131_073]) {
    it(`read a table of ${rows} rows`, async (context) => {
      const given = largeTable(rows);
      // DuckDB is asked for each value: keep what has many out of the largest.
      const columns =
        rows > 1000
          ? given.columns.filter(({ name }) => name === "y_true" || name === "rounded")
          : given.columns;
      const facts = await readWithPython(context, table(rows, columns));
      expect(facts.rows).toBe(rows);
    });
  }

  it("read row groups that begin and end at 500,000 rows", async (context) => {
    const python = oraclePython(context);
    for (const rows of [499_999, 500_000, 500_001]) {
      const path = join(folder, `${rows}.parquet`);
      writeFileSync(path, Buffer.from(fileOf(largeTable(rows))));
      const output = await runPython(python, ["-c", checkLargeTable, path, String(rows)]);
      expect(JSON.parse(output)).toStrictEqual(rows > 500_000 ? [500_000, 1] : [rows]);
    }
  });

  for (const entries of [2, 256, 65_537]) {
    it(`read a dictionary of ${entries} entries`, async (context) => {
      const dictionary = Array.from({ length: entries }, (_, i) => `é${i}`);
      const codes = Int32Array.from({ length: 2 * entries }, (_, i) => (i * 7919) % entries);
      const python = oraclePython(context);
      const path = join(folder, `dictionary-${entries}.parquet`);
      writeFileSync(
        path,
        Buffer.from(fileOf(table(codes.length, [{ name: "y", type: "string", dictionary, codes }]))),
      );
      const output = await runPython(python, ["-c", checkDictionary, path, String(entries)]);
      expect(output.trim()).toBe("RLE_DICTIONARY");
    });
  }

  it("read 200 score columns", async (context) => {
    const matrix = Float64Array.from({ length: 50 * 200 }, (_, i) => Math.cos(i));
    const columns = Array.from({ length: 200 }, (_, k) => ({
      name: `y_score_${k}`,
      type: "double" as const,
      values: matrix,
      offset: k,
      stride: 200,
    }));
    expect((await readWithPython(context, table(50, columns))).rows).toBe(50);
  });
});

describe("hyparquet", () => {
  it("reads what was written", async () => {
    const written = hardTable();
    const rows = await parquetReadObjects({ file: fileOf(written) });
    // hyparquet drops a byte order mark at the start of a string.
    const expected = written.columns.map((column) => ({
      name: column.name,
      cells: cells(column, written.rows).map((cell) =>
        typeof cell === "string" ? cell.replace(/^\ufeff/, "") : cell,
      ),
    }));
    expect(
      written.columns.map(({ name }) => ({ name, cells: rows.map((row) => row[name] as Cell) })),
    ).toStrictEqual(expected);
  });
});

describe("files that others wrote", () => {
  for (const [writer, code] of [
    ["pandas", "frame.to_parquet(path)"],
    [
      "pandas with an index column",
      "frame.set_index('sample_id', drop=False).rename_axis('row').to_parquet(path)",
    ],
    ["pandas with gzip", "frame.to_parquet(path, compression='gzip')"],
    ["pandas with zstd", "frame.to_parquet(path, compression='zstd')"],
    ["pandas with brotli", "frame.to_parquet(path, compression='brotli')"],
    ["pandas with lz4", "frame.to_parquet(path, compression='lz4')"],
    ["pandas without compression", "frame.to_parquet(path, compression=None)"],
    [
      "pandas with small row groups and no dictionaries",
      "frame.to_parquet(path, row_group_size=7, use_dictionary=False)",
    ],
    ["pyarrow with data pages of version 2", "frame.to_parquet(path, data_page_version='2.0')"],
    ["pyarrow with required columns", "pq.write_table(required(pa.Table.from_pandas(frame)), path)"],
    ["pandas with categories", "frame.astype({'label': 'category'}).to_parquet(path)"],
    ["DuckDB", "duckdb.sql(f\"COPY frame TO '{path}' (FORMAT parquet)\")"],
  ] as const) {
    it(`are read: ${writer}`, async (context) => {
      const path = join(folder, `${writer}.parquet`);
      await runPython(oraclePython(context), ["-c", `${frameOf100}\n${code}`, path]);
      const read = await readPredictions(rangesOf(path), {
        columns: ["sample_id", "label", "flag", "score", "small", "single"],
      });
      expect(contents(read).columns).toStrictEqual(contents(tableOf100()).columns);
    });
  }

  it("are refused with the row of the first missing value", async (context) => {
    const path = join(folder, "missing.parquet");
    await runPython(oraclePython(context), [
      "-c",
      `${frameOf100}\nframe.loc[41, 'label'] = None\nframe.to_parquet(path)`,
      path,
    ]);
    await expect(readPredictions(rangesOf(path), { columns: ["label"] })).rejects.toThrow(
      'its column "label" has no value in row 42 (the first is 1); every sample needs a value',
    );
    expect((await readPredictions(rangesOf(path), { columns: ["flag"] })).rows).toBe(100);
  });

  it("are refused where a column asked for is of another type, with its name", async (context) => {
    const path = join(folder, "times.parquet");
    const code = `${frameOf100}\nframe['time'] = pd.Timestamp(0)\nframe['list'] = [[1]] * 100\nframe['bytes'] = b'x'\nframe['date'] = datetime.date(2026, 1, 1)\nframe['decimal'] = decimal.Decimal('1.5')\n`;
    await runPython(oraclePython(context), [
      "-c",
      `${code}frame.drop(columns='list').to_parquet(path)`,
      path,
    ]);
    for (const [name, what] of [
      ["time", "TIMESTAMP"],
      ["date", "DATE"],
      ["decimal", "DECIMAL"],
      ["bytes", "BYTE_ARRAY"],
    ] as const) {
      await expect(readPredictions(rangesOf(path), { columns: [name] })).rejects.toThrow(
        `its column "${name}" holds neither strings, integers, booleans nor floating-point numbers, but ${what}; write it as one of these`,
      );
    }
    expect((await readPredictions(rangesOf(path), { columns: ["label"] })).rows).toBe(100);
    await runPython(oraclePython(context), ["-c", `${code}frame.to_parquet(path)`, path]);
    await expect(readPredictions(rangesOf(path), { columns: ["list"] })).rejects.toThrow(
      'its column "list" is nested; predictions are one plain table',
    );
    await expect(readPredictions(rangesOf(path))).rejects.toThrow('its column "time" holds neither strings');
    expect((await readPredictions(rangesOf(path), { columns: ["label"] })).rows).toBe(100);
  });

  it("are refused where an unsigned integer is too large for 64 bits with a sign", async (context) => {
    const path = join(folder, "unsigned.parquet");
    const code =
      "frame['small'] = np.arange(100, dtype='uint64') + np.uint64(2**63 - 99)\nframe.to_parquet(path)";
    await runPython(oraclePython(context), ["-c", `${frameOf100}\n${code}`, path]);
    await expect(readPredictions(rangesOf(path), { columns: ["small"] })).rejects.toThrow(
      'its column "small" has an integer beyond 2^63 - 1; write such integers as text',
    );
    const { columns } = await readPredictions(rangesOf(path), { columns: ["small"], rowEnd: 99 });
    expect(cells(columns[0]!, 99).at(-1)).toBe(2n ** 63n - 1n);
  });

  it("are read in each codec, encoding and page version, whole and in part, their columns required or not", async (context) => {
    const files = await everyFile(context);
    expect(files.length).toBe(42);
    const expected = contents(tableOf100()).columns;
    for (const file of files) {
      for (const [rowStart, rowEnd] of [
        [0, 100],
        [29, 71],
        [99, 100],
      ] as const) {
        const read = await readPredictions(file.bytes, { rowStart, rowEnd, name: file.name });
        const wanted = expected.map(({ name, type, cells: all }) => ({
          name,
          type,
          cells: all.slice(rowStart, rowEnd),
        }));
        expect({ file: file.name, columns: contents(read).columns }).toStrictEqual({
          file: file.name,
          columns: wanted,
        });
      }
    }
  });

  it("are refused, or read as something else, where bytes are damaged: without a hang, a crash or a gigabyte", async (context) => {
    const files = await everyFile(context);
    const before = process.memoryUsage.rss();
    const damage = fc.record({
      file: fc.constantFrom(...files),
      place: fc.double({ min: 0, max: 1, noNaN: true }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, place, bytes }) => {
        const damaged = new Uint8Array(file.bytes.slice(0));
        damaged.set(bytes, 4 + Math.floor(place * (damaged.length - 4 - bytes.length)));
        const started = performance.now();
        const code = await readPredictions(damaged.buffer).then(
          () => undefined,
          (error: TrackingError) => error.code,
        );
        expect([undefined, "PREDICTIONS_NOT_READABLE"]).toContain(code);
        expect(performance.now() - started).toBeLessThan(3000);
      }),
      { numRuns: 5000 },
    );
    expect(process.memoryUsage.rss() - before).toBeLessThan(1e9);
    for (const file of files) expect((await readPredictions(file.bytes)).rows).toBe(100);
  });
});

/** The table of 100 rows as pyarrow writes it, in every codec, page version and encoding. */
async function everyFile(context: TestContext): Promise<{ name: string; bytes: ArrayBuffer }[]> {
  const names = await runPython(oraclePython(context), ["-c", `${frameOf100}\n${writeEveryFile}`, folder]);
  return (JSON.parse(names) as string[]).map((name) => ({ name, bytes: rangesOf(join(folder, name)) }));
}

const writeEveryFile = `
import itertools, json
table = pa.Table.from_pandas(frame, preserve_index=False)
delta = {
    "sample_id": "DELTA_BINARY_PACKED", "label": "DELTA_BYTE_ARRAY", "flag": "RLE", "score": "BYTE_STREAM_SPLIT",
    "small": "DELTA_BINARY_PACKED", "single": "BYTE_STREAM_SPLIT",
}
encodings = {
    "dictionary": {},
    "plain": {"use_dictionary": False, "row_group_size": 30, "data_page_size": 100, "write_batch_size": 10},
    "delta": {"use_dictionary": False, "column_encoding": delta},
    "lengths": {"use_dictionary": False, "column_encoding": {**delta, "label": "DELTA_LENGTH_BYTE_ARRAY", "sample_id": "BYTE_STREAM_SPLIT"}},
}
names = []
for codec, version, (name, options) in itertools.product(
    ["none", "snappy", "gzip", "brotli", "zstd", "lz4"], ["1.0", "2.0"], encodings.items()
):
    if name == "lengths" and codec not in ("none", "snappy", "zstd"):
        continue
    names.append(f"{name}-{codec}-{version}.parquet")
    given = required(table) if (version == "1.0") == (name == "dictionary") else table
    pq.write_table(given, f"{path}/{names[-1]}", compression=codec, data_page_version=version, **options)
print(json.dumps(names))
`;

interface Facts {
  schema: Record<string, string>;
  rows: number;
  encodings: string[];
  codecs: string[];
  bounds: Record<string, [string, string]>;
  nulls: number;
}

async function readWithPython(context: TestContext, written: PredictionTable): Promise<Facts> {
  const python = oraclePython(context);
  const path = join(folder, "table.parquet");
  writeFileSync(path, Buffer.from(fileOf(written)));
  const expected = contents(written);
  for (const column of expected.columns) {
    column.cells = column.cells.map((cell) => {
      if (column.type === "double") return hexadecimal(cell as number);
      return column.type === "integer" ? String(cell) : cell;
    });
  }
  writeFileSync(join(folder, "expected.json"), JSON.stringify(expected));
  return JSON.parse(await runPython(python, [script, path, join(folder, "expected.json")])) as Facts;
}

function hexadecimal(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString("hex");
}

function rangesOf(path: string) {
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
}

const checkLargeTable = `
import json, sys, numpy, pandas, pyarrow.parquet, duckdb
path, rows = sys.argv[1], int(sys.argv[2])
i = numpy.arange(rows)
def check(frame):
    assert (frame.sample_id == 3 * i - 1).all()
    assert (frame.text_id == [f"s{k}" for k in i]).all()
    assert (frame.y_true == numpy.array(["a", "b", "c"])[i % 3]).all()
    assert (frame.y_pred == (i % 3 == 0)).all()
    assert (frame.y_score == i / 3).all()
    assert (frame.rounded == (i % 100) / 100).all()
check(pandas.read_parquet(path))
check(duckdb.read_parquet(path).df())
file = pyarrow.parquet.ParquetFile(path, page_checksum_verification=True)
check(file.read().to_pandas())
print(json.dumps([file.metadata.row_group(k).num_rows for k in range(file.metadata.num_row_groups)]))
`;

const checkDictionary = `
import sys, pandas, pyarrow.parquet, duckdb
path, entries = sys.argv[1], int(sys.argv[2])
expected = [f"é{i * 7919 % entries}" for i in range(2 * entries)]
assert pandas.read_parquet(path).y.tolist() == expected
assert [row[0] for row in duckdb.read_parquet(path).fetchall()] == expected
file = pyarrow.parquet.ParquetFile(path, page_checksum_verification=True)
assert file.read().column(0).to_pylist() == expected
print([encoding for encoding in file.metadata.row_group(0).column(0).encodings if encoding not in ("PLAIN", "RLE")][0])
`;

const frameOf100 = `
import datetime, decimal, sys, duckdb, numpy as np, pandas as pd, pyarrow as pa, pyarrow.parquet as pq
path = sys.argv[1]
i = np.arange(100)
frame = pd.DataFrame({
    "sample_id": i * 2**40 - 5,
    "label": np.array(["cat", "dög", ""])[i % 3],
    "flag": i % 2 == 0,
    "score": i / 7,
    "small": (i % 5).astype("uint8"),
    "single": (i / 4).astype("float32"),
})
def required(table):
    return table.cast(pa.schema([field.with_nullable(False) for field in table.schema]))
`;

function tableOf100(): PredictionTable {
  const i = Array.from({ length: 100 }, (_, k) => k);
  return table(100, [
    { name: "sample_id", type: "integer", values: Float64Array.from(i, (k) => k * 2 ** 40 - 5) },
    { name: "label", type: "string", values: i.map((k) => ["cat", "dög", ""][k % 3]!) },
    { name: "flag", type: "boolean", values: Uint8Array.from(i, (k) => Number(k % 2 === 0)) },
    { name: "score", type: "double", values: Float64Array.from(i, (k) => k / 7) },
    { name: "small", type: "integer", values: Int32Array.from(i, (k) => k % 5) },
    { name: "single", type: "double", values: Float64Array.from(i, (k) => k / 4) },
  ]);
}
