import { rename } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiments } from "../../src/jobs/read-experiments.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { openEvents } from "./events.js";
import { type Answer, apiPath, ask, type Json, startServer, type TestServer } from "./running-server.js";

const mcc = "sklearn:matthews_corrcoef";
const error = "sklearn:zero_one_loss";
const at = (name: string, query = {}) => apiPath(["projects", "pets", name], query);

function post({ address, port }: TestServer, body: unknown): Promise<Answer> {
  return ask(address, at("added-scores"), {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", Origin: `http://127.0.0.1:${port}` },
  });
}

async function serverOverPets(options: Parameters<typeof startServer>[1] = {}) {
  const store = await temporaryFolder();
  const log = async (name: string, yPred: string[]) =>
    (await logExperiment(smallClassification(store, { name, yPred }))).predictionId;
  const ids = [
    await log("good", ["cat", "dog", "cat", "cat"]),
    await log("right", ["cat", "dog", "cat", "dog"]),
    await log("bad", ["dog", "cat", "dog", "dog"]),
  ];
  await logExperiment(smallRegression(store, { project: "pets" }));
  return { store, ids, log, server: await startServer(store, options) };
}

/** By name the values of a column, once every experiment of its kind has been looked at. */
async function filled({ address }: TestServer, column: string, query = {}) {
  await expect
    .poll(
      async () => {
        const { added_scores: scores } = (await ask(address, at("added-scores"))).json;
        return scores.reduce((sum: number, { missing }: Json) => sum + missing, 0);
      },
      { timeout: 30_000 },
    )
    .toBe(0);
  const page = (await ask(address, at("experiments", { column: ["name", column], ...query }))).json;
  return Object.fromEntries(page.rows);
}

it("gives every experiment of its kind a value in the background, and pages are told", async () => {
  const { server, log } = await serverOverPets();
  const events = await openEvents(server.address);
  const generationOf = async () => ((await events.next("change")) as Json).generation as number;
  const before = await generationOf();
  const added = await post(server, { name: "wrong", definition: error });
  expect(added.json).toMatchObject({
    project: "pets",
    added_scores: [
      { name: "wrong", kind: "classification", direction: "lower", definition: error, expression: null },
    ],
  });
  expect(await generationOf()).toBeGreaterThan(before);
  expect(await filled(server, "added.wrong")).toEqual({ good: 0.25, right: 0, bad: 0.75, null: null });
  events.close();

  await log("new", ["dog", "dog", "dog", "dog"]);
  await expect.poll(() => filled(server, "added.wrong"), { timeout: 30_000 }).toMatchObject({ new: 0.5 });
  const best = await ask(
    server.address,
    at("experiments", { column: ["name"], filter: "added.wrong > 0.1", sort: "added.wrong:best" }),
  );
  expect(best.json.rows).toEqual([["good"], ["new"], ["bad"]]);
  const groups = await ask(server.address, at("groups", { by: ["kind"], value: ["added.wrong"] }));
  expect(groups.json.groups[0].values[0]).toMatchObject({ count: 4, mean: 0.375, best: { value: 0 } });
  const exported = await ask(server.address, at("export.csv", { column: ["name", "added.wrong"] }));
  expect(exported.text).toMatch(/^name,added\.wrong\n/);
  expect(exported.text).toContain("bad,0.75\n");
  expect(server.defects).toEqual([]);
});

it("computes one that was changed anew, and has no column for one that was taken away", async () => {
  const { server } = await serverOverPets();
  await post(server, { name: "mine", definition: error });
  expect(await filled(server, "added.mine")).toMatchObject({ right: 0, bad: 0.75 });
  expect((await post(server, { name: "mine", definition: mcc })).json.error.message).toContain(
    "remove it first",
  );
  await post(server, { name: "mine", removed: true });
  await post(server, { name: "mine", definition: mcc });
  expect(await filled(server, "added.mine")).toMatchObject({ right: 1 });
  await post(server, { name: "mine", removed: true });
  await post(server, { name: "mine", definition: error });
  const again = await ask(server.address, at("experiments", { column: ["name", "added.mine"] }));
  expect(Object.fromEntries(again.json.rows)).toMatchObject({ right: 0, bad: 0.75 });
  expect((await post(server, { name: "mine", removed: true })).json.added_scores).toEqual([]);
  const gone = await ask(server.address, at("experiments", { column: ["added.mine"] }));
  expect([gone.status, gone.json.error.code]).toEqual([400, "UNKNOWN_COLUMN"]);
  const twice = await post(server, { name: "mine", removed: true });
  expect(twice.json.error.message).toBe(
    'name is "mine", which is no added score of project pets; it has none',
  );
});

it("keeps values for the next server, and looks again at predictions that came back", async () => {
  const { server, store, ids, log } = await serverOverPets();
  const { experiments } = await readExperiments("pets", { store });
  const path = join(store, experiments.find(({ predictionId }) => predictionId === ids[0])!.predictions);
  await rename(path, `${path}.away`);
  await post(server, { name: "wrong", definition: error });
  const missing = async () => (await ask(server.address, at("added-scores"))).json.added_scores[0].missing;
  await expect.poll(missing, { timeout: 30_000 }).toBe(1);
  const now = await ask(server.address, at("experiments", { column: ["name", "added.wrong"] }));
  expect(Object.fromEntries(now.json.rows)).toMatchObject({ good: null, bad: 0.75 });
  await rename(`${path}.away`, path);
  await log("new", ["dog", "dog", "dog", "dog"]);
  await expect
    .poll(() => filled(server, "added.wrong"), { timeout: 30_000 })
    .toMatchObject({ good: 0.25, new: 0.5 });
  await server.close();

  await rename(path, `${path}.away`);
  const next = await startServer(store, { cacheFolder: server.cache });
  expect(await filled(next, "added.wrong")).toMatchObject({ good: 0.25, bad: 0.75, new: 0.5 });
  expect([...server.defects, ...next.defects]).toEqual([]);
});

it("says what a score would be for the newest experiment, and why it would be nothing", async () => {
  const { server, ids } = await serverOverPets();
  const value = async (query: Record<string, string>) =>
    (await ask(server.address, at("added-value", query))).json;
  expect(await value({ name: "wrong", definition: error })).toEqual({
    score: { name: "wrong", kind: "classification", direction: "lower", definition: error, expression: null },
    prediction_id: ids[2],
    title: "bad",
    value: 0.75,
    why: null,
  });
  expect(await value({ name: "ks", definition: "scipy:ks_2samp" })).toMatchObject({
    value: null,
    why: "scipy:ks_2samp gives no number for these predictions",
  });
  expect((await value({ name: "x", definition: "sklearn:zero_one" })).error.message).toBe(
    'definition is "sklearn:zero_one", which the catalogue does not have; did you mean sklearn:zero_one_loss?',
  );
  expect((await value({ name: "recall", definition: error })).error.message).toBe(
    "recall is a score of every project; choose another name",
  );
  expect((await value({ name: "x" })).error.message).toBe(
    "missing argument: definition; give the id of a definition, or an expression",
  );
});

it("takes expressions, whose features the thread reads", async () => {
  const store = await temporaryFolder();
  const sampleFeatures = { profit: [1, 2, 3, 4] };
  await logExperiment(smallClassification(store, { name: "good", sampleFeatures }));
  const server = await startServer(store);
  const expression = "sum(profit, y_true != y_pred)";
  const tried = await ask(
    server.address,
    at("added-value", { name: "lost", expression, direction: "lower" }),
  );
  expect(tried.json).toMatchObject({ value: 2, score: { kind: "classification", expression } });
  expect((await post(server, { name: "lost", expression, direction: "lower" })).status).toBe(200);
  expect(await filled(server, "added.lost")).toEqual({ good: 2 });
  expect(server.defects).toEqual([]);
});

it("is not set through a server that only reads, which fills it all the same", async () => {
  const { server, store } = await serverOverPets();
  await post(server, { name: "wrong", definition: error });
  await server.close();
  const reading = await startServer(store, { readOnly: true });
  expect((await post(reading, { name: "other", definition: error })).status).toBe(403);
  expect(await filled(reading, "added.wrong")).toMatchObject({ bad: 0.75 });
});

it("finds definitions by words, library and kind, and those of the name of a score", async () => {
  const { address } = await startServer();
  const found = async (query: Record<string, string | number>) =>
    (await ask(address, apiPath(["definitions"], query))).json;
  const words = await found({ words: "zero one loss", library: "scikit-learn" });
  expect(words.definitions[0]).toMatchObject({
    id: error,
    library: "scikit-learn",
    kind: "classification",
    direction: "lower",
    difference: null,
  });
  const all = await found({ limit: 1000 });
  expect([all.total, all.definitions.length]).toEqual([all.total, all.total]);
  expect((await found({ kind: "regression", limit: 1000 })).total).toBeLessThan(all.total);
  const accuracy = await found({ score: "accuracy", limit: 1000 });
  const differences = Object.fromEntries(
    accuracy.definitions.map(({ id, difference }: Json) => [id, difference]),
  );
  expect(differences["sklearn:accuracy_score"]).toBe("no");
  expect(differences["sklearn:accuracy_score(normalize=False)"]).toMatch(/: 2\.0000, ours 1\.0000\.$/);
  expect((await found({ library: "sklearnn" })).error.message).toMatch(/did you mean/);
});
