import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { confusionMatrix } from "../../src/plots/confusion-matrix.js";
import { openPredictions } from "../../src/plots/open-predictions.js";
import { predictedVsActual } from "../../src/plots/predicted-vs-actual.js";
import { rocCurve } from "../../src/plots/roc-curve.js";
import { samples } from "../../src/plots/samples.js";
import { thresholdCounts } from "../../src/plots/threshold-table.js";
import type { PredictionColumn } from "../../src/predictions/prediction-table.js";
import { parquetChunks } from "../../src/predictions/write/write-predictions.js";
import { TrackingError } from "../../src/tracking-error.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { binary } from "./cases.js";
import { connect, logged, predictionsOf } from "./predictions.js";

const labels = {
  "ml_tracking.kind": "classification",
  "ml_tracking.labels": "[0,1]",
  "ml_tracking.positive_label": "1",
};
const codes = (name: string, values: number[]): PredictionColumn => ({
  name,
  type: "integer",
  values: Int32Array.from(values),
});
const doubles = (name: string, values: number[]): PredictionColumn => ({
  name,
  type: "double",
  values: Float64Array.from(values),
});

describe("a predictions file that cannot be plotted", () => {
  it("is refused wherever it is cut, and never answers with a part of it", async () => {
    const folder = await temporaryFolder();
    const whole = await readFile(await small(folder));
    const answers = [];
    for (let length = 0; length < whole.length; length += 7) {
      const answer = await outcome(await written(folder, whole.subarray(0, length)));
      if (!(answer instanceof TrackingError)) answers.push(length);
    }
    expect(answers).toEqual([]);
  });

  it("is refused when a bit of the values that it shows is flipped, where DuckDB alone would count them", async () => {
    const folder = await temporaryFolder();
    const path = await small(folder);
    const whole = await readFile(path);
    const right = await everything(path);
    const footerStart = whole.length - 8 - whole.readUInt32LE(whole.length - 8);
    let refusals = 0;
    const answers: unknown[] = [];
    for (let at = 4; at < footerStart; at += 3) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 1 << (at % 8);
      const answer = await outcome(await written(folder, damaged));
      if (answer instanceof TrackingError) refusals += 1;
      else answers.push(answer);
    }
    expect(answers).toEqual(answers.map(() => right));
    expect(refusals).toBeGreaterThan((footerStart / 3) * 0.7);
  }, 120_000);

  it("is refused, or read rightly, when its footer is damaged: never a crash or another error", async () => {
    const folder = await temporaryFolder();
    const whole = await readFile(await small(folder));
    const footerStart = whole.length - 8 - whole.readUInt32LE(whole.length - 8);
    let [refusals, answers] = [0, 0];
    for (let at = footerStart; at < whole.length; at += 2) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 1 << (at % 8);
      const answer = await outcome(await written(folder, damaged));
      if (answer instanceof TrackingError) refusals += 1;
      else answers += 1;
    }
    expect(refusals).toBeGreaterThan(50);
    expect(answers).toBeGreaterThan(5); // statistics, for one, are not read
  }, 120_000);

  it("is named, with what is wrong and what to do", async () => {
    const folder = await temporaryFolder();
    const problems: [Promise<string>, string, string[]][] = [
      [
        Promise.resolve(join(folder, "gone.parquet")),
        "is gone",
        ["it is not there", "bring it back from a copy"],
      ],
      [Promise.resolve(folder), "is a folder", ["cannot be read"]],
      [written(folder, Buffer.from("")), "is empty", ["it is empty", "bring it back from a copy"]],
      [
        written(folder, Buffer.from("sample_id,y_true\n1,2\n")),
        "is a CSV file",
        ["it does not end as a Parquet file"],
      ],
      [
        table(folder, [codes("y_true", [1])]),
        "lacks y_pred",
        ["it has no column y_pred", 'its columns are "y_true"'],
      ],
      [
        table(folder, [codes("Y_TRUE", [1]), codes("y_pred", [1])]),
        "spells it in capitals",
        ["it has no column y_true"],
      ],
      [
        table(folder, [codes("y_true", [1]), codes("y_pred", [1]), codes("Y_True", [0])]),
        "has two columns of one name to DuckDB",
        ["it has two columns y_true but for upper and lower case"],
      ],
      [table(folder, [codes("y_true", []), codes("y_pred", [])]), "has no rows", ["it has no rows"]],
      [
        table(folder, [codes("y_true", [1]), { name: "y_pred", type: "string", values: ["1"] }]),
        "mixes text and numbers",
        ["one of y_true and y_pred holds text"],
      ],
      [
        table(folder, [codes("y_true", [1, 7]), codes("y_pred", [1, 0])], labels),
        "holds a label that it does not name",
        ["its column y_true holds 7, which is not among the labels it names"],
      ],
      [
        table(folder, [doubles("y_true", [1, 2]), doubles("y_pred", [1, 0])], labels),
        "holds numbers for classes",
        ["does not hold what a classification predicts"],
      ],
      [
        table(folder, [codes("y_true", [1]), codes("y_pred", [1])], {
          ...labels,
          "ml_tracking.labels": "[1,}",
        }),
        "names its labels in no JSON",
        ["the labels in its metadata are no list of strings or integers"],
      ],
      [
        table(folder, [codes("y_true", [1]), codes("y_pred", [1])], {
          ...labels,
          "ml_tracking.positive_label": "5",
        }),
        "names a positive label that is none",
        ["its positive label, 5, is not among its labels"],
      ],
      [
        table(
          folder,
          [codes("y_true", [0, 1]), codes("y_pred", [1, 0]), doubles("y_score", [0.5, 1.5])],
          labels,
        ),
        "has a score that is no probability",
        ["its column y_score has 1.5 in row 2", "scores are probabilities from 0 to 1"],
      ],
      [
        table(
          folder,
          [codes("y_true", [0, 1]), codes("y_pred", [1, 0]), doubles("y_score", [0.5, Number.NaN])],
          labels,
        ),
        "has a score that is no number",
        ["its column y_score has no value in row 2"],
      ],
      [
        table(folder, [doubles("y_true", [0, 1]), doubles("y_pred", [1, Infinity])]),
        "has an infinite prediction",
        ["in row 2 (the first is 1) y_true is 1 and y_pred Infinity"],
      ],
      [
        table(folder, [doubles("y_true", [-1e308]), doubles("y_pred", [1.7e308])]),
        "has an error beyond all doubles",
        ["errors are finite numbers"],
      ],
      [
        table(
          folder,
          [codes("y_true", [0, 1]), codes("y_pred", [1, 0]), doubles("y_score_0", [0.5, 1])],
          labels,
        ),
        "has too few columns of scores",
        ["it has 1 columns of scores for 2 classes"],
      ],
    ];
    for (const [path, what, parts] of problems) {
      const error = await outcome(await path);
      const said = error instanceof Error ? error.message : "an answer";
      expect(
        parts.filter((part) => !said.includes(part)).map((part) => `where it ${what}: ${said}, not ${part}`),
      ).toEqual([]);
    }
  });

  it("is refused where a value is missing, as no score counts it", async () => {
    const folder = await temporaryFolder();
    const connection = await connect();
    for (const [what, sql] of [
      [
        "y_true",
        "SELECT CASE WHEN i = 3 THEN NULL ELSE i % 2 END AS y_true, i % 2 AS y_pred, 0.5::DOUBLE AS y_score",
      ],
      [
        "y_pred",
        "SELECT i % 2 AS y_true, CASE WHEN i = 3 THEN NULL ELSE i % 2 END AS y_pred, 0.5::DOUBLE AS y_score",
      ],
      [
        "y_score",
        "SELECT i % 2 AS y_true, i % 2 AS y_pred, CASE WHEN i = 3 THEN NULL ELSE 0.5::DOUBLE END AS y_score",
      ],
    ] as const) {
      const path = join(folder, `no ${what}.parquet`);
      await connection.run(`COPY (${sql} FROM range(10) t(i)) TO '${path}' (FORMAT parquet)`);
      const error = await outcome(path);
      expect(error).toMatchObject({ code: "PREDICTIONS_NOT_READABLE" });
      expect((error as Error).message.replaceAll('"', "")).toContain(`its column ${what} has`);
    }
    connection.closeSync();
  });

  it("is refused before anything is allocated where it claims a huge size", async () => {
    const folder = await temporaryFolder();
    const whole = await readFile(await table(folder, [doubles("y_true", [1]), doubles("y_pred", [1])]));
    // The footer's row counts are the varint 2 (one row, zigzag): 2^34 rows in its place, both for the file
    // and its row group.
    const claimed = withRows(whole, 2n ** 34n);
    const before = process.memoryUsage().rss;
    const error = await outcome(await written(folder, claimed));
    expect(error).toMatchObject({ code: "PREDICTIONS_NOT_READABLE" });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
  });
});

describe("a predictions file of another hand, and in an odd place", () => {
  it("is plotted without our metadata: labels are those that occur", async () => {
    const folder = await temporaryFolder();
    const path = await table(folder, [codes("y_true", [3, 1, 3]), codes("y_pred", [3, 3, 10])]);
    const data = await confusionMatrix(await openPredictions({ connect, path }));
    expect(data.labels).toEqual([1, 3, 10]);
    expect(data.counts).toEqual([
      [0, 1, 0],
      [0, 1, 1],
      [0, 0, 0],
    ]);
  });

  it("may have other columns, of whatever type, and answers for its own", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "more.parquet");
    const connection = await connect();
    const columns =
      "now() AS y_time, [i] AS lists, {a: i} AS nested, 's' || i AS sample_id, i % 3 AS y_true, i % 2 AS y_pred";
    await connection.run(
      `COPY (SELECT ${columns} FROM range(12) t(i)) TO '${path}' (FORMAT parquet, COMPRESSION zstd)`,
    );
    connection.closeSync();
    const predictions = await openPredictions({ connect, path });
    expect((await confusionMatrix(predictions)).row_totals).toEqual([4, 4, 4]);
    const [first] = (await samples(predictions, { limit: 1 })).rows;
    expect(first!.sample_id).toBe("s0");
  });

  it("is found under names that mean something to SQL, to patterns and to partitions, and only it", async () => {
    const folder = await temporaryFolder();
    const path = await small(folder);
    const odd = join(folder, "o'h [x] {a,b} *? y_true=7 \u{1F408}");
    await mkdir(odd, { recursive: true });
    const [ours, neighbour] = [join(odd, "p'[1]*.parquet"), join(odd, "p'1.parquet")];
    await copyFile(path, ours);
    await writeFile(neighbour, "no Parquet");
    expect(await everything(ours)).toEqual(await everything(path));
    await rm(ours);
    expect(await outcome(ours)).toBeInstanceOf(TrackingError);
  });

  it("keeps SQL in labels and ids as text", async () => {
    const folder = await temporaryFolder();
    const sql = `'); DROP TABLE x; --`;
    const predictions = await predictionsOf(folder, {
      name: "hostile",
      kind: "classification",
      yTrue: [sql, "$path", sql],
      yPred: [sql, sql, "$path"],
      testSet: ["$path", sql, "c"],
      yScore: [0.5, 0.25, 0.75],
      positiveLabel: sql,
    });
    expect((await rocCurve(predictions, { class: sql })).positives).toBe(2);
    const { rows } = await samples(predictions, { filter: { true_label: sql, sample_id: "$path" } });
    expect(rows.map(({ row }) => row)).toEqual([0]);
  });
});

async function small(folder: string): Promise<string> {
  const { yTrue, yScore } = binary(60, 41);
  const yPred = yScore.map((score) => (score >= 0.5 ? 1 : 0));
  return logged(folder, { name: "small", kind: "classification", yTrue, yPred, yScore });
}

let files = 0;
async function written(folder: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, `file ${files++}.parquet`);
  await writeFile(path, bytes);
  return path;
}

async function table(
  folder: string,
  columns: PredictionColumn[],
  metadata: Record<string, string> = {},
): Promise<string> {
  const rows = "values" in columns[0]! ? columns[0].values.length : 0;
  return written(folder, Buffer.concat([...parquetChunks({ rows, columns, metadata })]));
}

/** Every plot that reads another part of the file. */
async function everything(path: string): Promise<unknown> {
  const predictions = await openPredictions({ connect, path, name: "the file" });
  if (predictions.kind === "regression") return predictedVsActual(predictions);
  const answers: unknown[] = [await confusionMatrix(predictions), await samples(predictions, { limit: 100 })];
  if (predictions.scoreColumns > 0)
    answers.push(await rocCurve(predictions), await thresholdCounts(predictions, { threshold: 0.4 }));
  return answers;
}

/** The answers, or the one error that there may be; any other fails the test. */
async function outcome(path: string): Promise<unknown> {
  try {
    return await everything(path);
  } catch (error) {
    if (error instanceof TrackingError && error.code === "PREDICTIONS_NOT_READABLE") {
      if (/^the file cannot be read: .+; .+/s.test(error.message)) return error;
    }
    throw error;
  }
}

/** The file with another number of rows in its footer, wherever that says 1 in a 64-bit field. */
function withRows(file: Buffer, rows: bigint): Buffer {
  const length = file.readUInt32LE(file.length - 8);
  const footer = file.subarray(file.length - 8 - length, file.length - 8);
  const varint: number[] = [];
  for (let rest = rows * 2n; ; rest >>= 7n) {
    varint.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
    if (rest <= 127n) break;
  }
  // Fields of type i64 (compact protocol: type 6 in the low half) whose value is the varint 2.
  const bytes: number[] = [];
  for (let i = 0; i < footer.length; i++) {
    bytes.push(footer[i]!);
    if ((footer[i]! & 15) === 6 && footer[i]! >>> 4 >= 1 && footer[i]! >>> 4 <= 3 && footer[i + 1] === 2) {
      bytes.push(...varint);
      i += 1;
    }
  }
  expect(bytes.length).toBeGreaterThan(footer.length);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes.length);
  return Buffer.concat([
    file.subarray(0, file.length - 8 - length),
    Buffer.from(bytes),
    size,
    Buffer.from("PAR1"),
  ]);
}
