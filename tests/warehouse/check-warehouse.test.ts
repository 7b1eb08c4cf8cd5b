import { link, mkdir, readFile, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it, type TestContext } from "vitest";

import { annotationHeader } from "../../src/annotations/annotation-line.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { parquetChunks } from "../../src/predictions/write/write-predictions.js";
import { openStore } from "../../src/store/open-store.js";
import { columnsOfFormat1 } from "../../src/tracking-log/columns.js";
import { formatLine } from "../../src/tracking-log/csv-line.js";
import { headerLine } from "../../src/tracking-log/row.js";
import { whyNoValue } from "../../src/warehouse/check/cell-types.js";
import { refusedColumns } from "../../src/warehouse/check/column-names.js";
import { checkWarehouse, type WarehouseFinding } from "../../src/warehouse/check-warehouse.js";
import { experiment, header, idOf, lineOf, writeLogFile } from "../catalog/log-rows.js";
import type { BucketServer } from "../support/bucket-server.js";
import { mlTracking, projectRoot, runNode } from "../support/built-package.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { startGcsServer } from "../support/gcs-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** A store's files by their paths: a fault is a change of them. */
type Files = Map<string, Buffer>;

/** Predictions of every type, in two projects. */
async function rightStore(): Promise<Files> {
  const store = await temporaryFolder();
  const labels = { integer: [1, 2, 1, 2], boolean: [true, false, true, false] };
  const logged = [
    await logExperiment(
      smallClassification(store, { sampleFeatures: { "bill (mm)": [1, 2.5, 3, 4], "a.b": [1, 2, 3, null] } }),
    ),
    await logExperiment(smallRegression(store)),
    await logExperiment(smallRegression(store, { project: "pets" })),
    await logExperiment(smallClassification(store, { yTrue: labels.integer, yPred: labels.integer })),
    await logExperiment(smallClassification(store, { yTrue: labels.boolean, yPred: labels.boolean })),
  ];
  const paths = logged.flatMap(({ paths: { trackingLog, predictions } }) => [trackingLog!, predictions]);
  const files: Files = new Map();
  for (const path of new Set(paths)) files.set(path, await readFile(join(store, path)));
  return files;
}

const log = (files: Files, project = "pets") =>
  [...files.keys()].find((path) => path.startsWith(`tracking/${project}/`))!;
const predictionsOf = (files: Files, type: string) =>
  [...files.keys()].find((path) => path.endsWith(`.${type}.parquet`))!;
const rowsOf = (files: Files, path = log(files)) =>
  files
    .get(path)!
    .toString()
    .split(/(?<=\n)/);

/** A Parquet file of one row. */
async function parquet(columns: Record<string, string>): Promise<Buffer> {
  const table = {
    rows: 1,
    columns: Object.entries(columns).map(([name, value]) => ({
      name,
      type: "string" as const,
      values: [value],
    })),
    metadata: {},
  };
  const chunks: Uint8Array[] = [];
  for (const chunk of parquetChunks(table)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

interface Fault {
  title: string;
  /** Makes the fault, and tells what should be found: kind, path and line. */
  make: (
    files: Files,
  ) => Promise<[kind: string, path: string, line?: number][]> | [string, string, number?][];
}

const faults: Fault[] = [
  { title: "nothing wrong", make: () => [] },
  {
    title: "log files of format 1, of both kinds and without the positive class",
    make(files) {
      const headers = [
        columnsOfFormat1("classification"),
        columnsOfFormat1("classification", true),
        columnsOfFormat1("regression"),
      ];
      return headers.map((columns, i) => {
        const path = `tracking/pets/pets_2026-01-01_${i + 1}.csv`;
        files.set(path, Buffer.from(formatLine(columns.map(({ name }) => name))));
        return ["former-format", path, 1];
      });
    },
  },
  {
    title: "a log file with columns in another order, and one of annotations",
    make(files) {
      const path = "tracking/pets/pets_2026-01-01_1.csv";
      files.set(path, Buffer.from(headerLine.replace("prediction_id,logged_at", "logged_at,prediction_id")));
      const annotations = "annotations/pets/pets_2026-01-01_1.csv";
      files.set(annotations, Buffer.from(annotationHeader.replace("\n", ",more\n")));
      return [
        ["other-header", annotations, 1],
        ["other-header", path, 1],
      ];
    },
  },
  {
    title: "part of a row, and a line that is no row",
    make(files) {
      const [head = "", row = "", ...rest] = rowsOf(files);
      files.set(log(files), Buffer.from([head, row, "no,row\n", ...rest, row.slice(0, 200)].join("")));
      return [
        ["torn-line", log(files), 3],
        ["torn-line", log(files), rest.length + 4],
      ];
    },
  },
  {
    title: "rows that are there twice, in one file and in two projects",
    make(files) {
      const [, row = ""] = rowsOf(files);
      const houses = log(files, "houses");
      const pets = rowsOf(files);
      files.set(houses, Buffer.concat([files.get(houses)!, Buffer.from(row)]));
      files.set(log(files), Buffer.from([...pets, row].join("")));
      return [
        ["repeated-row", log(files), 2],
        ["repeated-row", log(files), pets.length + 1],
      ];
    },
  },
  {
    title: "cells that their columns cannot hold",
    make(files) {
      const cells = rowsOf(files, log(files, "houses"))[1]!;
      const broken = cells.replace(/Z,houses/, ",houses").replace(/,"\{""language/, ',"{""language" ""');
      expect(broken).not.toBe(cells);
      files.set(log(files, "houses"), Buffer.from(headerLine + broken.replace('language" ""', "language ")));
      return [["unreadable-cell", log(files, "houses"), 2]];
    },
  },
  {
    title: "predictions that were cut, changed in the middle, or emptied",
    make(files) {
      const [cut, changed, empty] = ["text", "integer", "boolean"].map((type) => predictionsOf(files, type));
      files.set(cut!, files.get(cut!)!.subarray(0, 500));
      const bytes = Buffer.from(files.get(changed!)!);
      bytes.fill(0xff, 4, 60);
      files.set(changed!, bytes);
      files.set(empty!, Buffer.alloc(0));
      return [cut, changed, empty].map((path) => ["damaged-predictions", path!]);
    },
  },
  {
    title: "predictions whose name says another type than they have",
    make(files) {
      const [text, number] = [predictionsOf(files, "text"), predictionsOf(files, "number")];
      const bytes = files.get(text)!;
      files.set(text, files.get(number)!);
      files.set(number, bytes);
      return [
        ["wrong-type", text],
        ["wrong-type", number],
      ];
    },
  },
  {
    title: "predictions that no row names, with and without their type",
    make(files) {
      const text = predictionsOf(files, "text");
      const orphan = text.replace(/[^/]+$/, "zzzzzzzzzzzz.text.parquet");
      files.set(orphan, files.get(text)!);
      files.set(orphan.replace(".text", ""), files.get(text)!); // no table reads that one
      return [["orphaned-predictions", orphan]];
    },
  },
  {
    title: "predictions without their type in the name",
    make(files) {
      const text = predictionsOf(files, "text");
      const plain = text.replace(".text", "");
      files.set(plain, files.get(text)!);
      files.delete(text);
      files.set(log(files), Buffer.from(rowsOf(files).join("").replace(text, plain)));
      return [["untyped-predictions", plain]];
    },
  },
  {
    title: "columns that BigQuery refuses",
    async make(files) {
      const text = predictionsOf(files, "text");
      files.set(text, await parquet({ y_true: "a", y_pred: "b", "feature_a.b": "c" }));
      return [["refused-column", text]];
    },
  },
  {
    title: "a CSV file beside the projects, one that is no log, and a folder that is no project's",
    make(files) {
      const rows = files.get(log(files))!;
      files.set("tracking/pets/export.csv", Buffer.from("a,b\n"));
      files.set("tracking/old.csv", Buffer.from(headerLine));
      files.set("tracking/my_pets/my_pets_2026-01-01_1.csv", Buffer.from(headerLine));
      files.set("tracking/pets/notes.txt", rows); // no table reads that one
      return [
        ["odd-folder", "tracking/my_pets"],
        ["stray-file", "tracking/pets/export.csv"],
        ["stray-file", "tracking/old.csv"],
        ["torn-line", "tracking/pets/export.csv", 1],
      ];
    },
  },
];

/** Finds what is wrong, as pairs that can be sorted. */
async function findingsIn(store: string, options: { predictions?: boolean } = {}) {
  const found: WarehouseFinding[] = [];
  const report = await checkWarehouse({
    store,
    graceSeconds: 0,
    onFinding: (finding) => void found.push(finding),
    ...options,
  });
  expect(report.found).toBe(found.length);
  const all = found.filter(({ kind }) => kind !== "not-in-google" || store.startsWith("gs:"));
  const short = all.map(({ kind, path, line }) =>
    JSON.stringify(line === undefined ? [kind, path] : [kind, path, line]),
  );
  return { all, short: short.sort(), report };
}
const sorted = (expected: readonly unknown[][]) => expected.map((one) => JSON.stringify(one)).sort();

async function writeFiles(root: string, files: Files): Promise<void> {
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
}

describe("warehouse --check in a folder", () => {
  it.each(faults)("tells of $title", async ({ make }) => {
    const files = await rightStore();
    const expected = await make(files);
    const root = await temporaryFolder();
    await writeFiles(root, files);
    const { all, short } = await findingsIn(root);
    expect(short).toEqual(sorted(expected));
    for (const { message, wayOut } of all) expect(`${message}${wayOut}`).not.toMatch(/undefined|\[object/);
  });

  it("says that BigQuery cannot read it, and how it is copied to where it can", async () => {
    const root = await temporaryFolder();
    await logExperiment(smallClassification(root));
    const { status, out, talk } = await mlTracking(["warehouse", "--check", "--store", root]);
    expect(out).toBe(
      `not-in-google ${root}: BigQuery reads Google Cloud Storage alone, and the store is elsewhere; copy it there with "ml-tracking copy ${root} gs://BUCKET/PREFIX" and name that as --store\n`,
    );
    expect({ status, talk }).toEqual({
      status: 1,
      talk: "1 experiments in 1 projects, 1 log files and 1 files of predictions: 1 found\n",
    });
    const right = await mlTracking([
      "warehouse",
      "--check",
      "--dialect",
      "duckdb",
      "--store",
      root,
      "--json",
    ]);
    expect(right.status).toBe(0);
    expect(JSON.parse(right.out)).toEqual({
      store: root,
      dialect: "duckdb",
      findings: [],
      projects: 1,
      experiments: 1,
      log_files: 1,
      predictions: 1,
      found: 0,
      clean: true,
    });
  });

  it("prints findings as JSON, with the way out", async () => {
    const root = await temporaryFolder();
    await writeLogFile(root, `${header}torn\n`);
    const { status, out } = await mlTracking(["warehouse", "--check", "--store", root, "--json"]);
    const { findings, found } = JSON.parse(out) as { findings: object[]; found: number };
    expect([status, found]).toEqual([1, 2]);
    expect(findings[1]).toEqual({
      kind: "torn-line",
      path: "tracking/pets/pets_2026-11-01_1.csv",
      line: 2,
      message: `it has 1 fields where the header has ${header.split(",").length}: "torn"`,
      way_out: 'move it away with "ml-tracking verify --repair"',
    });
  });

  it("sees damage in the middle of a file only where it reads the labels", async () => {
    const files = await rightStore();
    const path = predictionsOf(files, "integer");
    const bytes = Buffer.from(files.get(path)!);
    bytes.fill(0xff, 4, 60);
    files.set(path, bytes);
    const root = await temporaryFolder();
    await writeFiles(root, files);
    expect((await findingsIn(root, { predictions: false })).short).toEqual([]);
    expect((await findingsIn(root)).short).toEqual(sorted([["damaged-predictions", path]]));
  });

  it("leaves young files without a row alone: their writer may be about to add it", async () => {
    const root = await temporaryFolder();
    const { paths } = await logExperiment(smallClassification(root));
    await link(
      join(root, paths.predictions),
      join(root, paths.predictions.replace(/[^/]+$/, "zzzzzzzzzzzz.text.parquet")),
    );
    const young: WarehouseFinding[] = [];
    await checkWarehouse({
      store: root,
      dialect: "duckdb",
      onFinding: (finding) => void young.push(finding),
    });
    expect(young).toEqual([]);
    expect((await findingsIn(root)).all.map(({ kind }) => kind)).toEqual(["orphaned-predictions"]);
  });

  it("tells of a log file over the 5 TB that BigQuery reads, without reading it", async () => {
    const root = await temporaryFolder();
    const file = await writeLogFile(root, header);
    await truncate(file, 5 * 10 ** 12 + 1); // takes no room on the disk
    expect((await findingsIn(root)).short).toEqual(
      sorted([["too-large-file", "tracking/pets/pets_2026-11-01_1.csv"]]),
    );
  });

  it("looks through 100,000 rows and 12,000 files of predictions in 64 MB of heap, and says that these are many", async () => {
    const root = await temporaryFolder();
    const { paths } = await logExperiment(smallClassification(root));
    const folder = join(root, "predictions/pets/2026-11-01");
    await mkdir(folder, { recursive: true });
    const predictionsAt = (number: number) => `predictions/pets/2026-11-01/${idOf(number)}.text.parquet`;
    for (let number = 0; number < 12_000; number++)
      await link(join(root, paths.predictions), join(root, predictionsAt(number)));
    for (let file = 0; file < 4; file++) {
      const rows = Array.from({ length: 25_000 }, (_, i) => {
        const number = file * 25_000 + i;
        return lineOf(experiment(number, { predictions: predictionsAt(number) }));
      });
      await writeLogFile(root, header + rows.join(""), file + 1);
    }
    const cli = join(projectRoot, "dist/cli.js");
    const args = ["warehouse", "--check", "--json", "--store", root];
    const { out, status } = await runNode(["--max-old-space-size=64", cli, ...args]);
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      experiments: 100_001,
      predictions: 12_001,
      findings: [{ kind: "not-in-google" }, { kind: "too-many-files", path: "predictions/*.text.parquet" }],
    });
  });
});

describe("warehouse --check in Google Cloud Storage", () => {
  let server: BucketServer | undefined;
  const start = async (context: Pick<TestContext, "skip">) => {
    server ??= await startGcsServer(context);
    process.env["STORAGE_EMULATOR_HOST"] = server.url;
    return server;
  };

  /** Uploads as other programs do, which name objects as they like. */
  async function upload(address: string, path: string, bytes: Uint8Array): Promise<void> {
    const [, bucket, prefix] = /^gs:\/\/([^/]+)\/(.+)$/.exec(address)!;
    const name = encodeURIComponent(`${prefix}/${path}`);
    const answer = await fetch(
      `${server!.url}/upload/storage/v1/b/${bucket}/o?uploadType=media&name=${name}`,
      {
        method: "POST",
        body: Uint8Array.from(bytes),
      },
    );
    expect(answer.status).toBe(200);
  }

  it.for(faults)("tells of $title", async ({ make }, context) => {
    const address = `${await (await start(context)).newBucket()}/team/ml`;
    const files = await rightStore();
    const expected = await make(files);
    for (const [path, bytes] of files) await upload(address, path, bytes);
    expect((await findingsIn(address)).short).toEqual(sorted(expected));
  });

  it("tells of names that no address of BigQuery can have", async (context) => {
    const bucket = await (await start(context)).newBucket();
    const files = await rightStore();
    const address = `${bucket}/team*`;
    for (const [path, bytes] of files) await upload(address, path, bytes);
    await upload(address, "tracking//pets_2026-11-01_1.csv", Buffer.from(headerLine));
    await upload(address, "predictions/pets//zzzzzzzzzzzz.text.parquet", Buffer.from("PAR1"));
    const { short } = await findingsIn(address);
    expect(short).toEqual(
      sorted([
        ["odd-object-name", ""],
        ["odd-object-name", "tracking//pets_2026-11-01_1.csv"],
        ["odd-object-name", "predictions/pets//zzzzzzzzzzzz.text.parquet"],
      ]),
    );
    expect(openStore(address).address).toBe(address);
  });
});

describe("what a warehouse takes as a value", () => {
  it.each([
    [
      "number",
      ["0.5", "-0", "1e-300", ".5", "Infinity", "-inf", "nan", ""],
      ["0,5", "1e999", "0x10", "1 ", "five"],
    ],
    [
      "integer",
      ["1", "-9223372036854775808", ""],
      ["1.5", "9223372036854775808", "1e3", "99999999999999999999"],
    ],
    ["boolean", ["true", "FALSE", ""], ["1", "yes"]],
    [
      "time",
      ["2026-11-23T14:05:09.123Z", "2026-11-23 14:05:09+01:00", ""],
      ["2026-02-30T00:00:00Z", "23.11.2026", "2026-11-23T25:00:00Z", "2026-11-23T14:05:09"],
    ],
    ["json", ["{}", '{"a":[1,"x"]}', ""], ["{", "{'a':1}", `${"[".repeat(300)}${"]".repeat(300)}`]],
    ["text", ["NA", "anything"], []],
  ] as const)("of a column of type %s", (type, right, wrong) => {
    expect(right.filter((cell) => whyNoValue(type, cell) !== undefined)).toEqual([]);
    expect(wrong.filter((cell) => whyNoValue(type, cell) === undefined)).toEqual([]);
  });

  it("of a column's name", () => {
    expect(refusedColumns(["sample_id", "y_true", "feature_bill_mm", "feature_größe 1 %"])).toEqual([]);
    const long = "x".repeat(301);
    expect(refusedColumns(["a.b", "a(b)", "", long, "Age", "age", "_table_x", "_PARTITIONTIME"])).toEqual([
      '"a.b" has a "."',
      '"a(b)" has a "("',
      '"" is empty',
      `"${"x".repeat(60)}..." has 301 characters, over 300`,
      '"age" differs from "Age" in capitals only',
      '"_table_x" begins with _TABLE_, which is reserved',
      '"_PARTITIONTIME" begins with _PARTITION, which is reserved',
    ]);
  });
});
