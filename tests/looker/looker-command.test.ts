import { expect, it } from "vitest";

import { logExperiment } from "../../src/index.js";
import { folderReport, tableReport } from "../../src/looker/linking-address.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
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
