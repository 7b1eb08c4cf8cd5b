import { expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { folderReport, tableReport } from "../../src/warehouse/linking-address.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { asFormat1 } from "../support/former-log.js";
import { startGcsServer } from "../support/gcs-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";

it("opens a report on a project's folder in Google Cloud Storage", () => {
  const address = new URL(folderReport("gs://team/ml experiments", "grüße & co"));
  expect(address.origin + address.pathname).toBe("https://lookerstudio.google.com/reporting/create");
  expect(Object.fromEntries(address.searchParams)).toEqual({
    "c.mode": "edit",
    "r.reportName": "grüße & co",
    "ds.connector": "googleCloudStorage",
    "ds.pathType": "FOLDER",
    "ds.path": "team/ml experiments/tracking/grüße & co",
    "ds.datasourceName": "grüße & co",
  });
});

it("opens a report on a view in BigQuery", () => {
  expect(
    Object.fromEntries(new URL(tableReport("cloud-project", "tracking", "cars_confusion")).searchParams),
  ).toEqual({
    "c.mode": "edit",
    "r.reportName": "cars_confusion",
    "ds.connector": "bigQuery",
    "ds.type": "TABLE",
    "ds.projectId": "cloud-project",
    "ds.datasetId": "tracking",
    "ds.tableId": "cars_confusion",
    "ds.datasourceName": "cars_confusion",
  });
});

it("says what to do with a store that Google's services cannot read", async () => {
  const store = await temporaryFolder();
  await logExperiment(smallClassification(store));
  for (const command of [["looker"], ["bigquery", "--dataset", "d"]]) {
    const { status, out, talk } = await mlTracking([...command, "--store", store]);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(talk).toContain(`copy it there with "ml-tracking copy ${store} gs://BUCKET/PREFIX"`);
  }
});

it("prints SQL for DuckDB over a store anywhere, and refuses a dataset that cannot be one", async () => {
  const store = await temporaryFolder();
  await logExperiment(smallClassification(store));
  const args = ["bigquery", "pets", "--store", store, "--dialect", "duckdb", "--dataset"];
  const { status, out, talk } = await mlTracking([...args, "tracking"]);
  expect({ status, talk }).toEqual({ status: 0, talk: "" });
  expect(out).toMatch(
    /^CREATE SCHEMA IF NOT EXISTS "tracking";\n\nCREATE OR REPLACE VIEW "tracking"."pets_log" AS/,
  );
  const json = JSON.parse((await mlTracking([...args, "tracking", "--json"])).out) as object;
  expect(json).toMatchObject({
    projects: [
      {
        project: "pets",
        views: { experiments: "pets_experiments", confusion: "pets_confusion" },
        follows_new_files: true,
      },
    ],
  });
  const wrong = await mlTracking([...args, "my dataset"]);
  expect(wrong).toMatchObject({
    status: 2,
    talk: expect.stringContaining('--dataset is "my dataset"; give DATASET'),
  });
});

it("prints the addresses of reports, and SQL for BigQuery, for a store in Google Cloud Storage", async (context) => {
  const server = await startGcsServer(context);
  const address = `${await server.newBucket()}/team/ml`;
  const world = { openStore: () => server.open(address) };
  await logExperiment(smallClassification(address), world);
  const run = (...args: string[]) => mlTracking([...args, "--store", address], { env: server.variables });
  const bucket = address.slice("gs://".length);
  expect(await run("looker")).toMatchObject({
    status: 0,
    out: `${folderReport(address, "pets")}\n`,
    talk: "",
  });
  const sql = await run("bigquery", "pets", "--dataset", "tracking");
  expect(sql).toMatchObject({ status: 0, talk: "" });
  expect(sql.out).toContain(`uris = ['gs://${bucket}/tracking/pets/pets_*.csv']`);
  expect(sql.out).toContain(`uris = ['gs://${bucket}/predictions/pets/*']`);
  const views = await run("looker", "pets", "--dataset", "cloud-project.tracking");
  expect(views.out).toBe(
    ["pets_experiments", "pets_confusion"]
      .map((view) => `${tableReport("cloud-project", "tracking", view)}\n`)
      .join(""),
  );
  const { paths } = await logExperiment(smallRegression(address, { project: "pets" }), world);
  expect((await run("looker", "pets")).talk).toBe("");
  const store = server.open(address);
  const log = await store.read(paths.trackingLog!);
  const [header = "", row = ""] = Buffer.from(log!.bytes).toString().split("\n");
  await store.create(paths.trackingLog!.replace("_1.csv", "_2.csv"), [
    Buffer.from(asFormat1(`${header}\n${row}\n`)),
  ]);
  expect((await run("looker", "pets")).talk).toContain("log files of different columns");
  expect((await run("bigquery", "pets", "--dataset", "d")).talk).toContain(
    "their files are named one by one",
  );
  expect(await run("looker", "pets", "--dataset", "tracking")).toMatchObject({
    status: 2,
    talk: expect.stringContaining("for a report give CLOUD-PROJECT.DATASET"),
  });
});
