import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csvFormat } from "d3-dsv";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import {
  type FileFormat,
  type PredictionsFileOptions,
  readPredictionsFile,
} from "../../src/predictions-file/predictions-file.js";
import { TrackingError } from "../../src/tracking-error.js";
import { oraclePython, runPython } from "../python/python.js";

const folder = mkdtempSync(join(tmpdir(), "ml-tracking-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a column of a CSV file", () => {
  for (const [what, cells, expected] of [
    ["integers", ["0", "1", "-5", "2147483647"], Int32Array.of(0, 1, -5, 2 ** 31 - 1)],
    ["integers that pandas made floating-point", ["1.0", "0.0", "1.00"], Int32Array.of(1, 0, 1)],
    ["integers beyond 32 bits", ["2147483648", "-9007199254740991"], Float64Array.of(2 ** 31, 1 - 2 ** 53)],
    ["integers beyond 2^53, exactly", ["9007199254740993", "1"], [9007199254740993n, 1n]],
    ["text where one has a leading zero", ["007", "1"], ["007", "1"]],
    ["text where one number has a leading zero", ["007.5", "1.5"], ["007.5", "1.5"]],
    ["text where one is not a number", ["1", "one"], ["1", "one"]],
    ["text where NA stands among texts", ["US", "NA"], ["US", "NA"]],
    ["booleans in any case", ["true", "False", "TRUE"], [true, false, true]],
    ["text where a truth value stands beside a number", ["true", "1"], ["true", "1"]],
    ["numbers", ["0.5", "1e-3", "-.25", "7", "+2."], Float64Array.of(0.5, 1e-3, -0.25, 7, 2)],
    ["numbers, zero with its sign", ["-0", "1"], Float64Array.of(-0, 1)],
    ["text where a number is not finite", ["1.5", "1e400"], ["1.5", "1e400"]],
    ["text in hexadecimal", ["0x10", "1"], ["0x10", "1"]],
    ["text with spaces around it", [" 1", "2"], [" 1", "2"]],
    ["text", ["cat", "dög 🐈"], ["cat", "dög 🐈"]],
  ] as const) {
    it(`is read as ${what}`, async () => {
      const csv = `a,y,b\n${cells.map((cell) => `x,${cell},z`).join("\n")}\n`;
      expect(await columnOf(csv, "y")).toStrictEqual(expected);
    });
  }

  it.each(["NA", "nan", "NaN", "null", "None", "N/A", "#N/A", "<NA>"])(
    "is refused where %s stands for a missing number or class, with the row and the way out",
    async (marker) => {
      const numbers = columnOf(`id,y\n1,1.0\n2,2.0\n3,${marker}\n`, "y");
      await expect(numbers).rejects.toThrow(
        `the column "y" has "${marker}" in row 3 (line 4), which stands for a missing value; every sample needs one: fill it in, or leave the row out; where it is a text of its own, name the column in --as-text`,
      );
      const csv = `y\ncat\n${marker}\n`;
      await expect(columnOf(csv, "y", { labels: ["y"] })).rejects.toThrow("row 2 (line 3)");
      expect(await columnOf(csv, "y", { labels: ["y"], asText: ["y"] })).toStrictEqual(["cat", marker]);
      expect(await columnOf(`f\n1\n${marker}\n`, "f", { nullable: () => ["f"] })).toStrictEqual([1, null]);
      expect(await columnOf(`f\nUS\n${marker}\n`, "f", { nullable: () => ["f"] })).toStrictEqual([
        "US",
        marker,
      ]);
      const json = columnOf(`[{"y": 1}, {"y": "${marker}"}]`, "y", { labels: ["y"] }, "json");
      await expect(json).rejects.toThrow("row 2");
      expect(await columnOf(`[{"y": "US"}, {"y": "${marker}"}]`, "y", {}, "json")).toStrictEqual([
        "US",
        marker,
      ]);
    },
  );

  it("is refused where JSON has null or Python's NaN, with the row", async () => {
    for (const missing of ["null", "NaN"]) {
      const json = columnOf(`[{"y": "NaN"}, {"y": ${missing}}]`, "y", {}, "json");
      await expect(json).rejects.toThrow('the column "y" has no value in row 2');
    }
  });

  it("is text where that is asked for, whatever it looks like", async () => {
    expect(await columnOf("y\n1\n2\n", "y", { asText: ["y"] })).toStrictEqual(["1", "2"]);
    await expect(columnOf("y\n1\n2\n", "y", { asText: ["yy"] })).rejects.toThrow(
      'unknown column: "yy"; did you mean "y"? The columns are y',
    );
  });

  it("may be quoted, with separators, line breaks and quotation marks in it", async () => {
    expect(await columnOf('y,z\r\n"a,b",1\r\n"c\r\nd",2\r\n"e""f",3', "y")).toStrictEqual([
      "a,b",
      "c\r\nd",
      'e"f',
    ]);
  });

  it("comes back whatever text it is", async () => {
    const cell = fc
      .string({ unit: "grapheme", minLength: 1 })
      .map((text) => `x${text.replaceAll(/[\r\n]/g, " ")}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ y: cell, z: cell }), { minLength: 1, maxLength: 20 }),
        async (rows) => {
          expect(await columnOf(csvFormat(rows), "y")).toStrictEqual(rows.map(({ y }) => y));
        },
      ),
    );
  });
});

describe("a CSV file", () => {
  it("gives the columns asked for, in the order asked for, without a byte order mark", async () => {
    const file = await read("\ufeffid,y_true,y_pred\r\n7,a,b\r\n8,b,b\r\n", undefined, ["y_pred", "id"]);
    expect(file).toStrictEqual({
      rows: 2,
      columns: new Map<string, unknown>([
        ["y_pred", ["b", "b"]],
        ["id", Int32Array.of(7, 8)],
      ]),
      isTyped: false,
    });
  });

  it("may have blank lines", async () => {
    expect(await columnOf("a,b\n1,2\n\n3,4\n\n", "a")).toStrictEqual(Int32Array.of(1, 3));
  });

  it("may be separated by tabs, as its name or its header says", async () => {
    const tsv = "a\tb\n1,5\t2\n";
    for (const options of [{}, { name: "predictions.TSV" }]) {
      expect((await read(tsv, undefined, ["a"], options)).columns.get("a")).toStrictEqual(["1,5"]);
    }
    expect((await read("a,b\tc\n1,2\n", "csv", ["b\tc"])).columns.get("b\tc")).toStrictEqual(
      Int32Array.of(2),
    );
  });

  it("may be separated by semicolons or bars, whatever its name says, where its header has the columns so", async () => {
    for (const separator of [";", "|", "\t"]) {
      const csv = `id${separator}y\n"1\n1"${separator}a\n2${separator}b\n`;
      for (const format of ["csv", "tsv", undefined] as const) {
        expect((await read(csv, format, ["y"])).columns.get("y")).toStrictEqual(["a", "b"]);
      }
    }
    expect(await columnOf("a;b,y\n1,2\n", "y")).toStrictEqual(Int32Array.of(2));
    expect(await columnOf("a;b\n1\n2\n", "a;b")).toStrictEqual(Int32Array.of(1, 2));
  });

  it("names the cell that is no number, not the first one, in a column that is to hold numbers", async () => {
    const numbers = () => ["y"];
    for (const cell of ["-", "inf", '"1,234.5"', "90%", "1e999"]) {
      await expect(columnOf(`id,y\n1,2\n2,${cell}\n`, "y", { numbers })).rejects.toThrow(
        `has ${cell.startsWith('"') ? cell : JSON.stringify(cell)} in row 2 (line 3), which is no finite number`,
      );
    }
    await expect(columnOf("id,y\n1,2\n2,NA\n", "y", { numbers })).rejects.toThrow(
      /in row 2 \(line 3\), which stands for a missing value; [^;]*$/,
    );
    expect(await columnOf("id,y\n1,2\n2,5e-1\n", "y", { numbers })).toStrictEqual(Float64Array.of(2, 0.5));
  });

  for (const [what, csv, message] of [
    [
      "a number with a comma between semicolons",
      "id;y\n1;0.5\n2;0,25\n",
      'the column "y" has 0,25 in row 2, a number with a comma; write numbers with a point, or take the column as text with --as-text y',
    ],
    [
      "an integer beyond 64 bits",
      "id,y\n1,5\n2,18446744073709551616\n",
      'the column "y" has 18446744073709551616 in row 2, an integer beyond 64 bits; take the column as text with --as-text y',
    ],
    [
      "no such column between semicolons",
      "id;label\n1;2\n",
      'unknown column: "y"; the columns are id, label',
    ],
    [
      "an empty cell",
      "id,y\n1,a\n\n2,\n",
      'the column "y" has no value in row 2 (line 4); every sample needs one',
    ],
    [
      "an empty cell after a line break in a cell",
      'id,y\n"1\n1",a\n2,""\n',
      'the column "y" has no value in row 2 (line 4)',
    ],
    ["a line with too few fields", "id,y\n1,a\n2\n", "line 3 has 1 fields, the header 2"],
    [
      "a line with too many fields",
      'id,y\n"1\n1",a\n2,b,c\n',
      'line 4 has 3 fields, the header 2; quote a field that has the separator ","',
    ],
    [
      "a quotation mark that is never closed",
      'id,y\n1,a\n2,"b\n3,c\n',
      "a quotation mark is opened and never closed",
    ],
    ["two columns of the same name", "id,y,y\n1,2,3\n", 'two columns are called "y"; rename one of them'],
    ["no rows", "id,y\n", "the file has no rows"],
    ["no bytes", "", "the file is empty"],
    [
      "a column of a similar name",
      "id,Y\n1,2\n",
      'unknown column: "y"; did you mean "Y"? The columns are id, Y',
    ],
    ["no such column", "id,label\n1,2\n", 'unknown column: "y"; the columns are id, label'],
  ] as const) {
    it(`is refused with ${what}, by its name`, async () => {
      expect(await failure(csv, "csv", ["y"], { name: "predictions.csv" })).toContain(
        `predictions.csv: ${message}`,
      );
    });
  }

  it("is refused where it is not UTF-8", async () => {
    const latin = Uint8Array.from([...Buffer.from("id,y\n1,d"), 0xf6, 0x67, 10]);
    expect(await failure(latin, "csv", ["y"])).toContain("the file is not UTF-8; save it as UTF-8");
  });
});

describe("a JSON file", () => {
  const expected = new Map<string, unknown>([
    ["y", ["a", "b"]],
    ["id", [1, 9007199254740993n]],
    ["ok", [true, false]],
    ["score", [0.1234567890123456, 1e20]],
  ]);
  const names = ["y", "id", "ok", "score"];

  for (const [what, format, text] of [
    [
      "a list of records",
      "json",
      '[{"id": 1, "y": "a", "ok": true, "score": 0.1234567890123456}, {"id": 9007199254740993, "y": "b", "ok": false, "score": 1e20}]',
    ],
    [
      "an object of columns",
      "json",
      '{"y": ["a", "b"], "id": [1, 9007199254740993], "ok": [true, false], "score": [0.1234567890123456, 1e20]}',
    ],
    [
      "JSON lines",
      "jsonl",
      '{"id": 1, "y": "a", "ok": true, "score": 0.1234567890123456}\r\n\n{"id": 9007199254740993, "y": "b", "ok": false, "score": 1e20}\n',
    ],
  ] as const) {
    it(`is read as ${what}, told by its format, name or content`, async () => {
      for (const [given, name] of [[format], [undefined, `p.${format}`], [undefined, "p"]] as const) {
        expect(await read(text, given, names, name === undefined ? {} : { name })).toStrictEqual({
          isTyped: false,
          rows: 2,
          columns: expected,
        });
      }
    });
  }

  it("keeps digits within strings as they are, and the column as text where that is asked for", async () => {
    const text =
      '[{"y": "\\"12345678901234567890\\" -1", "id": 12345678901234567890}, {"y": "\\\\", "id": 1}]';
    expect((await read(text, "json", ["y", "id"], { asText: ["id"] })).columns).toStrictEqual(
      new Map([
        ["y", ['"12345678901234567890" -1', "\\"]],
        ["id", ["12345678901234567890", "1"]],
      ]),
    );
  });

  for (const [what, format, text, message] of [
    [
      "a missing key",
      "json",
      '[{"y": 1}, {"id": 2}]',
      'the column "y" has no value in row 2; every sample needs one',
    ],
    ["null", "jsonl", '{"y": 1}\n{"y": null}', 'the column "y" has no value in row 2'],
    [
      "an inherited key",
      "json",
      '[{"y": 1, "toString": 1}, {"y": 1}]',
      'the column "toString" has no value in row 2',
    ],
    ["a key twice in a record", "json", '[{"y": 1}, {"y": 1, "\\u0079": 2}]', 'row 2 has the key "y" twice'],
    ["a key twice in a line", "jsonl", '{"y": 1}\n{"y": 1, "y": 2}', 'row 2 has the key "y" twice'],
    ["a column twice", "json", '{"y": [1], "y": [2]}', 'it has the column "y" twice'],
    [
      "columns of different length",
      "json",
      '{"toString": [1, 2], "y": [1]}',
      'the column "toString" has 2 values but "y" has 1',
    ],
    [
      "a column that is no list",
      "json",
      '{"y": {"0": 1}}',
      'the column "y" is not a list; give a list of records (in pandas: orient="records")',
    ],
    ["a list in a cell", "json", '[{"y": [1]}]', 'the column "y" has a list or an object in row 1'],
    ["something else than a record", "json", '[{"y": 1}, 5]', "row 2 is not a record"],
    [
      "something else than records",
      "json",
      "5",
      "it holds neither a list of records nor an object of columns",
    ],
    ["broken JSON", "json", '[{"y": 1}', "it is not JSON: "],
    ["a broken line", "jsonl", '{"y": 1}\n\n{"y": 1', "line 3 is not JSON: "],
    ["no records", "json", "[]", "the file has no rows"],
    [
      "a column of a similar name",
      "jsonl",
      '{"Y": 1}',
      'unknown column: "y"; did you mean "Y"? The columns are Y',
    ],
  ] as const) {
    it(`is refused with ${what}, by its name`, async () => {
      const wanted = text.includes("toString") ? ["y", "toString"] : ["y"];
      expect(await failure(text, format, wanted, { name: "p.json" })).toContain(`p.json: ${message}`);
    });
  }
});

describe("files that pandas wrote", () => {
  const expected = new Map<string, unknown>([
    ["id", Float64Array.of(10 ** 12, 10 ** 12 + 1, 10 ** 12 + 2)],
    ["y_true", Int32Array.of(0, 1, 1)],
    ["y_pred", ["cat", 'dög, "x"', "猫"]],
    ["ok", [true, false, true]],
    ["y_score", Float64Array.of(0, 1 / 3, 2 / 3)],
  ]);

  for (const [what, code, name] of [
    ["CSV", "frame.to_csv(path)", "p.csv"],
    [
      "CSV without the index, with a byte order mark",
      "frame.to_csv(path, index=False, encoding='utf-8-sig')",
      "p.csv",
    ],
    ["TSV", "frame.to_csv(path, sep='\\t')", "p.tsv"],
    ["Parquet", "frame.to_parquet(path)", "p.parquet"],
    [
      "Parquet with an index column",
      "frame.set_index(pd.Index([5, 6, 9], name='row')).to_parquet(path)",
      "p.pq",
    ],
    ["Parquet with zstd, told by its content", "frame.to_parquet(path, compression='zstd')", "p"],
    ["JSON records", "frame.to_json(path, orient='records', double_precision=15)", "p.json"],
    ["JSON lines", "frame.to_json(path, orient='records', lines=True, double_precision=15)", "p.jsonl"],
    ["JSON of columns", "open(path, 'w').write(json.dumps(frame.to_dict('list')))", "p.json"],
  ] as const) {
    it(`are read: ${what}`, async (context) => {
      const path = join(folder, name);
      await runPython(oraclePython(context), ["-c", `${frame}\n${code}`, path]);
      const file = await readPredictionsFile(readFileSync(path), undefined, [...expected.keys()], { name });
      expect(file.rows).toBe(3);
      const given = [...expected].map(([column, values]) => [column, rounded(values)]);
      expect([...file.columns].map(([column, values]) => [column, rounded(values)])).toStrictEqual(given);
      expect(file.columns.get("ok")).toStrictEqual(expected.get("ok"));
    });
  }

  it("keep integers of Parquet beyond 2^53, and give them as text where that is asked for", async (context) => {
    const path = join(folder, "wide.parquet");
    const code = `${frame}\nframe['id'] = [2**53 + 1, 2**63 - 1, -2**63]\nframe.to_parquet(path)`;
    await runPython(oraclePython(context), ["-c", code, path]);
    const bytes = readFileSync(path);
    const numbers = await readPredictionsFile(bytes, "parquet", ["id"]);
    expect(numbers.columns.get("id")).toStrictEqual(
      BigInt64Array.of(2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)),
    );
    const texts = await readPredictionsFile(bytes, "parquet", ["id", "ok"], { asText: ["id", "ok"] });
    expect(texts.columns.get("id")).toStrictEqual([
      "9007199254740993",
      "9223372036854775807",
      "-9223372036854775808",
    ]);
    expect(texts.columns.get("ok")).toStrictEqual(["true", "false", "true"]);
  });

  it("are refused where a Parquet column has a missing value or is not there", async (context) => {
    const path = join(folder, "missing.parquet");
    await runPython(oraclePython(context), [
      "-c",
      `${frame}\nframe.loc[1, 'y_score'] = None\nframe.to_parquet(path)`,
      path,
    ]);
    const bytes = readFileSync(path);
    expect(await failure(bytes, "parquet", ["y_score"])).toContain(
      'its column "y_score" has no value in row 2 (the first is 1)',
    );
    expect(await failure(bytes, undefined, ["y_scores"])).toContain(
      'unknown column: "y_scores"; did you mean "y_score"?',
    );
    expect(await failure(bytes.subarray(0, 100), undefined, ["y_true"])).toContain(
      "the Parquet file cannot be read: it does not end as",
    );
  });
});

const frame = `
import json, sys, pandas as pd
path = sys.argv[1]
frame = pd.DataFrame({
    "id": [10**12 + i for i in range(3)],
    "y_true": [0.0, 1.0, 1.0] if path.endswith(("csv", "tsv")) else [0, 1, 1],
    "y_pred": ["cat", 'dög, "x"', "猫"],
    "ok": [True, False, True],
    "y_score": [0, 1 / 3, 2 / 3],
})
`;

/** The cells, doubles to 14 digits: pandas writes no more into JSON. */
function rounded(values: unknown): unknown[] {
  return Array.from(values as ArrayLike<unknown>, (value) =>
    typeof value === "number" ? Number(value.toPrecision(14)) : value,
  );
}

function read(
  content: string | Uint8Array,
  format: FileFormat | undefined,
  wanted: string[],
  options: PredictionsFileOptions = {},
) {
  return readPredictionsFile(
    typeof content === "string" ? Buffer.from(content) : content,
    format,
    wanted,
    options,
  );
}

async function columnOf(
  text: string,
  column: string,
  options: PredictionsFileOptions = {},
  format: FileFormat = "csv",
) {
  return (await read(text, format, [column], options)).columns.get(column);
}

/** The message of the TrackingError; anything else fails the test. */
async function failure(...given: Parameters<typeof read>): Promise<string> {
  const error = await read(...given).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TrackingError);
  expect(error).toMatchObject({ code: "INVALID_PREDICTIONS_FILE" });
  return (error as TrackingError).message;
}

it("passes over a Parquet column of what is no label, score or feature, unless it is wanted", async () => {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const file = join(folder, "with-times.parquet");
  await connection.run(
    `COPY (SELECT 'cat' AS y_true, 'dog' AS y_pred, DATE '2026-01-02' AS day, now() AS at, [1, 2] AS list, 1.5::DECIMAL(4, 2) AS price, 3 AS age) TO '${file}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  const bytes = readFileSync(file);
  let known: readonly string[] = [];
  const columnsOf = (wanted: readonly string[], options: PredictionsFileOptions = {}) =>
    readPredictionsFile(
      bytes,
      "parquet",
      (names) => {
        known = names;
        return wanted;
      },
      options,
    );
  const { columns } = await columnsOf(["y_true", "age"], { skipUnreadable: true });
  expect(known).toEqual(["y_true", "y_pred", "age"]);
  expect([...columns]).toEqual([
    ["y_true", ["cat"]],
    ["age", Int32Array.of(3)],
  ]);
  await expect(columnsOf(["y_true", "day"])).rejects.toThrow(/its column "day" holds neither .* but DATE/);
  expect(known).toContain("list");
  await expect(columnsOf(["price"])).rejects.toThrow(/its column "price" holds neither .* but DECIMAL/);
  expect((await columnsOf(["y_pred"])).rows).toBe(1);
});
