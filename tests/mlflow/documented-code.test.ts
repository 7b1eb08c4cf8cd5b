import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";

import type { ExperimentRecord } from "../../src/experiment/experiment-record.js";
import { openStore } from "../../src/store/open-store.js";
import { logRecords } from "../../src/tracking-log/read-log.js";
import { projectRoot } from "../support/built-package.js";
import { builtWheel } from "../support/installed-wheel.js";
import { mlflowPython, runMlflow, startMlflowServer } from "../support/mlflow.js";
import { startOwnServer } from "../support/own-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** What a table says of its run's tags. */
const tagsOf = `
import sys, json, mlflow
for run in mlflow.search_runs(search_all_experiments=True, output_format="list", order_by=["start_time"]):
    print(json.dumps({key: text for key, text in run.data.tags.items() if key.startswith("ml_tracking.")}))
`;

describe("the code of docs/mlflow.md", () => {
  let folder: string;
  let store: string;
  let uri: string;
  let other: undefined | { uri: string; remove: () => Promise<void> };
  let blocks: string[];
  let queries: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ml-tracking-test-"));
    store = join(folder, "ml-tracking");
    ({ uri } = await startOwnServer(store));
    const text = await readFile(join(projectRoot, "docs/mlflow.md"), "utf8");
    const blocksOf = (language: string) =>
      [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map(([, code]) => code!);
    blocks = blocksOf("python");
    queries = blocksOf("sql").flatMap((code) => code.trim().split("\n"));
  }, 60_000);

  afterAll(async () => {
    await other?.remove();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const blockWith = (word: string) => {
    const found = blocks.filter((code) => code.includes(word));
    expect(found).toHaveLength(1);
    return found[0]!;
  };
  const run = (context: TestContext, code: string, env: NodeJS.ProcessEnv = {}, at = uri) =>
    runMlflow(mlflowPython(context), ["-c", code], { uri: at, cwd: folder, env });

  it("makes an experiment of a table, equal to what the run says", { timeout: 300_000 }, async (context) => {
    await run(context, blockWith("log_table"));
    const [experiment, ...others] = await experimentsOf(store, "flowers");
    expect(others).toEqual([]);
    expect(experiment).toMatchObject({ kind: "classification", testSetSize: 38, samples: 38 });
    expect(experiment!.scores["accuracy"]).toBeGreaterThan(0.9);
    expect(experiment!.modelParameters).toMatchObject({
      C: 1,
      max_iter: 500,
      fit_intercept: true,
      tol: 0.0001,
    });
    const tags = (await run(context, tagsOf)).trim().split("\n");
    expect(JSON.parse(tags[0]!)).toEqual({
      "ml_tracking.table.predictions.json": `experiment ${experiment!.predictionId}`,
    });
  });

  it("refuses what can be read in two ways, says so, and takes the tag that decides", {
    timeout: 300_000,
  }, async (context) => {
    const code = `
import json, mlflow
from mlflow import MlflowClient
mlflow.set_experiment("odd tables")
with mlflow.start_run(run_name="odd") as run:
    mlflow.log_table({"y_true": list(range(30)), "y_pred": list(range(30))}, "counts.json")
    mlflow.log_table({"label": [0, 1, 1], "prediction": [0.2, 0.9, 0.7]}, "chances.json")
    mlflow.log_table({"label": [0, 1], "target": [0, 1], "prediction": [0, 1]}, "two.json")
    mlflow.log_table({"prompt": ["a", "b"], "output": ["c", "d"]}, "other.json")
    mlflow.log_table({"label": ["a", "b"], "prediction": ["a", "a"], "image": [{"type": "image"}, [1]]}, "nested.json")
tags = lambda: {key.split(".", 2)[2]: text for key, text in MlflowClient().get_run(run.info.run_id).data.tags.items() if ".table." in key}
before = tags()
MlflowClient().set_tag(run.info.run_id, "ml_tracking.kind", "regression")
after = tags()
MlflowClient().log_table(run.info.run_id, {"y_true": [99], "y_pred": [98]}, "counts.json")
print(json.dumps([before, after, tags()]))
`;
    const [before, after, more] = JSON.parse(await run(context, code)) as Record<string, string>[];
    expect(before).toEqual({
      "counts.json": expect.stringContaining("30 whole numbers are classes or amounts"),
      "chances.json": expect.stringContaining("log the predicted classes as y_pred"),
      "two.json": expect.stringContaining("label and target could each be the column"),
      "nested.json": expect.stringMatching(/^experiment /),
    });
    expect(after!["counts.json"]).toMatch(/^experiment /);
    expect(after!["chances.json"]).toMatch(/^experiment /);
    expect(after!["nested.json"]).toBe(before!["nested.json"]);
    // More rows are another experiment.
    expect(more!["counts.json"]).toMatch(/^experiment /);
    expect(more!["counts.json"]).not.toBe(after!["counts.json"]);
    const kinds = (await experimentsOf(store, "odd tables")).map(({ kind, samples }) => `${kind} ${samples}`);
    expect(kinds.sort()).toEqual(["classification 2", "regression 3", "regression 30", "regression 31"]);
  });

  it("copies what another server has, points and files and all", { timeout: 600_000 }, async (context) => {
    const python = mlflowPython(context);
    other = await startMlflowServer(python);
    const name = `old ${Date.now()}`;
    const made = `
import mlflow
mlflow.set_experiment("${name}")
with mlflow.start_run(run_name="parent"):
    mlflow.log_params({f"p{i}": i for i in range(150)})
    with mlflow.start_run(run_name="child", nested=True):
        for step in range(3): mlflow.log_metric("loss", 1 / (step + 1), step=step)
        mlflow.log_text("hello", "notes/a b.txt")
`;
    await run(context, made, {}, other.uri);
    const code = blockWith("OLD, NEW")
      .replace("http://127.0.0.1:5000", other.uri)
      .replace("http://127.0.0.1:7878", uri);
    await run(context, code);
    const seen = `
import json, mlflow
mlflow.set_experiment("${name}")
runs = mlflow.search_runs(output_format="list", order_by=["start_time"])
parent, child = runs
print(json.dumps([len(parent.data.params), child.data.tags["mlflow.parentRunId"] == parent.info.run_id, child.info.status,
    [point.value for point in mlflow.MlflowClient().get_metric_history(child.info.run_id, "loss")],
    mlflow.artifacts.load_text(f"runs:/{child.info.run_id}/notes/a b.txt")]))
`;
    expect(JSON.parse(await run(context, seen))).toEqual([150, true, "FINISHED", [1, 1 / 2, 1 / 3], "hello"]);
  });

  it("keeps the predictions of mlflow.models.evaluate, with this server and with none", {
    timeout: 600_000,
  }, async (context) => {
    const python = mlflowPython(context);
    const wheel = builtWheel(join(folder, "wheel"));
    const installed = join(folder, "installed");
    execFileSync(python, ["-m", "zipfile", "-e", wheel, installed]);
    const shown = "print(json.dumps([result.run_id, result.metrics]))";
    const code = `import json\n${blockWith("evaluators=").replace("mlflow.models.evaluate(", "result = mlflow.models.evaluate(")}\n${shown}`;
    const [, ours] = JSON.parse(await run(context, code, { PYTHONPATH: installed })) as [string, object];
    const direct = await temporaryFolder();
    const env = { PYTHONPATH: installed, ML_TRACKING_STORE: direct };
    const [, theirs] = JSON.parse(await run(context, code, env, other!.uri)) as [string, object];
    expect(ours).toEqual(theirs);
    const [here, ...others] = await experimentsOf(store, "tumours");
    const [there] = await experimentsOf(direct, "tumours");
    expect(others).toEqual([]);
    expect(here!.scores).toEqual(there!.scores);
    expect(here!.testSetDigest).toBe(there!.testSetDigest);
    expect(here!.model).toBe("LogisticRegression");
    expect(here!.runId).toMatch(/^[0-9a-z]{16}$/);
    expect(there!.extraParameters).toMatchObject({ mlflow_run_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(here!.scores["roc_auc"]).toBeGreaterThan(0.9);
    const named = Object.entries(here!.scores).map(([score, value]) => [`ml_tracking/${score}`, value]);
    expect(ours).toMatchObject(Object.fromEntries(named.filter(([, value]) => typeof value === "number")));

    const withSettings = (...configs: string[]) => `
import json, mlflow, pandas, numpy
mlflow.set_experiment("settings")
rng = numpy.random.default_rng(7)
truth = rng.choice(["benign", "malignant"], 90)
frame = pandas.DataFrame({"truth": truth, "said": numpy.where(rng.random(90) < 0.8, truth, "malignant"),
    "clinic": numpy.arange(90) % 15, "day": numpy.arange(90)})
for config in [${configs.join(", ")}]:
    with mlflow.start_run():
        try:
            print(json.dumps(mlflow.models.evaluate(data=frame, targets="truth", predictions="said", model_type="classifier",
                evaluators=["ml_tracking"], evaluator_config={"ml_tracking": config}).metrics))
        except ValueError as error:
            print(error)
`;
    const lines = async (configs: readonly string[], variables: NodeJS.ProcessEnv, at?: string) =>
      (await run(context, withSettings(...configs), variables, at)).trim().split("\n");
    const good = [
      `{"name": "by clinic", "labels": ("malignant", "benign"), "positive_label": numpy.str_("benign"), "group": "clinic"}`,
      `{"name": None, "order": "day"}`,
    ];
    const bad = [`{"project": "other"}`, `{"group": list(range(90))}`, `{"positive_label": "none"}`];
    const [found, inTime, ...reasons] = await lines([...good, ...bad], { PYTHONPATH: installed });
    expect([found, inTime]).toEqual(await lines(good, env, other!.uri));
    expect(reasons).toEqual([
      expect.stringContaining("'project', which ml-tracking's server does not take"),
      expect.stringContaining("'group' as values"),
      expect.stringContaining("positive_label"),
    ]);
    const kept = async (where: string) => {
      const records = await experimentsOf(where, "settings");
      return Promise.all(
        records.map(async ({ name, positiveLabel, scores, predictions }) => {
          const bytes = await readFile(join(where, predictions));
          const dependence = ["group", "order"].filter((by) => bytes.includes(`ml_tracking.${by}`));
          return { name, positiveLabel, scores, dependence };
        }),
      );
    };
    const mine = await kept(store);
    expect(mine).toMatchObject([
      { name: "by clinic", positiveLabel: "benign", dependence: ["group"] },
      { name: expect.not.stringMatching("clinic"), positiveLabel: "malignant", dependence: ["order"] },
    ]);
    const nameless = (all: typeof mine) => all.map((each) => ({ ...each, name: "" })); // runs are called by chance
    expect(nameless(mine)).toEqual(nameless(await kept(direct)));
    expect(JSON.parse(found!)).toMatchObject({ "ml_tracking/recall": mine[0]!.scores["recall"] });
  });

  it("has lines by which pandas and DuckDB read every run and point", {
    timeout: 120_000,
  }, async (context) => {
    const made = `
import mlflow
mlflow.set_experiment("flowers")
with mlflow.start_run():
    mlflow.log_metric("accuracy", 0.5, step=1)
    mlflow.log_metric("accuracy", 0.75, step=2)
`;
    await run(context, made);
    const count = `${blockWith("read_csv")}\nprint(len(runs), runs["status"].unique().tolist())`;
    const [, total] = /^(\d+) \['finished'\]\n$/.exec(await run(context, count)) ?? [];
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const rowsOf = async (sql: string) =>
      (await connection.runAndReadAll(sql.replaceAll("'ml-tracking/", `'${store}/`))).getRows();
    const everyRun = await rowsOf(queries[0]!);
    expect(everyRun).toHaveLength(Number(total));
    expect(everyRun.filter(([, , , accuracy]) => accuracy === "0.75")).toHaveLength(1);
    // A history is folded some seconds after the run's end.
    await expect
      .poll(() => rowsOf(queries[1]!), { timeout: 60_000, interval: 500 })
      .toEqual([
        ["accuracy", 1n, 0.5],
        ["accuracy", 2n, 0.75],
      ]);
    connection.closeSync();
  });
});

async function experimentsOf(address: string, project: string) {
  const found: ExperimentRecord[] = [];
  const refuse = (problem: unknown) => {
    throw new Error(String(problem));
  };
  for await (const record of logRecords(openStore(address), project, refuse)) found.push(record);
  return found;
}
