import { expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { parseBillingProject, parseWholeDataset } from "../../src/warehouse/dataset.js";
import {
  folderReport,
  parseReportId,
  tableReport,
  templateReport,
} from "../../src/warehouse/linking-address.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { startGcsServer } from "../support/gcs-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";

it("opens a report on a project's folder in Google Cloud Storage", () => {
  const address = new URL(folderReport("gs://team/ml experiments", "grüße & co"));
  expect(address.origin + address.pathname).toBe("https://datastudio.google.com/reporting/create");
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

const reportId = "5e7a1c3e-3e1d-4c6a-9c51-0a5d4f8f2b11";

it("opens a copy of a report with every source set to the views of a dataset", async () => {
  const address = templateReport({
    reportId,
    cloudProject: "example.com:team",
    dataset: "tracking",
    name: "Churn & co",
    billingProject: "paying-project",
  });
  expect(address).toMatch(/^https:\/\/datastudio\.google\.com\/reporting\/create\?[\x21-\x7e]+$/);
  const parameters = [...new URL(address).searchParams];
  expect(new Set(parameters.map(([name]) => name)).size).toBe(parameters.length);
  expect(Object.fromEntries(parameters)).toEqual({
    "c.mode": "edit",
    "c.reportId": reportId,
    "r.reportName": "Churn & co",
    "ds.*.connector": "bigQuery",
    "ds.*.type": "TABLE",
    "ds.*.projectId": "example.com:team",
    "ds.*.datasetId": "tracking",
    "ds.*.billingProjectId": "paying-project",
    "ds.*.refreshFields": "false",
    "ds.*.keepDatasourceName": "true",
    "ds.experiments.tableId": "experiments",
    "ds.confusion.tableId": "confusion",
    "ds.residuals.tableId": "residuals",
  });
  expectDocumented(parameters);
  const plain = templateReport({ reportId, cloudProject: "team-project", dataset: "tracking" });
  expect(plain).not.toMatch(/reportName|billingProjectId|undefined/);
});

/** What Google's description of the Linking API allows: which parameters there are, of what shape. */
function expectDocumented(parameters: readonly [string, string][]): void {
  const aliased =
    "(?:connector|datasourceName|refreshFields|keepDatasourceName|type|projectId|datasetId|tableId|billingProjectId)";
  const shapes = [
    /^c\.(?:reportId|pageId|mode|explain)$/,
    /^r\.reportName$/,
    new RegExp(`^ds\\.(?:\\*|[a-z]+)\\.${aliased}$`),
  ];
  expect(parameters.filter(([name]) => !shapes.some((shape) => shape.test(name)))).toEqual([]);
  const given = new Map(parameters);
  expect(["view", "edit"]).toContain(given.get("c.mode"));
  for (const name of ["ds.*.refreshFields", "ds.*.keepDatasourceName"])
    expect(["true", "false"]).toContain(given.get(name));
}

it("takes ids of cloud projects that are scoped to a domain, and refuses what can be none", () => {
  expect(parseWholeDataset("example.com:proj.ds")).toEqual({
    cloudProject: "example.com:proj",
    dataset: "ds",
  });
  expect(parseWholeDataset("my-cloud-project.ds")).toEqual({
    cloudProject: "my-cloud-project",
    dataset: "ds",
  });
  expect(parseBillingProject("example.com:proj")).toBe("example.com:proj");
  for (const text of [
    "ds",
    "short.ds",
    "example.com:.ds",
    "example:proj.ds",
    "Team-project.ds",
    "my-cloud-project.d-s",
  ])
    expect(() => parseWholeDataset(text)).toThrow(`--dataset is ${JSON.stringify(text)}`);
});

it("knows the id of a report, also in its address, and refuses anything else", () => {
  for (const [text, id] of [
    [reportId, reportId],
    [`https://datastudio.google.com/reporting/${reportId}/page/p_abc`, reportId],
    [`https://lookerstudio.google.com/u/0/reporting/${reportId}`, reportId],
    ["1M0aUhqRSrQHlUlF6vBKRCkgFWYxbsKZd", "1M0aUhqRSrQHlUlF6vBKRCkgFWYxbsKZd"],
  ] as const)
    expect(parseReportId(text)).toBe(id);
  for (const text of [
    "",
    "churn",
    `${reportId}&c.mode=view`,
    "https://example.org/reporting/12345678901234567890123",
  ])
    expect(() => parseReportId(text)).toThrow(
      `--template is ${JSON.stringify(text)}; give the id of a report of yours`,
    );
});

it("prints the address of a copy without looking at any store, and says what is wrong with an argument", async () => {
  const run = (...args: string[]) => mlTracking(["looker", "--dataset", "team-project.tracking", ...args]);
  const address = templateReport({
    reportId,
    cloudProject: "team-project",
    dataset: "tracking",
    name: "Churn",
  });
  expect(await run("--template", reportId, "--name", "Churn")).toEqual({
    status: 0,
    out: `${address}\n`,
    talk: "",
  });
  const json = await run("--template", reportId, "--name", "Churn", "--json");
  expect(JSON.parse(json.out)).toEqual({
    dataset: "team-project.tracking",
    reports: [{ template: reportId, address }],
  });
  for (const [args, said] of [
    [["--template", "churn"], '--template is "churn"; give the id of a report of yours'],
    [["--template", reportId, "--name", " "], '--name is ""; give the new report a name'],
    [
      ["--template", reportId, "--billing-project", "Team"],
      '--billing-project is "Team"; give the id of a Google',
    ],
    [["--name", "Churn"], "missing argument: --template, with --name"],
    [["--billing-project", "team-project"], "missing argument: --template, with --billing-project"],
  ] as const)
    expect(await run(...args)).toMatchObject({ status: 2, out: "", talk: expect.stringContaining(said) });
  expect(await mlTracking(["looker", "--template", reportId])).toMatchObject({
    status: 2,
    talk: expect.stringContaining("missing argument: --dataset, with --template; give CLOUD-PROJECT.DATASET"),
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
    ["experiments", "confusion", "residuals"]
      .map((view) => `${tableReport("cloud-project", "tracking", view)}\n`)
      .join(""),
  );
  expect(await run("--dataset", "tracking")).toMatchObject({
    status: 2,
    talk: expect.stringContaining("for a report give CLOUD-PROJECT.DATASET"),
  });
  expect(await run("pets", "--dataset", "cloud-project.tracking")).toMatchObject({
    status: 2,
    talk: expect.stringContaining("leave it out, and choose the project in the report"),
  });
});
