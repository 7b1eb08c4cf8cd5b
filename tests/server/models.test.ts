import { describe, expect, it } from "vitest";

import { mlflowWire, registerPets } from "../support/models-by-wire.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { expectError, expectSafeHeaders } from "./checks.js";
import { documented } from "./documented.js";
import { apiPath, ask, startServer } from "./running-server.js";

const post = (body: object): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

describe("registered models", () => {
  it("are answered with their versions, runs, experiments and what these are compared with", async () => {
    const { address, root, defects } = await startServer();
    expect((await ask(address, "/api/models")).json).toEqual({ models: [] });
    const made = await registerPets(address, root, [0.9, 0.6, undefined]);
    const { expectAsDocumented } = await documented(address);
    const list = await ask(address, "/api/models");
    expectAsDocumented("/api/models", list);
    expectSafeHeaders(list);
    expect(list.json.models).toMatchObject([
      { name: "pets", tags: { team: "vision" }, aliases: [], versions: 3, newest: { version: 3 } },
    ]);
    const model = await ask(address, "/api/models/pets");
    expectAsDocumented("/api/models/{name}", model);
    const [third, second, first] = model.json.versions;
    expect(third).toMatchObject({
      version: 3,
      stage: "None",
      run: { run_id: made[2]!.runId, project: "pets", title: "fit 3" },
      experiment: null,
      compared_with: { version: 2, alias: null, prediction_id: made[1]!.predictionId },
    });
    expect(second).toMatchObject({
      model_id: made[1]!.modelId,
      source: `models:/${made[1]!.modelId}`,
      experiment: { prediction_id: made[1]!.predictionId, title: "evaluation 2", score: "f1_macro" },
    });
    expect(second.experiment.value).toBeCloseTo(0.6, 5);
    expect(first.compared_with).toBeNull();

    await ask(address, "/api/models/pets/aliases", post({ alias: "champion", version: 1 }));
    const after = (await ask(address, "/api/models/pets")).json.versions;
    expect(after.map((each: { compared_with: unknown }) => each.compared_with)).toEqual([
      { version: 1, alias: "champion", prediction_id: made[0]!.predictionId },
      { version: 1, alias: "champion", prediction_id: made[0]!.predictionId },
      null,
    ]);
    // What the version is compared with is judged where any two experiments are.
    const pair = { a: after[1].compared_with.prediction_id, b: after[1].experiment.prediction_id };
    expect((await ask(address, apiPath(["comparison"], pair))).json.verdict).toBe("worse");

    await ask(address, "/api/annotations", post({ prediction_ids: [pair.b], deleted: true }));
    expect((await ask(address, "/api/models/pets")).json.versions[1].experiment).toBeNull();
    expect(defects).toEqual([]);
  });

  it("come in pages of versions, also the page that has a version", async () => {
    const { address, root } = await startServer();
    await registerPets(address, root, [undefined, undefined, undefined, undefined, undefined]);
    const page = async (query: Record<string, number>) => {
      const { json } = await ask(address, apiPath(["models", "pets"], query));
      return [json.offset, json.total, json.versions.map(({ version }: { version: number }) => version)];
    };
    expect(await page({ limit: 2 })).toEqual([0, 5, [5, 4]]);
    expect(await page({ limit: 2, offset: 2 })).toEqual([2, 5, [3, 2]]);
    expect(await page({ limit: 2, version: 1 })).toEqual([4, 5, [1]]);
    expectError(await ask(address, "/api/models/pets?version=9"), 404, "NOT_FOUND");
    expectError(await ask(address, "/api/models/birds"), 404, "NOT_FOUND");
    expectError(await ask(address, "/api/models/pets?page=1"), 400, "INVALID_ARGUMENT");
  });

  it("are described, tagged and gated, and MLflow's clients see it at once", async () => {
    const { address, root } = await startServer();
    await registerPets(address, root, [undefined]);
    const changed = await ask(
      address,
      "/api/models/pets",
      post({ description: "new", add_tags: { a: "1" }, remove_tags: ["team"], gated_aliases: ["champion"] }),
    );
    expect(changed.status, changed.text).toBe(200);
    expect(changed.json).toMatchObject({ description: "new", tags: { a: "1" }, gated_aliases: ["champion"] });
    await ask(address, "/api/models/pets/versions/1", post({ description: "first", add_tags: { b: "2" } }));
    const wired = await ask(address, "/api/2.0/mlflow/registered-models/get?name=pets");
    expect(wired.json.registered_model).toMatchObject({
      description: "new",
      tags: [
        { key: "a", value: "1" },
        { key: "ml_tracking.gate", value: "champion" },
      ],
      latest_versions: [{ description: "first", tags: [{ key: "b", value: "2" }] }],
    });
    await ask(address, "/api/models/pets", post({ gated_aliases: [] }));
    const again = (await ask(address, "/api/models/pets")).json;
    expect(again).toMatchObject({ description: "new", tags: { a: "1" }, gated_aliases: [] });
    expect(again.versions[0]).toMatchObject({ description: "first", tags: { b: "2" } });
  });

  it("refuse by the gate's sentence to give a gated alias to a worse version", async () => {
    const { address, root } = await startServer();
    await registerPets(address, root, [0.9, 0.6, 0.95]);
    await ask(address, "/api/models/pets", post({ gated_aliases: ["champion"] }));
    const give = (version: number | null) =>
      ask(address, "/api/models/pets/aliases", post({ alias: "champion", version }));
    expect((await give(1)).json.aliases).toEqual([{ alias: "champion", version: 1 }]);
    const refused = await give(2);
    expectError(refused, 400, "INVALID_ARGUMENT");
    expect(refused.json.error.message).toMatch(
      /^The alias 'champion' of 'pets' stays at version 1 and does not go to version 2: .*ml_tracking\.gate/s,
    );
    expect((await give(3)).json.aliases).toEqual([{ alias: "champion", version: 3 }]);
    expect((await give(null)).json.aliases).toEqual([]);
    expectError(await give(9), 404, "NOT_FOUND");
    const latest = await ask(address, "/api/models/pets/aliases", post({ alias: "latest", version: 1 }));
    expectError(latest, 400, "INVALID_ARGUMENT");
  });

  it("are not changed through a dashboard that only reads", async () => {
    const root = await temporaryFolder();
    const first = await startServer(root);
    await registerPets(first.address, root, [undefined]);
    const { address } = await startServer(root, { readOnly: true });
    expect((await ask(address, "/api/models")).json.models).toHaveLength(1);
    for (const [path, body] of [
      ["/api/models/pets", { description: "x" }],
      ["/api/models/pets/versions/1", { description: "x" }],
      ["/api/models/pets/aliases", { alias: "a", version: 1 }],
    ] as const) {
      expectError(await ask(address, path, post(body)), 403, "FORBIDDEN");
    }
  });
});

describe("what MLflow's clients log", () => {
  it("is found from the run: its models, where they are registered, and their files", async () => {
    const { address, root } = await startServer();
    const [made] = await registerPets(address, root, [undefined]);
    const { runId, modelId } = made!;
    const { experiment_id: id } = (
      await ask(address, "/api/2.0/mlflow/experiments/get-by-name?experiment_name=pets")
    ).json.experiment;
    const files = `/api/2.0/mlflow-artifacts/artifacts/${id}/models/${modelId}/artifacts`;
    await ask(address, `${files}/sub/MLmodel`, { method: "PUT", body: "flavors:" });
    const { expectAsDocumented } = await documented(address);
    const models = await ask(address, `/api/runs/${runId}/models`);
    expectAsDocumented("/api/runs/{id}/models", models);
    expect(models.json.models).toMatchObject([
      {
        model_id: modelId,
        project: "pets",
        run_id: runId,
        name: "forest",
        type: "sklearn",
        status: "PENDING",
        parameters: { depth: "3" },
        registered_as: [{ name: "pets", version: 1 }],
        files: [{ path: "sub/MLmodel", bytes: 8 }],
      },
    ]);
    const one = await ask(address, `/api/logged-models/${modelId}`);
    expectAsDocumented("/api/logged-models/{id}", one);
    expect(one.json).toEqual(models.json.models[0]);
    const file = await ask(address, `/api/logged-models/${modelId}/files/sub/MLmodel`);
    expect([file.status, file.text]).toEqual([200, "flavors:"]);
    expect(file.headers.get("content-disposition")).toContain("attachment");
    expect(file.headers.get("content-security-policy")).toContain("sandbox");
    for (const path of ["none", "sub", "%2e%2e%2fx"]) {
      expectError(await ask(address, `/api/logged-models/${modelId}/files/${path}`), 404, "NOT_FOUND");
    }
    expectError(await ask(address, "/api/logged-models/m-0"), 404, "NOT_FOUND");
  });

  it("names the project of an experiment's number", async () => {
    const { address } = await startServer();
    const { experiment_id: id } = await mlflowWire(address)("POST experiments/create", { name: "My pets!" });
    const { expectAsDocumented } = await documented(address);
    const found = await ask(address, `/api/mlflow/experiments/${id}`);
    expectAsDocumented("/api/mlflow/experiments/{id}", found);
    expect(found.json).toMatchObject({ experiment_id: id, name: "My pets!" });
    expect(found.json.project).toMatch(/pets/);
    expectError(await ask(address, "/api/mlflow/experiments/77"), 404, "NOT_FOUND");
  });
});
