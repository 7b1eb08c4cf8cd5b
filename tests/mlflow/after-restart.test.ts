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
