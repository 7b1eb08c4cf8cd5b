import { expect, it } from "vitest";

import { openMlflow } from "../../src/mlflow/open-mlflow.js";
import { openStore } from "../../src/store/open-store.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const given = { artifactLocation: undefined, tags: {} };

it("experiments that are made at once are each their own, and of one name there is one", async () => {
  const mlflow = openMlflow(openStore(await temporaryFolder()), { notice: () => {}, author: "ada" });
  await mlflow.ready();
  const names = ["a_x", "a-x", "a/x", "b"];
  const made = await Promise.all(names.map((name) => mlflow.experiments.create(name, given)));
  expect(new Set(made.map(({ id }) => id)).size).toBe(names.length);
  expect(new Set(made.map(({ project }) => project.toLowerCase())).size).toBe(names.length);
  await mlflow.refresh();
  for (const [i, name] of names.entries()) expect(mlflow.experiments.named(name)?.id).toBe(made[i]!.id);

  const twice = await Promise.allSettled(
    ["c", "c", "c"].map((name) => mlflow.experiments.create(name, given)),
  );
  expect(twice.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
  await mlflow.close();
});
