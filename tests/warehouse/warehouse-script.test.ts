import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { openStore } from "../../src/store/open-store.js";
import { bigQuery } from "../../src/warehouse/bigquery-dialect.js";
import { clickHouse } from "../../src/warehouse/clickhouse-dialect.js";
import { parseDataset } from "../../src/warehouse/dataset.js";
import { duckDb } from "../../src/warehouse/duckdb-dialect.js";
import { addEmptyFiles } from "../../src/warehouse/empty-files.js";
import { dropFormerObjects } from "../../src/warehouse/former-objects.js";
import { objectNames, warehouseScript } from "../../src/warehouse/warehouse-script.js";
import { projectRoot } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runDuckDb, withDuckDb } from "./engines.js";
import { stores } from "./stores.js";

const dataset = { cloudProject: undefined, dataset: "tracking" };

describe("the script", () => {
  it("makes every object once, in each database under the same name", () => {
    for (const dialect of [bigQuery, duckDb, clickHouse]) {
      const names = warehouseScript(dialect, dataset, "/store").flatMap((statement) => {
        const made = /^CREATE OR REPLACE (?:EXTERNAL TABLE|VIEW) ["`]tracking["`]\.["`](\w+)["`]/.exec(
          statement,
        );
        return made ? [made[1]!] : [];
      });
      expect(names).toEqual([...objectNames]);
    }
  });

  it("is far below BigQuery's 1 MB, and has no column of type JSON, which no chart could group by", () => {
    const text = warehouseScript(bigQuery, dataset, `gs://${"b".repeat(222)}/${"p".repeat(800)}`).join(
      ";\n\n",
    );
    expect(text.length).toBeLessThan(60_000);
    expect(text).not.toMatch(/PARSE_JSON|AS JSON\b/);
  });

  it("reads each kind of file by one pattern, which subfolders are in", () => {
    const text = warehouseScript(bigQuery, dataset, "gs://bucket/ml").join("\n");
    expect([...text.matchAll(/uris = \[(.*)\]/g)].map(([, uri]) => uri)).toEqual([
      "'gs://bucket/ml/tracking/*.csv'",
      "'gs://bucket/ml/annotations/*.csv'",
      "'gs://bucket/ml/predictions/*.text.parquet'",
      "'gs://bucket/ml/predictions/*.integer.parquet'",
      "'gs://bucket/ml/predictions/*.boolean.parquet'",
      "'gs://bucket/ml/predictions/*.number.parquet'",
    ]);
  });

  it("has the columns that docs/warehouse.md names, of the types that it names", async () => {
    const folder = await temporaryFolder();
    await logExperiment(smallClassification(folder));
    await addEmptyFiles(openStore(folder));
    const docs = await readFile(join(projectRoot, "docs/warehouse.md"), "utf8");
    const types = { VARCHAR: "text", DOUBLE: "number", BIGINT: "integer", BOOLEAN: "boolean" } as const;
    await withDuckDb(folder, async (connection) => {
      for (const view of ["experiments", "confusion", "residuals", "scores", "problems"]) {
        const [, section = ""] = docs.split(`\n### ${view}\n`);
        const rows = section
          .split("\n### ")[0]!
          .split("\n## ")[0]!
          .matchAll(/^\| (`.*?) \| (\w+) \|/gm);
        const written = [...rows].flatMap(([, names, type]) =>
          [...names!.matchAll(/`(\w+)`/g)].map(([, name]) => `${name} ${type}`),
        );
        const answer = await connection.runAndReadAll(`DESCRIBE tracking.${view}`);
        const made = answer.getRows().map(([name, type]) => {
          const known = types[String(type) as keyof typeof types];
          return `${String(name)} ${known ?? "time"}`;
        });
        expect(written, view).toEqual(made);
      }
    });
  });
});

describe("over what is wrong in a store", () => {
  it("says which row and which file it is", async () => {
    const folder = await temporaryFolder();
    await stores["torn, repeated, orphaned and missing"]!(folder);
    await addEmptyFiles(openStore(folder));
    const { problems, experiments } = await runDuckDb(folder);
    const byName = new Map(experiments!.map((row) => [row["name"], row]));
    const log = expect.stringMatching(/^tracking\/broken\/broken_.*_1\.csv$/);
    const missing = byName.get("without predictions")!;
    expect(problems).toHaveLength(4);
    expect(problems).toEqual(
      expect.arrayContaining([
        {
          project: "broken",
          problem: "torn-line",
          prediction_id: byName.get("whole")!["prediction_id"],
          file: log,
        },
        {
          project: "broken",
          problem: "duplicate-row",
          prediction_id: byName.get("there twice")!["prediction_id"],
          file: log,
        },
        {
          project: "broken",
          problem: "missing-predictions",
          prediction_id: missing["prediction_id"],
          file: missing["predictions"],
        },
        {
          project: null,
          problem: "orphaned-predictions",
          prediction_id: "zzzzzzzzzzzz",
          file: "zzzzzzzzzzzz.integer.parquet",
        },
      ]),
    );
  });

  it("leaves out a row with a cell that is not what its column promises", async () => {
    const folder = await temporaryFolder();
    const { paths } = await logExperiment(smallClassification(folder));
    await logExperiment(smallClassification(folder, { name: "right" }));
    const log = join(folder, paths.trackingLog!);
    await writeFile(log, (await readFile(log, "utf8")).replace(",0.75,", ",three quarters,"));
    await addEmptyFiles(openStore(folder));
    const { experiments, problems } = await runDuckDb(folder);
    expect(experiments!.map((row) => row["name"])).toEqual(["right"]);
    expect(problems).toMatchObject([{ problem: "unreadable-row" }]);
  });

  it("keeps the views of the log where a file of predictions is damaged; those of predictions name it", async () => {
    const folder = await temporaryFolder();
    const { paths } = await logExperiment(smallClassification(folder));
    await writeFile(join(folder, paths.predictions), "no Parquet, whose magic bytes this text lacks");
    await addEmptyFiles(openStore(folder));
    await withDuckDb(folder, async (connection) => {
      for (const view of ["experiments", "scores", "residuals"]) {
        await expect(connection.run(`SELECT * FROM tracking.${view}`)).resolves.toBeDefined();
      }
      await expect(connection.run("SELECT * FROM tracking.confusion")).rejects.toThrow(
        /magic bytes.*\.text\.parquet/,
      );
    });
  });
});

describe("the names of datasets", () => {
  it("may have a cloud project before them, also of a domain", () => {
    expect(parseDataset("tracking")).toEqual({ cloudProject: undefined, dataset: "tracking" });
    expect(parseDataset("my-project.d1").cloudProject).toBe("my-project");
    expect(parseDataset("example.com:my-project.d1")).toEqual({
      cloudProject: "example.com:my-project",
      dataset: "d1",
    });
  });

  it.each([
    "",
    "my dataset",
    "a.b.c",
    "d`; DROP",
    "UPPER.d",
    "example.com:.d",
    "x:my-project.d",
    "my-project.",
  ])("are refused where they cannot be: %s", (text) =>
    expect(() => parseDataset(text)).toThrow(`--dataset is ${JSON.stringify(text)}; give DATASET`),
  );
});

describe("what the former script made", () => {
  const projects = ["a-b", "a.b", "a b", "1", "köln", "first-steps", "tracking"];

  it("is dropped project by project, but for what has a name of today", () => {
    const statements = dropFormerObjects(bigQuery, dataset, projects, objectNames);
    expect(statements).toContain("DROP VIEW IF EXISTS `tracking`.`first_steps_experiments`");
    expect(statements).toContain("DROP EXTERNAL TABLE IF EXISTS `tracking`.`first_steps_predictions_1`");
    expect(statements).toContain("DROP EXTERNAL TABLE IF EXISTS `tracking`.`tracking_predictions`");
    expect(statements.join("\n")).not.toContain("`tracking_log`");
    expect(new Set(statements).size).toBe(statements.length);
  });
});
