import { expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { folderReport, tableReport } from "../../src/warehouse/linking-address.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
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
  const address = new URL(tableReport("cloud-project", "tracking", "confusion"));
  expect(Object.fromEntries(address.searchParams)).toEqual({
    "c.mode": "edit",
    "r.reportName": "confusion",
    "ds.connector": "bigQuery",
    "ds.type": "TABLE",
    "ds.projectId": "cloud-project",
    "ds.datasetId": "tracking",
    "ds.tableId": "confusion",
    "ds.datasourceName": "confusion",
  });
});

it("says what to do with a store that Google's services cannot read", async () => {
  const store = await temporaryFolder();
  await logExperiment(smallClassification(store));
  const { status, out, talk } = await mlTracking(["looker", "--store", store]);
  expect({ status, out }).toEqual({ status: 2, out: "" });
  expect(talk).toContain(`copy it there with "ml-tracking copy ${store} gs://BUCKET/PREFIX"`);
});

it("prints the addresses of reports for a store in Google Cloud Storage, whatever its kinds", async (context) => {
  const server = await startGcsServer(context);
  const address = `${await server.newBucket()}/team/ml`;
  const world = { openStore: () => server.open(address) };
  await logExperiment(smallClassification(address), world);
  await logExperiment(smallRegression(address, { project: "pets" }), world);
  const run = (...args: string[]) =>
    mlTracking(["looker", ...args, "--store", address], { env: server.variables });
  expect(await run()).toMatchObject({ status: 0, out: `${folderReport(address, "pets")}\n`, talk: "" });
  const views = await run("--dataset", "cloud-project.tracking");
  expect(views.out).toBe(
    ["experiments", "confusion", "residuals", "scores"]
      .map((view) => `${tableReport("cloud-project", "tracking", view)}\n`)
      .join(""),
  );
  expect(await run("--dataset", "tracking")).toMatchObject({
    status: 2,
    talk: expect.stringContaining("for a report give CLOUD-PROJECT.DATASET"),
  });
  expect(await run("pets", "--dataset", "cloud-project.tracking")).toMatchObject({
    status: 2,
    talk: expect.stringContaining("leave it out, and filter the report by project"),
  });
});
