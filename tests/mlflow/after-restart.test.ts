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

it("an experiment has a project of its own, whatever it and others were called", async () => {
  const mlflow = openMlflow(openStore(join(await temporaryFolder(), "store")), {
    notice: () => {},
    author: "ada",
  });
  await mlflow.ready();
  const create = async (name: string) => {
    const made = await mlflow.experiments.create(name, { artifactLocation: undefined, tags: {} });
    await mlflow.refresh(); // as others' servers see it
    expect([name, mlflow.experiments.named(name)?.id]).toEqual([name, made.id]);
    return made;
  };
  // Devices of Windows, names of one project, names that are no folder's.
  for (const name of ["con", "aux.v1", "nul", "a:b", "a/b", "a-b", "..", "v1.", "🙂"]) await create(name);
  expect((await create("my_exp")).project).toBe("my-exp");
  const first = await create("A");
  await mlflow.experiments.change(first.id, () => ({ name: "B" }));
  const second = await create("A");
  await mlflow.experiments.change(second.id, () => ({ name: "C" }));
  const third = await create("A");
  const projects = mlflow.experiments.all().map(({ project }) => project.toLowerCase());
  expect(new Set(projects).size).toBe(projects.length);
  expect(["B", "C", "A"].map((name) => mlflow.experiments.named(name)?.id)).toEqual([
    first.id,
    second.id,
    third.id,
  ]);
  await mlflow.close();
});
