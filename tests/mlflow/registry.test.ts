import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { startServer } from "../server/running-server.js";
import { mlflowPython, runMlflow } from "../support/mlflow.js";

/** What MLflow's own server answers; registry.py says how it was made. */
const golden = new URL("registry.json", import.meta.url);

it("answers every call about models, versions, aliases, stages and prompts as MLflow's server does", async (context) => {
  const python = mlflowPython(context);
  const server = await startServer();
  const printed = await runMlflow(python, ["tests/mlflow/registry.py"], { uri: server.address });
  const { found, own } = JSON.parse(printed) as Record<"found" | "own", Record<string, unknown>>;
  expect(found).toEqual(JSON.parse(await readFile(golden, "utf8")));
  const invalid = "INVALID_PARAMETER_VALUE";
  expect(own).toEqual({
    archive: [invalid, `${invalid}: Model version transition cannot arc`],
    "no logged model": [invalid, `${invalid}: Invalid model version source: 'mode`],
    "another value": [invalid, `${invalid}: Changing param values is not allowe`],
    "unknown attribute": [invalid, ""],
    "logged on data": [["first"], ["second"], ["first"]],
    ready: [
      ["first", "gpt"],
      ["unnamed", "second"],
    ],
  });
  expect(server.defects).toEqual([]);
});
