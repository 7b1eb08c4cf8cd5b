import { expect, it } from "vitest";
import { ask, type Json, startServer, type TestServer } from "../server/running-server.js";

type Body = Record<string, unknown>;

async function call(server: TestServer, method: string, path: string, body?: Body): Promise<Json> {
  const init = { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answer = await ask(server.address, `/api/2.0/mlflow/${path}`, body ? init : { method });
  return { status: answer.status, ...answer.json };
}

const post = (server: TestServer, path: string, body: Body) => call(server, "POST", path, body);

it("lets two servers over one store write the registry at once, and neither undoes what the other did", async () => {
  const one = await startServer();
  const other = await startServer(one.root);
  const both = [one, other];
  await Promise.all(both.map((server) => call(server, "GET", "registered-models/search")));

  for (let i = 0; i < 5; i++) {
    const name = `model ${i}`;
    const made = await Promise.all(both.map((server) => post(server, "registered-models/create", { name })));
    expect(new Set(made.map(({ status }) => status))).toEqual(new Set([200, 400]));
    expect(made.find(({ status }) => status === 400).error_code).toBe("RESOURCE_ALREADY_EXISTS");
  }

  const source = "s3://bucket/model";
  const versions = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      post(both[i % 2]!, "model-versions/create", {
        name: "model 0",
        source,
        tags: [{ key: "n", value: `${i}` }],
      }),
    ),
  );
  const numbers = versions.map(({ model_version }) => Number(model_version.version)).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));

  // At the same time: aliases by both, tags and a description by one, versions by the other.
  const answers = await Promise.all([
    ...Array.from({ length: 10 }, (_, i) =>
      post(both[i % 2]!, "registered-models/alias", { name: "model 0", alias: `a${i}`, version: `${i + 1}` }),
    ),
    post(one, "registered-models/set-tag", { name: "model 0", key: "team", value: "x" }),
    call(one, "PATCH", "registered-models/update", { name: "model 0", description: "said" }),
    post(other, "model-versions/create", { name: "model 0", source }),
    post(other, "model-versions/transition-stage", { name: "model 0", version: "7", stage: "Production" }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const third = await startServer(one.root);
  const { registered_model: model } = await call(third, "GET", "registered-models/get?name=model%200");
  expect(model.aliases.map(({ alias }: Json) => alias).sort()).toEqual(
    Array.from({ length: 10 }, (_, i) => `a${i}`),
  );
  expect([model.tags, model.description]).toEqual([[{ key: "team", value: "x" }], "said"]);
  expect(model.latest_versions.map(({ version }: Json) => version)).toEqual(["7", "51"]);

  // Of two that want one name the first gets it, of two that give one alias the last one does.
  const renamed = await Promise.all([
    post(one, "registered-models/rename", { name: "model 1", new_name: "best" }),
    post(other, "registered-models/rename", { name: "model 2", new_name: "best" }),
  ]);
  expect(new Set(renamed.map(({ status }) => status))).toEqual(new Set([200, 400]));
  await Promise.all([
    post(one, "registered-models/alias", { name: "model 0", alias: "champion", version: "3" }),
    post(other, "registered-models/alias", { name: "model 0", alias: "champion", version: "4" }),
  ]);
  const fourth = await startServer(one.root);
  const { registered_models: models } = await call(fourth, "GET", "registered-models/search");
  const names = models.map(({ name }: Json) => name) as string[];
  expect(names.filter((name) => name === "best")).toEqual(["best"]);
  expect(names).toHaveLength(5);
  const held = await call(fourth, "GET", "registered-models/alias?name=model%200&alias=champion");
  expect(["3", "4"]).toContain(held.model_version.version);

  // A name that was given up is free; what was deleted leaves its numbers taken.
  await call(one, "DELETE", "registered-models/delete", { name: "model 3" });
  expect((await post(other, "registered-models/create", { name: "model 3" })).status).toBe(200);
  await call(one, "DELETE", "model-versions/delete", { name: "model 0", version: "51" });
  const next = await post(other, "model-versions/create", { name: "model 0", source });
  expect(next.model_version.version).toBe("52");
  expect(both.flatMap(({ defects }) => defects)).toEqual([]);
});
