import { describe, expect, it, onTestFinished } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiments } from "../../src/jobs/read-experiments.js";
import { entryCodes } from "../../src/server/entry-codes.js";
import { serve } from "../../src/server/serve.js";
import { openStore } from "../../src/store/open-store.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { openEvents } from "./events.js";
import { type Answer, apiPath, ask, type Json, startServer, type TestServer } from "./running-server.js";

async function serverOver(experiments = 2, options: Parameters<typeof startServer>[1] = {}) {
  const root = await temporaryFolder();
  const ids: string[] = [];
  for (let i = 0; i < experiments; i++) {
    ids.push((await logExperiment(smallClassification(root, { name: `number ${i}` }))).predictionId);
  }
  const server = await startServer(root, options);
  return { root, ids, server };
}

function post(
  { address, port }: TestServer,
  path: string,
  body: unknown,
  headers: object = {},
): Promise<Answer> {
  return ask(address, path, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "Content-Type": "application/json", Origin: `http://127.0.0.1:${port}`, ...headers },
  });
}

describe("what is said through the API", () => {
  it("holds at once, is in the store, and everybody is told", async () => {
    const { root, ids, server } = await serverOver();
    const events = await openEvents(server.address);
    const generationOf = async () => ((await events.next("change")) as Json).generation as number;
    const before = await generationOf();
    const said = await post(server, "/api/annotations", {
      prediction_ids: ids,
      note: "**Good**",
      add_tags: ["b", "a"],
      starred: true,
    });
    expect([said.status, said.json.experiments[1]]).toEqual([
      200,
      {
        prediction_id: ids[1],
        project: "pets",
        name: "number 1",
        logged_name: "number 1",
        note: "**Good**",
        tags: ["a", "b"],
        starred: true,
        archived: false,
        deleted: false,
      },
    ]);
    expect(await generationOf()).toBeGreaterThan(before);
    events.close();
    const page = await ask(
      server.address,
      apiPath(["projects", "pets", "experiments"], { column: ["tags", "note"] }),
    );
    expect(page.json.rows[0]).toEqual(['["a","b"]', "**Good**"]);
    expect((await ask(server.address, apiPath(["experiments", ids[0]!]))).json).toMatchObject({
      tags: ["a", "b"],
    });
    expect((await ask(server.address, apiPath(["projects", "pets", "tags"]))).json).toEqual({
      tags: [
        { tag: "a", experiments: 2 },
        { tag: "b", experiments: 2 },
      ],
    });
    expect((await readExperiments("pets", { store: root })).experiments[0]).toMatchObject({ starred: true });
  });

  it("puts experiments into the trash, restores them, and purges what is there", async () => {
    const { root, ids, server } = await serverOver(3);
    const say = (prediction_ids: unknown, said: object) =>
      post(server, "/api/annotations", { prediction_ids, ...said });
    const total = async () =>
      (await ask(server.address, apiPath(["projects", "pets", "experiments"]))).json.total;
    expect((await say(ids.slice(0, 2), { deleted: true })).json.experiments[0]).toMatchObject({
      deleted: true,
    });
    expect(await total()).toBe(1);
    const gone = await ask(server.address, apiPath(["experiments", ids[0]!]));
    expect([gone.status, gone.json.error.message]).toEqual([404, expect.stringContaining("is in the trash")]);
    const trash = (await ask(server.address, "/api/trash?project=pets")).json;
    expect(trash).toMatchObject({ total: 2, experiments: [{ project: "pets", kind: "classification" }, {}] });
    expect(trash.bytes).toBe(trash.experiments[0].bytes + trash.experiments[1].bytes);
    expect((await ask(server.address, "/api/trash?limit=1&offset=1")).json).toMatchObject({
      total: 2,
      experiments: [{}],
    });
    expect((await say([ids[0]], { deleted: false })).status).toBe(200);
    expect(await total()).toBe(2);
    expect((await post(server, "/api/purge", { prediction_ids: [ids[0]] })).status).toBe(400);
    const purged = (await post(server, "/api/purge", {})).json;
    expect(purged).toMatchObject({ purged: [{ prediction_id: ids[1], project: "pets" }] });
    expect(purged.bytes).toBeGreaterThan(500);
    expect((await ask(server.address, "/api/trash")).json).toEqual({
      total: 0,
      bytes: 0,
      runs: [],
      experiments: [],
    });
    expect((await readExperiments("pets", { store: root })).experiments).toHaveLength(2);
  });

  it("sets the primary score, and keeps views with the default one", async () => {
    const { server } = await serverOver();
    const at = (name: string) => apiPath(["projects", "pets", name]);
    const set = await post(server, at("primary-score"), { score: "recall" });
    expect(set.json.primary_scores[0]).toMatchObject({ score: "recall", source: "set for the project" });
    expect((await ask(server.address, "/api/projects")).json.projects[0].primary_scores[0].score).toBe(
      "recall",
    );
    expect((await post(server, at("primary-score"), { score: "auc" })).status).toBe(400);

    const state = { columns: ["name", "f1_macro"], filter: "k > 3", sort: [{ column: "f1_macro" }] };
    const saved = await post(server, at("views"), { name: "best", state });
    expect(saved.json).toMatchObject({
      project: "pets",
      views: [{ name: "best", state }],
      default_view: null,
    });
    await post(server, at("views"), { name: "all", state: {} });
    expect((await post(server, at("default-view"), { name: "best" })).json).toMatchObject({
      default_view: "best",
    });
    const wrong = await post(server, at("default-view"), { name: "bst" });
    expect(wrong.json.error.message).toBe('project pets has no view "bst"; did you mean best?');
    const listed = (await ask(server.address, at("views"))).json;
    expect(listed.views.map(({ name }: Json) => name)).toEqual(["all", "best"]);
    const removed = (await post(server, at("views"), { name: "best", state: null })).json;
    expect(removed).toMatchObject({ views: [{ name: "all" }], default_view: null });
    expect((await ask(server.address, apiPath(["projects", "none", "views"]))).status).toBe(404);
  });

  it("is refused where it cannot be, with the reason, and nothing is written", async () => {
    const { root, ids, server } = await serverOver(1);
    const refused: [unknown, string][] = [
      [{ prediction_ids: ids }, "nothing is said of the experiments"],
      [{ prediction_ids: [], starred: true }, "prediction_ids"],
      [{ prediction_ids: ids, starred: "yes" }, "starred"],
      [{ prediction_ids: ids, stared: true }, "unknown parameter: stared"],
      [{ prediction_ids: ["zzzzzzzzzzzz"], starred: true }, "there is no"],
      [{ prediction_ids: ids, deleted: false }, "is not in the trash"],
      [{ prediction_ids: ids, add_tags: [" "] }, "tag is empty"],
      ["{", "the body is not JSON"],
      [{ prediction_ids: ids, note: "x".repeat(2 ** 20) }, "the body has over 1048576 bytes"],
    ];
    for (const [body, message] of refused) {
      const { status, json } = await post(server, "/api/annotations", body);
      expect([400, 404], message).toContain(status);
      expect(json.error.message).toContain(message);
    }
    expect((await readExperiments("pets", { store: root })).experiments[0]).toMatchObject({
      tags: [],
      starred: false,
    });
    expect(server.defects).toEqual([]);
  });
});

describe("a request that would write", () => {
  const body = (ids: string[]) => ({ prediction_ids: ids, starred: true });

  it("is taken from this server's own page, and from programs, alone", async () => {
    const { root, ids, server } = await serverOver(1);
    const refused: object[] = [
      { Origin: "http://evil.com" },
      { Origin: "null" },
      { Origin: `http://127.0.0.1:${server.port + 1}` },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
      { "Sec-Fetch-Site": "none" },
      { "Content-Type": "text/plain" },
      { "Content-Type": "application/x-www-form-urlencoded" },
      { "Content-Type": "multipart/form-data; boundary=x" },
      { "Content-Type": "application/jsonp" },
    ];
    for (const headers of refused) {
      const { status } = await post(server, "/api/annotations", body(ids), headers);
      expect([400, 403], JSON.stringify(headers)).toContain(status);
    }
    expect((await readExperiments("pets", { store: root })).experiments[0]).toMatchObject({ starred: false });
    const taken = { "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json; charset=utf-8" };
    expect((await post(server, "/api/annotations", body(ids), taken)).status).toBe(200);
    const program = await ask(server.address, "/api/annotations", {
      method: "POST",
      body: JSON.stringify(body(ids)),
      headers: { "Content-Type": "application/json" },
    });
    expect(program.status).toBe(200);
  });

  it("needs the token where there is one", async () => {
    const { ids, server } = await serverOver(1, { token: "a good long token" });
    expect((await post(server, "/api/annotations", body(ids))).status).toBe(401);
    const authorization = { Authorization: "Bearer a good long token" };
    expect((await post(server, "/api/annotations", body(ids), authorization)).status).toBe(200);
    const cookie = { Cookie: `ml_tracking_token_${server.port}=${encodeURIComponent("a good long token")}` };
    expect((await post(server, "/api/annotations", body(ids), cookie)).status).toBe(200);
  });

  it("comes from a browser that an address without the token let in, once and within a minute", async () => {
    const root = await temporaryFolder();
    const { predictionId } = await logExperiment(smallClassification(root));
    const server = await serve({
      store: openStore(root),
      cacheFolder: await temporaryFolder(),
      token: "a good long token",
    });
    onTestFinished(() => server.close());
    const url = new URL(server.entryUrl());
    const address = url.origin.replace("localhost", "127.0.0.1");
    expect(url.href).not.toContain("token");
    const entered = await ask(address, `/${url.search}`);
    expect([entered.status, entered.headers.get("location")]).toEqual([302, "./"]);
    const cookie = entered.headers.get("set-cookie")!.split(";")[0]!;
    const said = await ask(address, "/api/annotations", {
      method: "POST",
      body: JSON.stringify(body([predictionId])),
      headers: { "Content-Type": "application/json", Cookie: cookie },
    });
    expect(said.status).toBe(200);
    expect((await ask(address, `/${url.search}`)).status).toBe(401);
    let now = 0;
    const codes = entryCodes(() => now);
    const code = codes.make();
    now = 60_001;
    expect([codes.take(code), codes.take("other")]).toEqual([false, false]);
  });

  it("is refused by a server that only reads", async () => {
    const { root, ids, server } = await serverOver(1, { readOnly: true });
    for (const path of ["/api/annotations", "/api/purge", "/api/projects/pets/views"]) {
      const { status, json } = await post(server, path, body(ids));
      expect([status, json.error.message]).toEqual([403, expect.stringContaining("--read-only")]);
    }
    expect((await ask(server.address, "/api/projects")).status).toBe(200);
    expect((await readExperiments("pets", { store: root })).experiments[0]).toMatchObject({ starred: false });
  });
});
