import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, type TestContext } from "vitest";

import { mlflowPython, runMlflow, startMlflowServer } from "../support/mlflow.js";
import { startOwnServer } from "../support/own-server.js";
import { wireErrors } from "./wire-errors.js";

/** What the scripts find that our server answers in another way, and why. */
const differences: Readonly<Record<string, string>> = {
  infinity: "MLflow's own server has the greatest number in place of an infinity",
  "odd name": "names are freer here: nothing on the disk is called by one",
  taken: "MLflow's own server has a code of its own for a rename to a name that is taken",
};

/** Both servers, started when the first test asks for them; they end with the file. */
let servers: Promise<{ own: string; mlflow: string }> | undefined;
const ending: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ending) await end();
});

async function start(context: Pick<TestContext, "skip">) {
  const python = mlflowPython(context);
  const store = await mkdtemp(join(tmpdir(), "ml-tracking-test-"));
  const [own, mlflow] = await Promise.all([startOwnServer(store), startMlflowServer(python)]);
  ending.push(
    () => own.end(),
    () => rm(store, { recursive: true, force: true }),
    mlflow.remove,
  );
  return { own: own.uri, mlflow: mlflow.uri };
}

/** What a script of this folder finds with each of the servers, without what may differ. */
async function findings(context: Pick<TestContext, "skip">, script: string, version: 2 | 3) {
  const { own, mlflow } = await (servers ??= start(context));
  const python = mlflowPython(context, version);
  const run = async (uri: string) => {
    const printed = await runMlflow(python, [join(import.meta.dirname, script)], { uri });
    const found = JSON.parse(printed.slice(printed.search(/^\{/m))) as object; // version 2 prints addresses of runs, too
    const told = Object.entries(found).filter(([name]) => !Object.hasOwn(differences, name));
    return Object.fromEntries(told) as Record<string, unknown>;
  };
  const [ours, theirs] = await Promise.all([run(own), run(mlflow)]);
  return { ours, theirs };
}

describe("MLflow's client finds with our server what it finds with MLflow's own", () => {
  it("when a script tracks by hand: runs, metrics, artifacts, data sets, searches, experiments, threads", async (context) => {
    const { ours, theirs } = await findings(context, "tracking.py", 3);
    expect(ours).toEqual(theirs);
    expect(ours["warned"]).toEqual([]);
  });

  it("when MLflow logs by itself: training, models, evaluation, system metrics", async (context) => {
    const { ours, theirs } = await findings(context, "battery.py", 3);
    expect(ours).toEqual(theirs);
    expect(Object.keys((ours["sklearn"] as { metrics: object }).metrics).length).toBeGreaterThan(5);
  });

  it("when the client is one of version 2", async (context) => {
    const { ours, theirs } = await findings(context, "second_version.py", 2);
    expect(ours).toEqual(theirs);
    expect(ours["version"]).toBe("2");
  });

  it("when a request is wrong: status and code of the error", async (context) => {
    const { own, mlflow } = await (servers ??= start(context));
    const [ours, theirs] = await Promise.all([wireErrors(own), wireErrors(mlflow)]);
    expect(ours.said).toEqual(theirs.said);
    for (const each of ours.saidHereAlone) expect(each).toMatch(/: 400 INVALID_PARAMETER_VALUE$/);
    for (const each of theirs.saidHereAlone) expect(each).toMatch(/: 200 $/);
  });
});
