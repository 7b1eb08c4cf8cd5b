import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { mlflowPython, runMlflow } from "../support/mlflow.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { rawRequest, request } from "./raw-request.js";
import { type Answer, ask, startServer } from "./running-server.js";

const token = "the-secret-token";
const wire = "/api/2.0/mlflow";
const json = { "Content-Type": "application/json" };

function post(address: string, path: string, body: object = {}, headers: Record<string, string> = {}) {
  const init = { method: "POST", headers: { ...json, ...headers }, body: JSON.stringify(body) };
  return ask(address, path, init);
}

function expectWireError(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.json?.error_code }, answer.text).toEqual({ status, code });
  expect(answer.headers.get("content-type")).toBe("application/json");
}

describe("the token of a server is asked of MLflow's clients", () => {
  const basic = (password: string) => `Basic ${Buffer.from(`anybody:${password}`).toString("base64")}`;

  it("as Bearer, or as a password with any name; nothing else lets them in", async () => {
    const { address } = await startServer(undefined, { token });
    const search = (authorization?: string, path = `${wire}/experiments/search`) =>
      post(address, path, { max_results: 5 }, authorization ? { Authorization: authorization } : {});
    for (const right of [`Bearer ${token}`, `bearer ${token}`, basic(token)]) {
      expect((await search(right)).status, right).toBe(200);
    }
    const wrong = [
      "Bearer wrong-token",
      basic("wrong"),
      basic(""),
      `Bearer ${token}x`,
      "Basic %%%",
      "Digest a=b",
      token,
    ];
    for (const given of [undefined, ...wrong]) {
      const answer = await search(given);
      expectWireError(answer, 401, "UNAUTHENTICATED");
      expect(answer.json.message).toContain("MLFLOW_TRACKING_TOKEN");
      expect(answer.headers.get("www-authenticate")).toMatch(/^Basic /);
    }
    expectWireError(
      await search(undefined, `${wire}/experiments/search?token=${token}`),
      401,
      "UNAUTHENTICATED",
    );
    for (const path of [
      "/api/2.0/mlflow-artifacts/artifacts/0/a",
      "/version",
      "/get-artifact?path=a&run_uuid=b",
      "/v1/traces",
      `${wire}/none`,
    ]) {
      expectWireError(await ask(address, path), 401, "UNAUTHENTICATED");
    }
  });

  it("who show what the server says of a wrong one", async (context) => {
    const python = mlflowPython(context);
    const { address } = await startServer(undefined, { token });
    const script = `
import os, mlflow
from mlflow import MlflowClient
for name, value in [("MLFLOW_TRACKING_TOKEN", "wrong"), ("MLFLOW_TRACKING_TOKEN", "${token}"), ("MLFLOW_TRACKING_PASSWORD", "wrong"), ("MLFLOW_TRACKING_PASSWORD", "${token}")]:
    os.environ.update({"MLFLOW_TRACKING_USERNAME": "me"} if "PASSWORD" in name else {}, **{name: value})
    try:
        print(MlflowClient().get_experiment("0").name)
    except mlflow.exceptions.MlflowException as error:
        print(error)
    del os.environ[name]`;
    const said = (await runMlflow(python, ["-c", script], { uri: address })).trim().split("\n");
    const refusal = expect.stringMatching(
      /UNAUTHENTICATED: this server asks for its token, which is not what was sent: set MLFLOW_TRACKING_TOKEN/,
    );
    expect(said).toEqual([refusal, "Default", refusal, "Default"]);
  });
});

describe("MLflow's routes refuse what a page of another site could send", () => {
  it("under another host, from another origin, or across sites, with or without the token", async () => {
    const { address, port } = await startServer(undefined, { token });
    const authorization = { Authorization: `Bearer ${token}` };
    for (const line of [
      `GET ${wire}/experiments/get?experiment_id=0 HTTP/1.1`,
      "GET /health HTTP/1.1",
      "GET /ajax-api/2.0/mlflow/experiments/search HTTP/1.1",
    ]) {
      const answer = await rawRequest(port, request(line, { Host: "evil.example", ...authorization }));
      expect([answer.status, answer.text], line).toEqual([
        403,
        "Invalid Host header - possible DNS rebinding attack detected",
      ]);
    }
    const foreign = [
      { Origin: "http://evil.example" },
      { Origin: "null" },
      { Origin: `http://127.0.0.1.evil.example:${port}` },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
    ];
    for (const headers of foreign) {
      const answer = await post(
        address,
        `${wire}/runs/create`,
        { experiment_id: "0" },
        { ...authorization, ...headers },
      );
      expect([answer.status, answer.text], JSON.stringify(headers)).toEqual([
        403,
        "Cross-origin request blocked",
      ]);
    }
    const own = await post(address, `${wire}/experiments/search`, {}, { ...authorization, Origin: address });
    expect(own.status).toBe(200);
    expect(own.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("a server that only reads", () => {
  it("refuses every write of MLflow's clients, writes nothing, and answers searches by POST", async () => {
    const root = await temporaryFolder();
    const { address } = await startServer(root, { readOnly: true });
    const writes = [
      "experiments/create",
      "experiments/delete",
      "experiments/set-experiment-tag",
      "runs/create",
      "runs/update",
      "runs/log-metric",
      "runs/log-batch",
      "runs/log-parameter",
      "runs/set-tag",
      "runs/delete",
      "runs/log-inputs",
      "runs/outputs",
      "runs/log-model",
      "logged-models",
      "registered-models/create",
      "registered-models/rename",
      "model-versions/create",
      "runs/create?/search",
      "runs/create/search",
    ];
    for (const route of writes)
      expectWireError(await post(address, `${wire}/${route}`), 403, "PERMISSION_DENIED");
    for (const [method, path] of [
      ["PUT", "/api/2.0/mlflow-artifacts/artifacts/0/run/artifacts/a.txt"],
      ["DELETE", "/api/2.0/mlflow-artifacts/artifacts/0/run/artifacts/a.txt"],
      ["PATCH", `${wire}/logged-models/m-1`],
      ["DELETE", `${wire}/registered-models/delete`],
      ["PATCH", `${wire}/registered-models/update`],
      ["POST", "/v1/traces"],
      ["POST", "/ajax-api/2.0/mlflow/upload-artifact?run_uuid=a&path=b"],
    ] as const) {
      expectWireError(
        await ask(address, path, { method, headers: json, body: "{}" }),
        403,
        "PERMISSION_DENIED",
      );
    }
    expect(await readdir(root)).toEqual([]);
    for (const route of ["experiments/search", "runs/search", "logged-models/search"]) {
      expect((await post(address, `${wire}/${route}`, { experiment_ids: ["0"] })).status, route).toBe(200);
    }
    expect(
      (await post(address, `${wire}/experiments/search-datasets`, { experiment_ids: ["0"] })).status,
    ).toBe(200);
    expectWireError(
      await post(address, `${wire}/registered-models/get-latest-versions`, { name: "none" }),
      404,
      "RESOURCE_DOES_NOT_EXIST",
    );
  });
});

describe("what MLflow's clients never send is answered in JSON, and harms nothing", () => {
  it("an unknown route, with any method", async () => {
    const { address, defects } = await startServer();
    const paths = [
      `${wire}/none`,
      `${wire}/runs/none`,
      `${wire}/`,
      "/api/2.0/none",
      "/api/3.0/mlflow/none",
      "/ajax-api/2.0/mlflow/none",
    ];
    for (const path of paths) {
      for (const method of ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
        const init = { method, headers: json, ...(method === "GET" ? {} : { body: "{}" }) };
        expectWireError(await ask(address, path, init), 404, "ENDPOINT_NOT_FOUND");
      }
    }
    expectWireError(await ask(address, `${wire}/runs/create`), 404, "ENDPOINT_NOT_FOUND");
    expect(defects).toEqual([]);
  });

  it("a body that is too large, of another type, no JSON, or nested a million times", async () => {
    const { address, defects } = await startServer();
    const create = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) =>
      ask(address, `${wire}/experiments/create`, { method: "POST", body, headers });
    const large = await create(new Uint8Array(41 * 2 ** 20).fill(32));
    expectWireError(large, 400, "INVALID_PARAMETER_VALUE");
    expect(large.json.message).toContain("41943040 bytes");
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=a",
      "application/jsonp",
    ]) {
      const answer = await create('{"name":"x"}', { "Content-Type": type });
      expectWireError(answer, 400, "INVALID_PARAMETER_VALUE");
      expect(answer.json.message).toContain("Content-Type must be one of ['application/json']");
    }
    expect(
      (await create('{"name":"typed"}', { "Content-Type": "application/json; charset=utf-8" })).status,
    ).toBe(200);
    for (const body of ["", "no JSON", "[]", "null", '"name"', '{"name":', `{"name":${"[".repeat(1e6)}`]) {
      expectWireError(await create(body), 400, "INVALID_PARAMETER_VALUE");
    }
    expect(defects).toEqual([]);
  });

  it("a hostile path", async () => {
    const root = join(await temporaryFolder(), "store");
    const { address, port, defects } = await startServer(root);
    const created = await post(address, `${wire}/runs/create`, { experiment_id: "0" });
    const { run_id: run, experiment_id: experiment } = created.json.run.info;
    const climbing = [
      "../../../../x",
      "..%2f..%2f..%2f..%2fx",
      "%2e%2e/%2e%2e/%2e%2e/x",
      "a/../../../../x",
      "..\\..\\x",
      "%00",
      "%ff",
      "a%0Ab",
      "/etc/passwd",
      "C:%5Cx",
      "%E0%A4%A",
    ];
    const base = `/api/2.0/mlflow-artifacts/artifacts/${experiment}/${run}/artifacts`;
    for (const path of climbing) {
      for (const method of ["GET", "PUT", "DELETE"]) {
        const line = `${method} ${base}/${path} HTTP/1.1`;
        const answer = await rawRequest(
          port,
          `${request(line, { Host: "localhost", "Content-Length": "1" })}x`,
        );
        const isHarmless = (answer.status >= 400 && answer.status < 500) || answer.status === 200;
        expect(isHarmless, `${line}: ${answer.status} ${answer.text}`).toBe(true);
        expect(answer.text).not.toContain("root:");
      }
      const listed = await ask(address, `${wire}/artifacts/list?run_id=${run}&path=${path}`);
      expect(listed.status, path).toBeLessThan(500);
    }
    expect(await readdir(join(root, ".."))).toEqual(["store"]);
    for (const name of ["../../x", "..", "__proto__", "con", "a\u0000b", "\u202etxt", "x".repeat(500)]) {
      const { status } = await post(address, `${wire}/experiments/create`, { name });
      expect(status, name).toBeLessThan(500);
    }
    const odd = {
      run_id: run,
      metrics: [{ key: "__proto__", value: 1, timestamp: 1, step: 0 }],
      params: [{ key: "constructor", value: "v" }],
      tags: [{ key: "__proto__", value: "t" }],
    };
    expect((await post(address, `${wire}/runs/log-batch`, odd)).status).toBe(200);
    const { data } = (await ask(address, `${wire}/runs/get?run_id=${run}`)).json.run;
    expect(data.metrics).toMatchObject([{ key: "__proto__", value: 1 }]);
    expect(data.params).toEqual([{ key: "constructor", value: "v" }]);
    expect(data.tags).toContainEqual({ key: "__proto__", value: "t" });
    expect(await readdir(join(root, ".."))).toEqual(["store"]);
    expect(defects).toEqual([]);
  });
});
