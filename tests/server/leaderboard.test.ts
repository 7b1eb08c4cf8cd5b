import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";

import { leaderboard } from "../../src/jobs/leaderboard.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { setPrimaryScore } from "../../src/jobs/primary-score.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { apiPath, ask, startServer } from "./running-server.js";

const ids = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);

/** Classifications on two test sets that share samples, and regressions, in one project. */
async function someExperiments(store: string): Promise<string> {
  const random = seededRandom(8);
  const small = smallClassification(store);
  for (const [i, testSet] of [ids(200), ids(200), ids(200), ids(200), ids(200), ids(60, 180)].entries()) {
    const yTrue = testSet.map((id) => id % 3);
    await logExperiment({
      ...small,
      yTrue,
      yPred: yTrue.map((label) => (random() < 0.95 - i / 20 ? label : (label + 1) % 3)),
      yScore: undefined,
      parameters: { ...(small.parameters as object), testSet },
    } as unknown as typeof small);
  }
  const regression = smallRegression(store);
  for (const offset of [-0.3, 0.1, 0.8]) {
    const yTrue = ids(50).map((id) => id / 3);
    await logExperiment({
      ...regression,
      project: small.project,
      yTrue,
      yPred: yTrue.map((y) => y + offset + random() - 0.5),
      parameters: { ...(regression.parameters as object), testSet: ids(50) },
    } as unknown as typeof regression);
  }
  return small.project;
}

it("answers what the library does, keeps what was judged, and refuses what it does not know", async () => {
  const root = await temporaryFolder();
  const project = await someExperiments(root);
  await setPrimaryScore(project, "accuracy", { store: root });
  const { address, cache } = await startServer(root);
  const path = (query: object) => apiPath(["projects", project, "leaderboard"], query as never);
  const queries = [
    {},
    { score: "f1_macro", limit: 3, seed: 5 },
    { shared: "true", level: 0.9 },
    { score: "mean_error" },
    { score: "r2", limit: 2 },
    { margin: 0.05, limit: 3 },
  ];
  for (const query of queries) {
    const { shared, ...options } = query as { shared?: string };
    const answer = await ask(address, path(query));
    expect(answer.status, answer.text.slice(0, 300)).toBe(200);
    expect(answer.json).toEqual(
      await leaderboard(project, { store: root, ...options, ...(shared ? { shared: true } : {}) }),
    );
  }
  const kept = async () =>
    (await readdir(cache, { recursive: true })).filter((name) => /judgments.*\.json$/.test(name));
  const before = await kept();
  expect(before.length).toBeGreaterThan(20);
  for (const query of queries) await ask(address, path(query));
  expect(await kept()).toEqual(before);

  const all = await ask(address, path({}));
  const [, second] = all.json.rows;
  const filtered = await ask(address, path({ filter: `accuracy <= ${second.value}` }));
  expect(filtered.json).toMatchObject({ experiments: 4 });
  expect(filtered.json.rows[0]).toMatchObject({ prediction_id: second.prediction_id, verdict: "best" });
  for (const query of [
    { score: "auc" },
    { test_set: "zz" },
    { limit: 101 },
    { level: 2 },
    { margin: -1 },
    { seed: -1 },
    { tset: "a" },
  ]) {
    expect((await ask(address, path(query))).status, JSON.stringify(query)).toBe(400);
  }
  expect((await ask(address, apiPath(["projects", "none", "leaderboard"], {}))).status).toBe(404);
});

it("ranks a project of one kind by that kind's score, and says which score it has not", async () => {
  const root = await temporaryFolder();
  await logExperiment(smallClassification(root));
  await logExperiment(smallRegression(root));
  const { address } = await startServer(root);
  const board = (project: string, query = {}) =>
    ask(address, apiPath(["projects", project, "leaderboard"], query));
  expect((await board("pets")).json).toMatchObject({ score: "f1_macro", experiments: 1 });
  expect((await board("houses")).json).toMatchObject({ score: "root_mean_squared_error", experiments: 1 });
  await setPrimaryScore("pets", "accuracy", { store: root });
  await new Promise((resolve) => setTimeout(resolve, 100)); // within 50 ms nobody looks again
  const said = (await board("pets")).json;
  expect(said).toMatchObject({ score: "accuracy", primary_score: { source: "set for the project" } });
  expect(said).toEqual(await leaderboard("pets", { store: root }));
  for (const score of ["r2", "roc_auc"]) {
    const { status, json } = await board("pets", { score });
    expect([status, json.error.message]).toEqual([
      400,
      `no experiment of project pets has the score ${score}`,
    ]);
  }
  const filtered = await board("pets", { filter: "nothing > 1" });
  expect([filtered.status, filtered.json.error.message]).toEqual([400, expect.stringContaining("nothing")]);
});
