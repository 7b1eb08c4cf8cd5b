import { appendFile, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compactStore } from "../../src/maintenance/compact-store.js";
import { copyStore } from "../../src/maintenance/copy-store.js";
import { purgeRuns } from "../../src/maintenance/purge-runs.js";
import { purgeTrash } from "../../src/maintenance/purge-trash.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { documentIn, documentLog, documentLogs } from "../../src/mlflow/document-log.js";
import { openStore } from "../../src/store/open-store.js";
import { logLines } from "../../src/tracking-log/read-log.js";
import { ask, type Json, startServer, type TestServer } from "../server/running-server.js";
import { projectRoot } from "../support/built-package.js";
import { temporaryFolder } from "../support/temporary-folder.js";

async function call(server: TestServer, method: string, path: string, body?: Json): Promise<Json> {
  const headers = { "content-type": "application/json" };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  const answer = await ask(server.address, `/api/2.0/mlflow/${path}`, init);
  expect([path, answer.status, answer.text]).toEqual([path, 200, answer.text]);
  return answer.json;
}

const post = (server: TestServer, path: string, body: Json) => call(server, "POST", path, body);

interface Logged {
  server: TestServer;
  experiment: string;
  run: string;
  model: string;
  artifact: string;
}

/** A run that logged a model on a data set, which was registered and got an alias. */
async function logModel(root?: string): Promise<Logged> {
  const server = await startServer(root);
  const given = {
    name: "pets",
    artifact_location: "mlflow-artifacts:/pets",
    tags: [{ key: "a", value: "b" }],
  };
  const { experiment_id: experiment } = await post(server, "experiments/create", given);
  const made = await post(server, "runs/create", { experiment_id: experiment, start_time: 1 });
  const run = made.run.info.run_id as string;
  const created = await post(server, "logged-models", {
    experiment_id: experiment,
    name: "tree",
    source_run_id: run,
    params: [{ key: "depth", value: "3" }],
  });
  const model = created.model.info.model_id as string;
  const metric = { key: "acc", value: 0.5, step: 1, timestamp: 5, model_id: model };
  await post(server, "runs/log-metric", {
    ...metric,
    run_id: run,
    dataset_name: "test",
    dataset_digest: "d1",
  });
  const artifact = `/api/2.0/mlflow-artifacts/artifacts/pets/models/${model}/artifacts/model.pkl`;
  expect((await ask(server.address, artifact, { method: "PUT", body: "weights" })).status).toBe(200);
  await call(server, "PATCH", `logged-models/${model}`, { model_id: model, status: "LOGGED_MODEL_READY" });
  await post(server, "registered-models/create", { name: "tree", description: "Of pets" });
  await post(server, "model-versions/create", { name: "tree", source: `models:/${model}`, model_id: model });
  await post(server, "model-versions/create", { name: "tree", source: `runs:/${run}/tree`, run_id: run });
  await post(server, "registered-models/alias", { name: "tree", alias: "champion", version: "1" });
  return { server, experiment, run, model, artifact };
}

const asked = ({ experiment, model }: Logged) => [
  `experiments/get?experiment_id=${experiment}`,
  `logged-models/${model}`,
  "registered-models/search",
  "model-versions/search",
  "registered-models/alias?name=tree&alias=champion",
];

const answers = (server: TestServer, logged: Logged) =>
  Promise.all(asked(logged).map((path) => call(server, "GET", path)));

it("docs/file-format.md lists the columns and members of every document, and none that is not there", async () => {
  const logged = await logModel();
  const { server } = logged;
  // So that each has a row that says that it was deleted.
  await call(server, "DELETE", "registered-models/alias", { name: "tree", alias: "champion" });
  await call(server, "DELETE", "model-versions/delete", { name: "tree", version: "1" });
  await call(server, "DELETE", "registered-models/delete", { name: "tree" });
  await call(server, "DELETE", `logged-models/${logged.model}`);

  const found = new Map<string, Set<string>>();
  const take = (thing: string, names: Iterable<string>) => {
    found.set(thing, new Set([...(found.get(thing) ?? []), ...names]));
  };
  const things = { model: "a registered model", version: "a version", alias: "an alias" };
  for (const name of documentLogs) {
    for await (const line of logLines(openStore(server.root), name, documentLog)) {
      if (!("cells" in line)) throw new Error(line.broken);
      const document = documentIn(line.cells)!;
      const id = line.cells.get("id")!;
      take("column of documents", line.cells.keys());
      if (name === "experiments") take("member of an experiment", Object.keys(document));
      else if (name === "registry") {
        const thing = things[id.split(":", 1)[0] as keyof typeof things];
        take(`member of ${thing}`, Object.keys(document));
      } else {
        take("member of a logged model", Object.keys(document));
        for (const metric of document["metrics"] as Json[])
          take("member of such a metric", Object.keys(metric));
      }
    }
  }
  const text = await readFile(join(projectRoot, "docs/file-format.md"), "utf8");
  const section = text.split("\n## Experiments and models of MLflow\n")[1]!.split("\n## ")[0]!;
  const listed = [...section.matchAll(/^\| (.+?) \| meaning \|\n\| --- \| --- \|\n((?:\|.*\n)+)/gm)].map(
    ([, title, rows]) =>
      [title, new Set([...rows!.matchAll(/^\| (\w+) \|/gm)].map(([, name]) => name))] as const,
  );
  expect(new Map(listed)).toEqual(found);
});

it("experiments, models, versions and aliases are copied, verified and compacted with a store", async () => {
  const logged = await logModel();
  const before = await answers(logged.server, logged);
  await logged.server.close();
  const from = logged.server.root;
  const to = await temporaryFolder();
  expect(await verifyStore({ store: from })).toMatchObject({ findings: [] });
  expect(await copyStore({ from, to })).toMatchObject({ runs: 1, documents: 6, problems: [] });
  expect(await copyStore({ from, to })).toMatchObject({ runs: 0, documents: 0, bytes: 0, problems: [] });
  const copied = await startServer(to);
  expect(await answers(copied, logged)).toEqual(before);
  expect((await ask(copied.address, logged.artifact)).text).toBe("weights");
  // The numbers are taken there, too, and so is the name.
  const source = "s3://bucket/x";
  const third = await post(copied, "model-versions/create", { name: "tree", source });
  expect(third.model_version.version).toBe("3");
  const again = await ask(copied.address, "/api/2.0/mlflow/registered-models/create", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "tree" }),
  });
  expect(again.json.error_code).toBe("RESOURCE_ALREADY_EXISTS");

  // Of one project: its experiment and models, and nothing of the registry.
  const alone = await temporaryFolder();
  expect(await copyStore({ from, to: alone, project: "pets" })).toMatchObject({ documents: 2, problems: [] });
  expect((await readdir(join(alone, "mlflow"))).sort()).toEqual(["experiments", "logged-models"]);

  // Where the name is another model's, both stay as they are.
  const other = await startServer();
  await post(other, "registered-models/create", { name: "tree", description: "another" });
  const { problems, documents } = await copyStore({ from, to: other.root });
  expect([documents, problems.map(({ kind, project }) => [kind, project])]).toEqual([
    2,
    [["conflict", undefined]],
  ]);
  const { registered_models: models } = await call(other, "GET", "registered-models/search");
  expect(models).toMatchObject([{ name: "tree", description: "another" }]);

  // A line that a killed writer left.
  const [file] = await readdir(join(from, "mlflow/registry"));
  await appendFile(join(from, "mlflow/registry", file!), '2026-01-01T00:00:00.000Z,model:0,"{""na');
  const { findings } = await verifyStore({ store: from, repair: true });
  expect(findings).toMatchObject([
    { kind: "torn-line", project: undefined, path: `mlflow/registry/${file}`, repaired: true },
  ]);
  await appendFile(
    join(from, "mlflow/experiments", (await readdir(join(from, "mlflow/experiments")))[0]!),
    "2026-01-01T00:00:00.000Z,7,no JSON,1\n",
  );
  expect(await verifyStore({ store: from })).toMatchObject({
    findings: [{ kind: "unreadable-row", message: "the document of 7 is no JSON object" }],
  });
  // Rows of two copies lie in two files.
  await copyStore({ from: to, to: from });
  const folded = await compactStore({ store: from, graceSeconds: 0 });
  expect(folded.map(({ project }) => project)).toEqual(["pets", "mlflow/registry"]);
  const back = await startServer(from);
  expect((await call(back, "GET", "model-versions/get?name=tree&version=3")).model_version.source).toBe(
    source,
  );
  expect((await answers(back, logged)).slice(0, 2)).toEqual(before.slice(0, 2));
});

it("a model and its versions stay when the run that made them is in the trash, and when it is purged", async () => {
  const logged = await logModel();
  const { server, run } = logged;
  const before = await answers(server, logged);
  const stays = async (asks: TestServer) => {
    expect(await answers(asks, logged)).toEqual(before);
    expect((await ask(asks.address, logged.artifact)).text).toBe("weights");
    const found = await post(asks, "logged-models/search", {
      experiment_ids: [logged.experiment],
      filter: `source_run_id = '${run}'`,
    });
    expect(found.models).toHaveLength(1);
    const uri = await call(asks, "GET", "model-versions/get-download-uri?name=tree&version=1");
    expect(uri.artifact_uri).toBe(`mlflow-artifacts:/pets/models/${logged.model}/artifacts`);
  };
  await post(server, "runs/delete", { run_id: run });
  await stays(server);
  await server.close();
  expect(await purgeRuns({ store: server.root })).toMatchObject([{ runId: run }]);
  await purgeTrash({ store: server.root });
  const after = await startServer(server.root);
  await stays(after);
  expect((await ask(after.address, `/api/2.0/mlflow/runs/get?run_id=${run}`)).json.error_code).toBe(
    "RESOURCE_DOES_NOT_EXIST",
  );
  expect(await verifyStore({ store: server.root })).toMatchObject({ findings: [] });
});
