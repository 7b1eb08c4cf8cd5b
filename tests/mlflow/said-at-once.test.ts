import { join } from "node:path";
import { expect, it } from "vitest";

import { openMlflow } from "../../src/mlflow/open-mlflow.js";
import { openStore } from "../../src/store/open-store.js";
import { startServer } from "../server/running-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { callWire } from "./wire.js";

it("what several say of a run at the same moment is all in its row", async () => {
  const folder = join(await temporaryFolder(), "store");
  const now = () => new Date(Date.UTC(2026, 0, 1)); // a clock that stands still, as within a millisecond
  const before = openMlflow(openStore(folder), { notice: () => {}, author: "ada", now });
  await before.ready();
  const experiment = before.experiments.get("0");
  const run = await before.runs.create(experiment, {
    name: "a",
    user: undefined,
    startTime: undefined,
    tags: {},
  });
  await Promise.all([
    before.runs.update(run, { status: "FINISHED", endTime: undefined, name: undefined }),
    before.runs.update(run, { status: undefined, endTime: undefined, name: "b" }),
    before.runs.log(run, { tags: [["mlflow.runName", "c"]] }),
  ]);
  // As after a kill: nothing is settled.
  const after = openMlflow(openStore(folder), { notice: () => {}, author: "ada", now });
  await after.ready();
  const [found] = [...after.runs.ofExperiment("0")];
  expect([found?.record.status, found?.name]).toEqual(["finished", run.name]);
  await after.close();
  await before.close();
});

it("a parameter that two calls give is there when the first of them is answered", async () => {
  const folder = join(await temporaryFolder(), "store");
  const store = openStore(folder);
  const mlflow = openMlflow(store, { notice: () => {}, author: "ada" });
  await mlflow.ready();
  const experiment = mlflow.experiments.get("0");
  const run = await mlflow.runs.create(experiment, {
    name: "a",
    user: undefined,
    startTime: undefined,
    tags: {},
  });
  const logged = () => mlflow.runs.log(run, { params: [["p", "v"]] });
  await Promise.race([logged(), logged()]);
  const other = openMlflow(openStore(folder), { notice: () => {}, author: "ada" });
  await other.ready();
  expect((await other.runs.fresh(run.record.runId)).param("p")).toBe("v");
  await other.close();
  await mlflow.close();
});

it("tags of an experiment that many set at once are all there", async () => {
  const { address } = await startServer();
  const { experiment_id: id } = await callWire(address, "POST experiments/create", { name: "tagged" });
  const keys = Array.from({ length: 20 }, (_, i) => `key ${i}`);
  const set = (key: string) =>
    callWire(address, "POST experiments/set-experiment-tag", { experiment_id: id, key, value: "v" });
  await Promise.all(keys.map(set));
  const { experiment } = await callWire(address, "GET experiments/get", { experiment_id: id });
  expect(experiment.tags.map(({ key }: { key: string }) => key).toSorted()).toEqual(keys.toSorted());
});
