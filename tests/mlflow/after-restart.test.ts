import { join } from "node:path";
import { expect, it } from "vitest";

import { openMlflow } from "../../src/mlflow/open-mlflow.js";
import { openStore } from "../../src/store/open-store.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const day = 24 * 3600 * 1000;

it("a run that nobody ended, days ago, is found by what was logged to it after a restart", async () => {
  const folder = join(await temporaryFolder(), "store");
  const open = (now: number) =>
    openMlflow(openStore(folder), { notice: () => {}, author: "ada", now: () => new Date(now) });
  const start = Date.UTC(2026, 0, 1);
  const before = open(start);
  await before.ready();
  const experiment = before.experiments.get("0");
  const given = { name: "left", user: undefined, startTime: start, tags: {} };
  const run = await before.runs.create(experiment, given);
  await before.runs.log(run, {
    metrics: [0.5, 0.25].map((value) => ({ key: "m", value, timestamp: start, step: 1, context: undefined })),
    params: [["p", "v"]],
  });
  expect(run.metric("m")).toBe(0.5); // of one step and time the greatest counts
  await before.close();

  const after = open(start + 3 * day);
  await after.ready();
  const [found] = [...after.runs.ofExperiment("0")];
  expect([found?.name, found?.metric("m"), found?.param("p")]).toEqual(["left", 0.5, "v"]);
  await after.close();
});

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
