import { expect, it } from "vitest";
import { startServer } from "../server/running-server.js";
import { mlflowPython, runMlflow } from "../support/mlflow.js";
import { temporaryFolder } from "../support/temporary-folder.js";

it("takes traces without a word to the client, and parts of large files as whole ones", async (context) => {
  const python = mlflowPython(context);
  const notices: string[] = [];
  const server = await startServer(await temporaryFolder(), { onNotice: (text) => notices.push(text) });
  const printed = await runMlflow(python, ["tests/mlflow/uploads_and_traces.py"], { uri: server.address });
  const hint = expect.stringContaining("Falling back to proxied download") as string;
  expect(JSON.parse(printed)).toEqual({ traces: [], parts: [hint, hint], warned: [] });
  expect(notices).toEqual([
    "MLflow's client sends traces, which ml-tracking does not keep: they are dropped. Runs, metrics, parameters, tags and artifacts are kept.",
  ]);
  expect(server.defects).toEqual([]);
});
