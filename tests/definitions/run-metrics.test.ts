import { expect, it } from "vitest";

import { checkRunMetrics, startRun } from "../../src/index.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { judgeTables, tablesTag } from "../../src/mlflow/judged-tables.js";
import { openMlflow } from "../../src/mlflow/open-mlflow.js";
import { artifactFolder } from "../../src/run/artifact-path.js";
import { openStore } from "../../src/store/open-store.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const yTrue = ["no", "yes", "yes", "no", "yes"];
const yPred = ["yes", "yes", "yes", "no", "yes"];

it("holds the metrics of its run against an experiment, but for those of training data and of no score", async () => {
  const store = await temporaryFolder();
  const run = await startRun({ project: "pets", store, systemMetrics: false, console: false });
  run.log({ val_accuracy: 0.5, train_accuracy: 0.99, "train/f1": 1, f1: 0.8571428571428571, epoch: 3 });
  run.log({ val_accuracy: 0.8, recall: 0.123456, gpu_hours: 2, precision: Number.POSITIVE_INFINITY });
  const { parameters } = smallClassification(store);
  const { predictionId } = await run.logExperiment({ kind: "classification", parameters, yTrue, yPred });
  await run.finish();
  const found = await checkRunMetrics(predictionId, { store });
  expect(found.metrics.map(({ name, verdict }) => [name, verdict])).toEqual([
    ["val_accuracy", "matches"],
    ["f1", "matches"],
    ["recall", "cannot be had"],
    ["precision", "cannot be had"],
  ]);
  expect(found.summary).toBe(
    "of 4 metrics of the run 2 match the predictions, 2 cannot be had from these predictions: of other data, or of another model",
  );
  const alone = await logExperiment(smallClassification(store));
  await expect(checkRunMetrics(alone.predictionId, { store })).rejects.toThrow("belongs to no run");
});

it("holds the metrics of a weighted experiment against its weighted scores", async () => {
  const store = await temporaryFolder();
  const run = await startRun({ project: "pets", store, systemMetrics: false, console: false });
  run.log({ accuracy: 0.75, f1: 0.1 }); // 6 of 8 by weight
  const { parameters } = smallClassification(store);
  const { predictionId, scores } = await run.logExperiment({
    kind: "classification",
    parameters,
    yTrue,
    yPred,
    sampleWeight: [2, 1, 1, 1, 3],
  });
  await run.finish();
  expect(scores.accuracy).toBe(0.75);
  const { metrics } = await checkRunMetrics(predictionId, { store });
  expect(metrics.map(({ name, verdict }) => [name, verdict])).toEqual([
    ["accuracy", "matches"],
    ["f1", "cannot be had"],
  ]);
  expect(metrics[1]!.summary).toContain("without sample_weight");
});

it("says in a tag which metrics of an MLflow run its table does not give", async () => {
  const store = openStore(await temporaryFolder());
  const mlflow = openMlflow(store, { notice: () => {}, author: "ada" });
  await mlflow.ready();
  const given = { name: "a", user: undefined, startTime: undefined, tags: {} };
  const run = await mlflow.runs.create(mlflow.experiments.get("0"), given);
  const metric = (key: string, value: number) => ({ key, value, timestamp: 1, step: 0, context: undefined });
  const metrics = [
    metric("accuracy_score", 0.8),
    metric("recall_score", 0.75),
    metric("training_f1_score", 1),
  ];
  const tables = JSON.stringify(["a.json", "b.json"].map((path) => ({ path, type: "table" })));
  await mlflow.runs.log(run, { metrics, tags: [[tablesTag, tables]] });
  const write = (path: string, predicted: readonly string[]) => {
    const table = { columns: ["y_true", "y_pred"], data: yTrue.map((truth, i) => [truth, predicted[i]]) };
    const file = `${artifactFolder(run.record.project, run.record.runId)}/${path}`;
    return store.create(file, [new TextEncoder().encode(JSON.stringify(table))]);
  };
  await write("a.json", yPred);
  await write("b.json", ["yes", "yes", "yes", "no", "no"]);
  await judgeTables(mlflow, run);
  expect(run.tag("ml_tracking.table.a.json")).toMatch(/^experiment /);
  expect(run.tag("ml_tracking.metrics.a.json")).toMatch(
    /^reported recall_score = 0\.750 cannot be had from these predictions, unless it may be .* swapped/,
  );
  expect(run.tag("ml_tracking.metrics.b.json")).toMatch(
    /^reported accuracy_score = 0\.800 cannot be had .*; reported recall/,
  );
  await mlflow.close();
});
