import { expect, it } from "vitest";

import { compareExperiments, leaderboard, setPrimaryScore } from "../../src/index.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { apiPath, ask, startServer } from "../server/running-server.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** Of 12 samples, 9 of them dogs: one calls all of them dogs, the other finds the cats at the cost of dogs. */
async function twoModels(store: string) {
  const yTrue = Array.from({ length: 12 }, (_, i) => (i < 3 ? "cat" : "dog"));
  const small = smallClassification(store);
  const parameters = { ...(small.parameters as object), testSet: yTrue.map((_, i) => i) };
  const log = async (name: string, yPred: string[]) =>
    (await logExperiment({ ...small, name, yTrue, yPred, parameters } as never)).predictionId;
  const dogs = await log(
    "all dogs",
    yTrue.map(() => "dog"),
  );
  const finder = await log(
    "finds cats",
    yTrue.map((_, i) => (i < 7 ? "cat" : "dog")),
  );
  await logExperiment(smallRegression(store, { project: "pets" }));
  return { dogs, finder };
}

it("is what every part ranks by, and says, until another one is set for everybody", async () => {
  const store = await temporaryFolder();
  const { dogs, finder } = await twoModels(store);
  const { address } = await startServer(store);
  const run = async (...args: string[]) =>
    JSON.parse((await mlTracking([...args, "--store", store, "--json"])).out) as never;
  const everywhere = async () => {
    const { projects } = (await run("projects")) as { projects: { best: object }[] };
    const { experiments } = (await run("experiments", "pets", "--sort", "best")) as {
      experiments: { name: string }[];
    };
    const api = await ask(address, "/api/projects");
    const board = (await ask(address, apiPath(["projects", "pets", "leaderboard"]))).json;
    const boardHere = await leaderboard("pets", { store });
    return {
      score: boardHere.score,
      said: boardHere.primaryScore.source,
      best: [boardHere.rows[0]?.predictionId, board.rows[0].prediction_id, projects[0]?.best],
      first: experiments[0]?.name,
      pages: api.json.projects[0].primary_scores.map((each: { score: string }) => each.score),
      compared: [
        (await compareExperiments(dogs, finder, { store })).score,
        (await ask(address, apiPath(["comparison"], { a: dogs, b: finder }))).json.score,
      ],
      rank: ((await run("show", finder)) as { primary_score: object }).primary_score,
    };
  };
  const usual = await everywhere();
  expect(usual).toMatchObject({
    score: "f1_macro",
    said: "usual",
    best: [finder, finder, { prediction_id: finder, score: "f1_macro" }],
    first: "finds cats",
    pages: ["f1_macro", "root_mean_squared_error"],
    compared: ["f1_macro", "f1_macro"],
    rank: { score: "f1_macro", rank: 1, of: 2 },
  });
  const set = await setPrimaryScore("pets", "accuracy", { store, author: "ann" });
  expect(set.classification).toMatchObject({
    score: "accuracy",
    author: "ann",
    source: "set for the project",
  });
  expect(await everywhere()).toMatchObject({
    score: "accuracy",
    said: "set for the project",
    best: [dogs, dogs, { prediction_id: dogs, score: "accuracy", value: 0.75 }],
    first: "all dogs",
    pages: ["accuracy", "root_mean_squared_error"],
    compared: ["accuracy", "accuracy"],
    rank: { score: "accuracy", rank: 2, of: 2 },
  });
  expect(await run("primary-score", "pets", "mean_error")).toMatchObject({
    primary_scores: [{ score: "accuracy" }, { score: "mean_error", source: "set for the project" }],
  });
  expect(await run("primary-score", "pets", "--usual")).toMatchObject({
    primary_scores: [{ score: "f1_macro" }, { score: "root_mean_squared_error", source: "usual" }],
  });
  expect(await everywhere()).toEqual(usual);
});

it("is refused where there is no such score or project, and where two wishes contradict each other", async () => {
  const store = await temporaryFolder();
  await twoModels(store);
  const refused = async (...args: string[]) =>
    (await mlTracking(["primary-score", ...args, "--store", store])).talk;
  expect(await refused("pets", "f1makro")).toBe('error: unknown score: "f1makro"; did you mean f1_macro?\n');
  expect(await refused("pet", "f1")).toContain("did you mean pets?");
  expect(await refused("pets", "f1", "--usual")).toContain("both f1 and --usual are given");
  await expect(setPrimaryScore("pets", undefined as never, { store })).rejects.toThrow(
    "missing argument: score",
  );
  await expect(setPrimaryScore("pets", 5 as never, { store })).rejects.toThrow("score is 5");
});
