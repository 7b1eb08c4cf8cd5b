import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

import { annotate } from "../../src/jobs/annotate.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { listFolders } from "../../src/jobs/read-experiments.js";
import { copyStore } from "../../src/maintenance/copy-store.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { bigQuery } from "../../src/warehouse/bigquery-dialect.js";
import { duckDb } from "../../src/warehouse/duckdb-dialect.js";
import { warehouseScript } from "../../src/warehouse/warehouse-script.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
import { startGcsServer } from "../support/gcs-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const dataset = { cloudProject: undefined, dataset: "tracking" };
const emptyFiles = [
  "annotations/_empty/empty.csv",
  ...["boolean", "integer", "number", "text"].map((type) => `predictions/_empty/empty.${type}.parquet`),
];

it("prints the script, and puts a file without rows where a table might have none", async () => {
  const store = await temporaryFolder();
  await logExperiment(smallClassification(store));
  const run = (...args: string[]) =>
    mlTracking(["warehouse", "--store", store, "--dialect", "duckdb", ...args]);
  const first = await run("--dataset", "tracking");
  expect(first.out).toBe(
    warehouseScript(duckDb, dataset, store)
      .map((statement) => `${statement};\n\n`)
      .join(""),
  );
  expect(first.talk.trimEnd().split("\n")).toEqual(
    emptyFiles.map((path) => `wrote ${path}, a file without rows, for a table that might have none`),
  );
  const second = await run("--dataset", "tracking", "--json");
  expect(second).toMatchObject({ status: 0, talk: "" });
  expect(JSON.parse(second.out)).toEqual({
    store,
    dialect: "duckdb",
    statements: warehouseScript(duckDb, dataset, store),
  });
  const drops = await run("--dataset", "tracking", "--drop-former");
  expect(drops.out).toMatch(/^DROP VIEW IF EXISTS "tracking"."pets_experiments";\n/);
});

it("leaves files in the store that every other command passes over", async () => {
  const store = await temporaryFolder();
  const { predictionId } = await logExperiment(smallClassification(store));
  await mlTracking(["warehouse", "--store", store, "--dialect", "duckdb", "--dataset", "d"]);
  await annotate([predictionId], { starred: true }, { store });
  expect((await verifyStore({ store, graceSeconds: 0, repair: true })).findings).toEqual([]);
  expect(await listFolders({ store })).toEqual({ projects: ["pets"], odd: [] });
  const copy = await temporaryFolder();
  expect((await copyStore({ from: store, to: copy })).problems).toEqual([]);
  expect(await readdir(join(copy, "predictions"))).toEqual(["pets"]);
});

it("refuses a dataset that cannot be one, and a store that a database cannot read or that has no project", async () => {
  const store = await temporaryFolder();
  const run = (...args: string[]) => mlTracking(["warehouse", ...args]);
  const refused = async (args: string[], reason: string) =>
    expect(await run(...args)).toMatchObject({ status: 2, out: "", talk: expect.stringContaining(reason) });
  await refused(["--store", store], "missing argument: --dataset");
  await refused(["--store", store, "--dataset", "my dataset"], '--dataset is "my dataset"; give DATASET');
  await refused(["--store", store, "--dataset", "d"], `copy it there with "ml-tracking copy ${store} gs://`);
  await refused(
    ["--store", store, "--dataset", "d", "--dialect", "duckdb"],
    `there is no project in ${store}`,
  );
  await refused(["--store", "gs://bucket/ml", "--dataset", "d", "--dialect", "clickhouse"], "reads a folder");
  expect(await readdir(store)).toEqual([]);
});

it("prints the script for a store that cannot be written, and warns", async () => {
  const store = await temporaryFolder();
  await logExperiment(smallClassification(store));
  await writeFile(join(store, "annotations"), "a file, where a folder is to be");
  const args = ["warehouse", "--store", store, "--dialect", "duckdb", "--dataset", "d"];
  const { status, out, talk } = await mlTracking(args);
  expect(status).toBe(0);
  expect(out).toContain("CREATE OR REPLACE VIEW");
  expect(talk).toContain("so a table fails while the store has no file for it");
});

it("prints SQL for BigQuery over a store in Google Cloud Storage", async (context) => {
  const server = await startGcsServer(context);
  const address = `${await server.newBucket()}/team/ml`;
  const place = server.open(address);
  await logExperiment(smallClassification(address), { openStore: () => place });
  const args = ["warehouse", "--store", address, "--dataset", "tracking"];
  const { status, out, talk } = await mlTracking(args, { env: server.variables });
  expect(status).toBe(0);
  expect(out).toBe(
    warehouseScript(bigQuery, dataset, address)
      .map((statement) => `${statement};\n\n`)
      .join(""),
  );
  expect(talk.match(/^wrote /gm)).toHaveLength(emptyFiles.length);
  expect(await place.stat(emptyFiles[1]!)).toBeDefined();
});
