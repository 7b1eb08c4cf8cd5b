import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { runBoard } from "../../../simulate/leaderboards.js";
import { compareExperiments, scoreIntervals } from "../../../src/jobs/compare-experiments.js";
import { leaderboard } from "../../../src/jobs/leaderboard.js";
import { logExperiment } from "../../../src/jobs/log-experiment.js";
import { setPrimaryScore } from "../../../src/jobs/primary-score.js";
import { readExperiments } from "../../../src/jobs/read-experiments.js";
import { ryan } from "../../../src/statistics/ryan.js";
import { seededRandom } from "../../../src/statistics/seeded-random.js";
import { mlTracking } from "../../support/built-package.js";
import { smallClassification, smallRegression } from "../../support/experiments.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const ids = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);
const truth = (id: number) => (id % 3 === 0 ? "cat" : "dog");
const wrong = (label: string) => (label === "cat" ? "dog" : "cat");

interface Given {
  store: string;
  name: string;
  share: number;
  testSet?: number[];
  seed?: number;
}

/** Right on about that share of the samples. */
async function logged({ store, name, share, testSet = ids(400), seed = 1 }: Given): Promise<string> {
  const small = smallClassification(store);
  const random = seededRandom(seed);
  const yTrue = testSet.map(truth);
  const { predictionId } = await logExperiment({
    ...small,
    name,
    yTrue,
    yPred: yTrue.map((label) => (random() < share ? label : wrong(label))),
    parameters: { ...(small.parameters as object), testSet },
  } as unknown as typeof small);
  return predictionId;
}

async function sixExperiments() {
  const store = await temporaryFolder();
  for (const [seed, share] of [0.9, 0.88, 0.55, 0.87, 0.7].entries()) {
    await logged({ store, name: `model ${share}`, share, seed: seed + 10 });
  }
  await logged({ store, name: "apart", share: 0.99, testSet: ids(100, 350) });
  await setPrimaryScore("pets", "accuracy", { store });
  return { store, project: smallClassification(store).project };
}

describe("a leaderboard", () => {
  it("ranks by value, ties with the best what the samples do not tell from it, and keeps other test sets apart", async () => {
    const { store, project } = await sixExperiments();
    const board = await leaderboard(project, { store, shared: true });
    expect(board).toMatchObject({
      score: "accuracy",
      direction: "higher",
      experiments: 5,
      level: 0.95,
      seed: 0,
    });
    const values = board.rows.map(({ value }) => value);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(board.rows.map(({ rank, verdict, name }) => [rank, verdict, name])).toEqual([
      [1, "best", "model 0.9"],
      [1, "tied with the best", expect.stringMatching(/0\.8[78]/)],
      [1, "tied with the best", expect.stringMatching(/0\.8[78]/)],
      [4, "worse than the best", "model 0.7"],
      [5, "worse than the best", "model 0.55"],
    ]);
    expect(board.note).toContain("5 experiments were tried on the same samples");
    expect(board.luck).toBeGreaterThan(0.005);
    expect(board.luck).toBeLessThan(0.03);
    expect(board.other_test_sets).toMatchObject([
      { experiments: 1, shared_samples: 50, reason: expect.stringContaining("50 are in both") },
    ]);
    const [best] = board.rows;
    for (const row of board.rows) {
      const [interval] = await scoreIntervals(row.prediction_id, { store, scores: ["accuracy"] });
      expect(row.interval).toEqual(interval);
      if (row === best) continue;
      const { scores } = await compareExperiments(best!.prediction_id, row.prediction_id, {
        store,
        scores: ["accuracy"],
      });
      expect(row.difference).toEqual(scores[0]);
    }
    const others = board.rows.slice(1);
    expect(others.map(({ p_corrected: p }) => p)).toEqual(
      ryan(
        others.map(({ difference }) => difference!.p!),
        5,
      ),
    );
  });

  it("judges the best of many and counts the others, by any score and test set; the same seed gives the same", async () => {
    const { store, project } = await sixExperiments();
    const few = await leaderboard(project, { store, limit: 2, score: "f1_macro", seed: 3 });
    expect(few).toMatchObject({
      experiments: 5,
      score: "f1_macro",
      correction: "Ryan's method, since any of the 2 judged could have come first",
    });
    expect(few.rows).toHaveLength(2);
    expect(few.rows[1]!.difference).toMatchObject({ seed: null, method: expect.stringContaining("MOVER") });
    expect(await leaderboard(project, { store, limit: 2, score: "f1_macro", seed: 3 })).toEqual(few);
    const { experiments } = await readExperiments(project, { store });
    const apart = experiments.find(({ name }) => name === "apart")!;
    const other = await leaderboard(project, { store, testSet: apart.testSetDigest.slice(0, 8) });
    expect(other.rows).toMatchObject([{ rank: 1, verdict: "best", name: "apart", difference: null }]);
    expect(other).toMatchObject({ note: null, luck: null });
    const refuses = (options: object, why: RegExp) =>
      expect(leaderboard(project, { store, ...options })).rejects.toThrow(why);
    await refuses({ score: "auc" }, /unknown score: "auc"/);
    await refuses({ score: "r2" }, /no experiment of project .* has the score r2/);
    await refuses({ testSet: "zz" }, /testSet is "zz"; the test sets of project/);
    await refuses({ testSet: "" }, /begin so; give more/);
    await refuses({ limit: 0 }, /limit is 0/);
    await refuses({ level: 95 }, /level is 95/);
  });

  it("says of each whether it is within a margin of the best, by intervals that hold for all pairs together", async () => {
    const { store, project } = await sixExperiments();
    const board = await leaderboard(project, { store, margin: 0.1 });
    expect(board.margin).toBe(0.1);
    expect(board.rows.map(({ name, margin }) => [name, margin?.conclusion])).toEqual([
      ["model 0.9", undefined],
      ["model 0.87", "equivalent"],
      ["model 0.88", "inconclusive"],
      ["model 0.7", "inferior"],
      ["model 0.55", "inferior"],
    ]);
    const [best, ...others] = board.rows;
    const level = 1 - 0.05 / 10; // of five, ten pairs
    for (const { prediction_id: id, difference, margin } of others) {
      const settings = { store, scores: ["accuracy"], level };
      const { scores } = await compareExperiments(best!.prediction_id, id, settings);
      expect(difference).toMatchObject({ level: expect.closeTo(level, 12), method: scores[0]!.method });
      expect(difference!.low).toBeCloseTo(scores[0]!.low!, 12);
      expect(margin).toMatchObject({ low: difference!.low, high: difference!.high });
    }
    expect(board.rows[1]!.margin!.summary).toMatch(/^It is equivalent to the best within 0.1: at worst /);
    const plain = await mlTracking(["leaderboard", project, "--store", store, "--margin", "0.1"]);
    expect(plain.out).toMatch(/between \(99.5 %\) +p corrected +within 0.1000 +verdict/);
    expect(plain.out).toMatch(/ equivalent +tied with the best\n/);
    await expect(leaderboard(project, { store, margin: -1 })).rejects.toThrow(/margin is -1/);
  });

  it("lists what cannot be judged with its reason, and judges the others", async () => {
    const store = await temporaryFolder();
    const { project } = smallClassification(store);
    await logged({ store, name: "best", share: 1, seed: 1 });
    await logged({ store, name: "good", share: 0.97, seed: 2 });
    await logged({ store, name: "bad", share: 0.6, seed: 3 });
    const { experiments } = await readExperiments(project, { store });
    await rm(join(store, experiments[0]!.predictions));
    const board = await leaderboard(project, { store });
    expect(board.rows.map(({ rank, name, verdict }) => [rank, name, verdict])).toEqual([
      [1, "best", "not judged"],
      [2, "good", "best"],
      [3, "bad", "worse than the best"],
    ]);
    expect(board.rows[0]!.reason).toContain("bring the file back");
    const twice = await temporaryFolder();
    const testSet = [0, ...ids(99)];
    await logged({ store: twice, name: "a", share: 0.9, testSet, seed: 1 });
    await logged({ store: twice, name: "b", share: 0.8, testSet, seed: 2 });
    const [, second] = (await leaderboard(project, { store: twice, score: "accuracy" })).rows;
    expect(second).toMatchObject({
      verdict: "not judged",
      reason: expect.stringContaining("sample id 0"),
      interval: { method: "exact mid-p" },
    });
  });

  it("of a regression takes the error that is least, of a mean error what is nearest to 0", async () => {
    const store = await temporaryFolder();
    const small = smallRegression(store);
    const random = seededRandom(4);
    const yTrue = ids(60).map((i) => i / 7);
    for (const offset of [-0.5, 0.1, 2]) {
      await logExperiment({
        ...small,
        name: `off by ${offset}`,
        yTrue,
        yPred: yTrue.map((y) => y + offset + random() - 0.5),
        parameters: { ...(small.parameters as object), testSet: ids(60) },
      } as unknown as typeof small);
    }
    for (const score of [undefined, "mean_error"]) {
      const board = await leaderboard(small.project, { store, ...(score === undefined ? {} : { score }) });
      expect(board.rows.map(({ name }) => name)).toEqual(["off by 0.1", "off by -0.5", "off by 2"]);
      expect(board.rows[2]).toMatchObject({ verdict: "worse than the best", rank: 3 });
    }
    const byMaximum = await leaderboard(small.project, { store, score: "max_error" });
    expect(byMaximum.rows.map(({ rank, verdict }) => [rank, verdict])).toEqual([
      [1, "best"],
      [2, "cannot be tested"],
      [3, "cannot be tested"],
    ]);
    expect(byMaximum.rows[1]!.reason).toBe("the largest of some errors says too little of others");
  });
});

describe("of models on samples that are drawn anew each time", () => {
  const board = { score: "mean_absolute_error", models: 10, likeness: "alike", samples: 100 } as const;

  it("calls any of ten equally good ones worse in at most 5 of 100 leaderboards", async () => {
    const outcome = await runBoard({ ...board, better: 10 }, { runs: 1000, seed: 31 });
    expect(outcome.wrong).toBeLessThan(0.065); // 5 % and the error of a thousand leaderboards
    expect(outcome.wrong).toBeGreaterThan(0);
  });

  it("finds more of those that are worse than Holm's correction, and calls one of the equal ones worse no more often than is said", async () => {
    const outcome = await runBoard({ ...board, better: 5, samples: 500 }, { runs: 300, seed: 32 });
    expect(outcome.wrong).toBeLessThan(0.05 + 2 * Math.sqrt((0.05 * 0.95) / 300));
    expect(outcome.found).toBeGreaterThan(outcome.foundByHolm! + 0.015);
  });
});

describe("ml-tracking leaderboard", () => {
  it("prints ranks with ties and the note, and the same record as the library", async () => {
    const { store, project } = await sixExperiments();
    const plain = await mlTracking(["leaderboard", project, "--store", store]);
    expect(plain.status).toBe(0);
    expect(plain.out).toMatch(/^accuracy \(higher is better\) on test set \w{12}: 5 experiments\n/);
    expect(plain.out).toMatch(/^1 = .*tied with the best$/m);
    expect(plain.out).toMatch(/^4 .*worse than the best$/m);
    expect(plain.out).toContain("other samples: the scores may differ only because the samples do");
    expect(plain.talk).toContain("5 experiments were tried");
    const json = await mlTracking([
      "leaderboard",
      project,
      "--store",
      store,
      "--json",
      "--limit",
      "3",
      "--seed",
      "2",
    ]);
    expect(JSON.parse(json.out)).toEqual(await leaderboard(project, { store, limit: 3, seed: 2 }));
    expect((await mlTracking(["leaderboard", project, "--store", store, "--limit", "x"])).status).toBe(2);
  });
});
