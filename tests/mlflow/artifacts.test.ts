import { request as httpRequest } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, type TestContext } from "vitest";
import { everyPlace } from "../annotations/every-store.js";
import { rawRequest, request } from "../server/raw-request.js";
import { ask, type Json, startServer, type TestServer } from "../server/running-server.js";

const proxy = "/api/2.0/mlflow-artifacts/artifacts";

async function post(server: TestServer, path: string, body: Json): Promise<Json> {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  const answer = await ask(server.address, `/api/2.0/mlflow/${path}`, init);
  expect([path, answer.status, answer.text]).toEqual([path, 200, answer.text]);
  return answer.json;
}

interface Home {
  server: TestServer;
  experiment: string;
  run: string;
  model: string;
  /** Addresses below which the artifacts of the run and of the model lie. */
  ofRun: string;
  ofModel: string;
}

async function newRun(server: TestServer, name: string): Promise<Home> {
  const { experiment_id: experiment } = await post(server, "experiments/create", { name });
  const made = await post(server, "runs/create", { experiment_id: experiment, start_time: 1 });
  const { model } = await post(server, "logged-models", { experiment_id: experiment, name: "m" });
  const run = made.run.info.run_id as string;
  const id = model.info.model_id as string;
  const ofRun = `${proxy}/${experiment}/${run}/artifacts`;
  return {
    server,
    experiment,
    run,
    model: id,
    ofRun,
    ofModel: `${proxy}/${experiment}/models/${id}/artifacts`,
  };
}

const encoded = (path: string) => path.split("/").map(encodeURIComponent).join("/");

const put = (home: Home, path: string, body: string | Buffer<ArrayBuffer>, below = home.ofRun) =>
  ask(home.server.address, `${below}/${encoded(path)}`, { method: "PUT", body });

const get = (home: Home, path: string, headers: Record<string, string> = {}, below = home.ofRun) =>
  ask(home.server.address, `${below}/${encoded(path)}`, { headers });

async function list(home: Home, path: string, below = home.ofRun): Promise<Json> {
  const address = `${below.slice(proxy.length + 1)}${path === "" ? "" : `/${path}`}`;
  return (await ask(home.server.address, `${proxy}?path=${encodeURIComponent(address)}`)).json;
}

const places = everyPlace.filter(({ name }) => !name.includes("Google"));

describe.each(places)("MLflow's artifacts in $name", ({ name: place, newStore }) => {
  const isBucket = place !== "a folder";
  const start = async (context: TestContext) => startServer((await newStore(context)).address);

  it("have any name, and are listed, read, written over and removed by it", async (context) => {
    const home = await newRun(await start(context), "names");
    const names = [
      "a b.txt",
      "a+b.txt",
      "100%.txt",
      "a%20b",
      "c#d?e&f=g;h.txt",
      "ünï/çödé/日本.txt",
      "deep/er/empty",
      "2026-01-01T10:00.txt",
      "'q'.txt",
    ];
    for (const below of isBucket ? [home.ofRun] : [home.ofRun, home.ofModel]) {
      for (const name of names) {
        expect(await put(home, name, name === "deep/er/empty" ? "" : `of ${name}`, below)).toMatchObject({
          status: 200,
          text: "",
        });
      }
      for (const name of names) {
        const { status, text } = await get(home, name, {}, below);
        expect([name, status, text]).toEqual([name, 200, name === "deep/er/empty" ? "" : `of ${name}`]);
      }
      const { files } = await list(home, "", below);
      expect(files.map(({ path }: Json) => path)).toEqual(
        [...new Set(names.map((name) => name.split("/")[0]!))].sort(),
      );
      expect(files.find(({ path }: Json) => path === "deep")).toEqual({ path: "deep", is_dir: true });
      expect(files.find(({ path }: Json) => path === "a b.txt")).toEqual({
        path: "a b.txt",
        is_dir: false,
        file_size: 10,
      });
      expect(await list(home, "deep/er", below)).toEqual({
        files: [{ path: "empty", is_dir: false, file_size: 0 }],
      });
      expect([await list(home, "a b.txt", below), await list(home, "none", below)]).toEqual([{}, {}]);

      expect((await put(home, "a b.txt", "new", below)).status).toBe(200);
      expect((await get(home, "a b.txt", {}, below)).text).toBe("new");
      const remove = (path: string) =>
        ask(home.server.address, `${below}/${encoded(path)}`, { method: "DELETE" });
      expect([
        (await remove("ünï")).text,
        (await remove("a+b.txt")).text,
        (await remove("none")).text,
      ]).toEqual(["{}", "{}", "{}"]);
      expect([
        (await get(home, "ünï/çödé/日本.txt", {}, below)).status,
        (await get(home, "a+b.txt", {}, below)).status,
      ]).toEqual([404, 404]);
      expect((await get(home, "a%20b", {}, below)).text).toBe("of a%20b");
    }
    // By the run's own paths, and by the model's.
    const below = await ask(
      home.server.address,
      `/api/2.0/mlflow/artifacts/list?run_id=${home.run}&path=deep`,
    );
    expect(below.json).toEqual({
      root_uri: `mlflow-artifacts:/${home.experiment}/${home.run}/artifacts`,
      files: [{ path: "deep/er", is_dir: true }],
    });
    await put(home, "deep/er/x", "1", home.ofModel);
    const folders = `/api/2.0/mlflow/logged-models/${home.model}/artifacts/directories?artifact_directory_path=deep`;
    expect((await ask(home.server.address, folders)).json.files).toEqual([{ path: "deep/er", is_dir: true }]);
    expect(home.server.defects).toEqual([]);
  });

  it("are given in part, with a tag and only to be saved", async (context) => {
    const home = await newRun(await start(context), "ranges");
    await put(home, "digits.html", "0123456789");
    const whole = await get(home, "digits.html");
    expect(
      Object.fromEntries(
        ["content-type", "content-disposition", "accept-ranges", "x-content-type-options"].map((name) => [
          name,
          whole.headers.get(name),
        ]),
      ),
    ).toEqual({
      "content-type": "application/octet-stream",
      "content-disposition": "attachment; filename*=UTF-8''digits.html",
      "accept-ranges": "bytes",
      "x-content-type-options": "nosniff",
    });
    const part = async (range: string, more: Record<string, string> = {}) => {
      const { status, text, headers } = await get(home, "digits.html", { range, ...more });
      return [status, text, headers.get("content-range")];
    };
    expect(await part("bytes=2-4")).toEqual([206, "234", "bytes 2-4/10"]);
    expect(await part("bytes=7-")).toEqual([206, "789", "bytes 7-9/10"]);
    expect(await part("bytes=-3")).toEqual([206, "789", "bytes 7-9/10"]);
    expect(await part("bytes=5-99")).toEqual([206, "56789", "bytes 5-9/10"]);
    expect(await part("bytes=10-")).toEqual([416, "", "bytes */10"]);
    expect(await part("bytes=4-2")).toEqual([200, "0123456789", null]);
    expect(await part("bytes=0-1,4-5")).toEqual([200, "0123456789", null]);
    const tag = whole.headers.get("etag")!;
    expect(await part("bytes=2-4", { "if-range": tag })).toEqual([206, "234", "bytes 2-4/10"]);
    await put(home, "digits.html", "abcdefghij");
    expect(await part("bytes=2-4", { "if-range": tag })).toEqual([200, "abcdefghij", null]);
    const head = await ask(home.server.address, `${home.ofRun}/digits.html`, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length"), head.text]).toEqual([200, "10", ""]);
    expect((await ask(home.server.address, `${home.ofRun}/none`, { method: "HEAD" })).status).toBe(404);
  });

  it("are never read in part from one file and in part from the next", async (context) => {
    const home = await newRun(await start(context), "overwritten");
    const of = (text: string) => Buffer.alloc((isBucket ? 12 : 24) * 2 ** 20, text);
    await put(home, "weights.bin", of("a"));
    // The client takes the first bytes, and the rest when the file is another one.
    const reader = (await fetch(`${home.server.address}${home.ofRun}/weights.bin`)).body!.getReader();
    await reader.read();
    expect((await put(home, "weights.bin", of("b"))).status).toBe(200);
    const rest = async () => {
      while (!(await reader.read()).done);
    };
    await expect(rest()).rejects.toThrow("terminated");
    expect((await get(home, "weights.bin", { range: "bytes=0-3" })).text).toBe("bbbb");
  });

  it("stay as they were where an upload breaks off", async (context) => {
    const home = await newRun(await start(context), "broken off");
    await put(home, "model.pkl", "whole");
    const path = `${home.ofRun}/model.pkl`;
    await new Promise<void>((resolve) => {
      const upload = httpRequest(`${home.server.address}${path}`, {
        method: "PUT",
        headers: { "content-length": 100 },
      });
      upload.on("error", () => resolve());
      upload.write("half", () => setTimeout(() => upload.destroy(), 200));
    });
    await sleep(500);
    expect((await get(home, "model.pkl")).text).toBe("whole");
    expect((await list(home, "")).files).toEqual([{ path: "model.pkl", is_dir: false, file_size: 5 }]);
    expect(home.server.defects).toEqual([]);
  });
});

describe("an artifact's address", () => {
  it("leads nowhere but to the run or the model that it names", async () => {
    const server = await startServer();
    const home = await newRun(server, "mine");
    const other = await newRun(server, "other");
    await put(other, "secret.txt", "theirs");
    await put(other, "secret.txt", "theirs", other.ofModel);
    const status = async (method: string, path: string) => {
      const headers = {
        Host: `127.0.0.1:${server.port}`,
        ...(method === "PUT" ? { "Content-Length": "0" } : {}),
      };
      return (await rawRequest(server.port, request(`${method} ${path} HTTP/1.1`, headers))).status;
    };
    const up = [
      "..",
      "../x",
      "a/../../x",
      "%2e%2e/x",
      "..%2fx",
      "%2e%2e%2fx",
      "a/%2e%2e/%2e%2e/x",
      "..%5cx",
      "%5c..%5cx",
      "./x",
      "a/./x",
      "a//x",
      "C:/x",
      "%00",
      "a%00b",
      "a%0ab",
      "%c3",
      "%ff%fe",
      "%252e%252e/../x",
      "x".repeat(300),
      `${"y/".repeat(600)}z`,
      "\\x",
      "ml-tracking/console",
      "ML-Tracking/x",
    ]; // fmt: skip
    for (const method of ["GET", "PUT", "DELETE"]) {
      for (const path of up) {
        for (const below of [home.ofRun, home.ofModel]) {
          const isOwn = /^ml-tracking/i.test(path);
          if (isOwn && (method === "GET" || below === home.ofModel)) continue; // may be read; a model records nothing
          expect([method, path, await status(method, `${below}/${path}`)]).toEqual([method, path, 400]);
        }
      }
    }
    const mixed = [
      `${proxy}/${home.experiment}/${other.run}/artifacts/secret.txt`,
      `${proxy}/${home.experiment}/models/${other.model}/artifacts/secret.txt`,
      `${proxy}/77/${home.run}/artifacts/secret.txt`,
      `${proxy}/${home.experiment}/models/m-${"0".repeat(32)}/artifacts/x`,
      `${proxy}/${home.experiment}/${"a".repeat(16)}/artifacts/x`,
    ];
    for (const method of ["GET", "PUT", "DELETE"]) {
      for (const path of mixed)
        expect([method, path, await status(method, path)]).toEqual([method, path, 404]);
    }
    // What belongs to neither is not there, and nothing is kept there.
    for (const path of [`${proxy}/x`, `${proxy}/tracking/mine/x.csv`, `${proxy}/${home.experiment}/x`]) {
      expect([path, await status("GET", path), await status("PUT", path)]).toEqual([path, 404, 400]);
    }
    for (const path of ["..", "../..", `${home.experiment}/..`, "/etc", "%2e%2e"]) {
      const answer = await ask(server.address, `${proxy}?path=${path}`);
      expect([path, answer.status === 400 || answer.text === "{}"]).toEqual([path, true]);
    }
    expect((await get(other, "secret.txt")).text).toBe("theirs");
    expect(server.defects).toEqual([]);
  });

  it("is of a file or of a folder, never of both", async () => {
    const home = await newRun(await startServer(), "both");
    await put(home, "a/b.txt", "1");
    await put(home, "c.txt", "2");
    const refusals = [await put(home, "a", "x"), await put(home, "c.txt/d", "x")].map(({ status, json }) => [
      status,
      json.message,
    ]);
    expect(refusals).toEqual([
      [400, "Invalid path: a is a folder of artifacts; give another path"],
      [400, "Invalid path: c.txt is an artifact, so that none can lie below it"],
    ]);
    await post(home.server, "runs/delete", { run_id: home.run });
    expect((await put(home, "c.txt", "again")).json.message).toContain("must be in the 'active' state");
    expect((await get(home, "c.txt")).text).toBe("2");
  });
});
