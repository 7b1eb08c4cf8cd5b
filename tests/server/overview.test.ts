import { expect, it } from "vitest";

import { annotate } from "../../src/index.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { callWire } from "../mlflow/wire.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { documented } from "./documented.js";
import { apiPath, ask, startServer } from "./running-server.js";

const lateron = () => new Promise((resolve) => setTimeout(resolve, 80)); // within 50 ms nobody looks again

it("says of each project what is best, how that came about, who and when, and the rank of an experiment", async () => {
  const root = await temporaryFolder();
  const ids: string[] = [];
  const right = [2, 3, 1, 4, 3];
  for (const [day, count] of right.entries()) {
    const yTrue = ["cat", "dog", "cat", "dog"];
    const yPred = yTrue.map((label, i) => (i < count ? label : label === "cat" ? "dog" : "cat"));
    const input = smallClassification(root, { yTrue, yPred, name: `right on ${count}` });
    const now = () => new Date(Date.UTC(2026, 10, day + 1));
    ids.push((await logExperiment(input, { now })).predictionId);
  }
  await logExperiment(smallRegression(root, { project: "pets" }));
  const { address } = await startServer(root);
  const { expectAsDocumented } = await documented(address);
  const projects = async () => {
    const answer = await ask(address, "/api/projects");
    expectAsDocumented("/api/projects", answer);
    return answer.json.projects[0];
  };
  const first = await projects();
  expect(first).toMatchObject({
    experiments: 6,
    kinds: ["classification", "regression"],
    starred: 0,
    archived: 0,
    best: { prediction_id: ids[3], name: "right on 4", score: "f1_macro", direction: "higher", value: 1 },
    course: [
      { at: "2026-11-01T00:00:00.000Z", prediction_id: ids[0] },
      { at: "2026-11-02T00:00:00.000Z", prediction_id: ids[1] },
      { at: "2026-11-04T00:00:00.000Z", prediction_id: ids[3], value: 1 },
    ],
  });
  expect(first.users).toHaveLength(1);
  expect(first.last_activity_at).toBe(first.last_logged_at);
  const rank = async (id: string) => {
    const answer = await ask(address, apiPath(["experiments", id]));
    expectAsDocumented("/api/experiments/{id}", answer);
    return answer.json.rank;
  };
  expect(await rank(ids[1]!)).toMatchObject({ score: "f1_macro", rank: 2, of: 5 });
  expect(await rank(ids[2]!)).toMatchObject({ rank: 5, of: 5 });

  await annotate(ids[3]!, { deleted: true }, { store: root });
  await annotate(ids[1]!, { archived: true }, { store: root });
  await annotate(ids[0]!, { starred: true }, { store: root });
  await lateron();
  const second = await projects();
  expect(second).toMatchObject({ experiments: 5, starred: 1, archived: 1, best: { prediction_id: ids[4] } });
  expect(second.course.map(({ prediction_id: id }: { prediction_id: string }) => id)).toEqual([
    ids[0],
    ids[4],
  ]);
  expect(second.last_activity_at > second.last_logged_at).toBe(true);
  expect(await rank(ids[0]!)).toMatchObject({ rank: 2, of: 3 });
  expect(await rank(ids[1]!)).toBeNull();
});

it("has 60 points at most of how the best came about, whatever was logged", async () => {
  const root = await temporaryFolder();
  const start = Date.UTC(2026, 10, 1);
  for (let i = 0; i < 90; i++) {
    const input = smallRegression(root, { yPred: [1 + 1 / (i + 1), 2, 3] });
    await logExperiment(input, { now: () => new Date(start + i * 3_600_000) });
  }
  const { address } = await startServer(root);
  const [{ course, best }] = (await ask(address, "/api/projects")).json.projects;
  expect(course.length).toBeGreaterThan(30);
  expect(course.length).toBeLessThanOrEqual(60);
  const values = course.map(({ value }: { value: number }) => value);
  expect(values).toEqual(values.toSorted((a: number, b: number) => b - a));
  expect(values.at(-1)).toBe(best.value);
});

it("says what MLflow's clients call a project where that is another name, and of others nothing", async () => {
  const root = await temporaryFolder();
  await logExperiment(smallClassification(root));
  const { address } = await startServer(root);
  const { expectAsDocumented } = await documented(address);
  for (const name of ["plain", "Team/XGBoost trial"]) {
    const { experiment_id } = await callWire(address, "POST experiments/create", { name });
    await callWire(address, "POST runs/create", { experiment_id });
  }
  const names = async () => {
    const answer = await ask(address, "/api/projects");
    expectAsDocumented("/api/projects", answer);
    return answer.json.projects.map((each: { project: string; mlflow_name: unknown }) => [
      each.project,
      each.mlflow_name,
    ]);
  };
  await expect.poll(names).toEqual([
    ["Team-XGBoost trial", "Team/XGBoost trial"],
    ["pets", null],
    ["plain", null],
  ]);
});
