import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { compareRuns } from "../../../src/jobs/compare-runs.js";
import { logExperiment } from "../../../src/jobs/log-experiment.js";
import { chiSquareTail } from "../../../src/statistics/chi-square-tail.js";
import { correctedResampledT } from "../../../src/statistics/corrected-resampled-t.js";
import { criticalDifference } from "../../../src/statistics/critical-difference.js";
import { meanEstimate } from "../../../src/statistics/estimate.js";
import { friedman } from "../../../src/statistics/friedman.js";
import { normalQuantile } from "../../../src/statistics/normal-distribution.js";
import { runsInterval } from "../../../src/statistics/runs-interval.js";
import { seededRandom } from "../../../src/statistics/seeded-random.js";
import { oraclePython, runPython } from "../../python/python.js";
import { mlTracking } from "../../support/built-package.js";
import { smallClassification } from "../../support/experiments.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

it("says what scipy says of ranks over test sets and of folds", async (context) => {
  const python = oraclePython(context);
  const random = seededRandom(21);
  const values = Array.from({ length: 11 }, () =>
    Array.from({ length: 4 }, (_, model) => Math.round(20 * (random() + 0.1 * model)) / 20),
  );
  const ranges = [
    [2, 10],
    [3, 6],
    [5, 14],
    [20, 30],
  ] as const;
  const tails = [
    [0.4, 1],
    [3.3, 2],
    [7.1, 3],
    [40, 8],
    [12, 19],
  ] as const;
  const folds = [[0.02, 0.035, 0.01, 0.04, 0.015], 0.25] as const;
  const script = fileURLToPath(new URL("oracle.py", import.meta.url));
  const oracle = JSON.parse(
    await runPython(python, [script], JSON.stringify({ values, ranges, tails, folds })),
  ) as {
    chi_square: number;
    p: number;
    mean_ranks: number[];
    ranges: [number, number, number][];
    tails: number[];
    folds: number;
  };
  const found = friedman(values.map((row) => row.map((value) => -value)));
  expect(found.chiSquare).toBeCloseTo(oracle.chi_square, 10);
  expect(found.p).toBeCloseTo(oracle.p, 12);
  for (const [i, rank] of oracle.mean_ranks.entries()) expect(found.meanRanks[i]).toBeCloseTo(rank, 12);
  for (const [models, sets, wanted] of oracle.ranges) {
    expect(criticalDifference(models, sets, 0.95)).toBeCloseTo(wanted, 6);
  }
  for (const [i, [x, df]] of tails.entries()) expect(chiSquareTail(x, df)).toBeCloseTo(oracle.tails[i]!, 12);
  expect(correctedResampledT(...folds, 0.95)!.p).toBeCloseTo(oracle.folds, 12);
});

it("tells equal models of three seeds apart in no more than 6 of 100 comparisons", () => {
  const random = seededRandom(9);
  const normal = () => normalQuantile(random());
  let [wrong, alone] = [0, 0];
  const times = 1500;
  for (let time = 0; time < times; time++) {
    const samples = 60;
    const model = () =>
      Array.from({ length: 3 }, () => {
        const luck = 0.15 * normal();
        return Float64Array.from({ length: samples }, () => luck + normal());
      });
    const [ofA, ofB] = [model(), model()];
    const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / samples;
    const both = Float64Array.from({ length: samples }, (_, i) =>
      ofB.reduce((sum, run, r) => sum + (run[i]! - ofA[r]![i]!) / 3, 0),
    );
    const { value, parts } = meanEstimate(both);
    const standardError = Math.sqrt(parts.reduce((sum, part) => sum + part * part, 0));
    const { interval } = runsInterval(
      value,
      { standardError, degreesOfFreedom: samples - 1 },
      ofA.map(meanOf),
      ofB.map(meanOf),
      0.95,
    );
    if (interval!.p < 0.05) wrong += 1;
    if (Math.abs(value) > 2 * standardError) alone += 1;
  }
  expect(wrong / times).toBeLessThan(0.06 + 2 * Math.sqrt((0.06 * 0.94) / times));
  expect(alone / times).toBeGreaterThan(0.15); // without the seeds' own variance
});

/** A model's runs on some test sets: each a share of labels wrong. */
async function runs(
  store: string,
  model: string,
  sets: readonly { from: number; to: number; uri?: string }[],
  share: (run: number) => number,
  seed: number,
): Promise<string[]> {
  const ids: string[] = [];
  const random = seededRandom(seed);
  for (const [run, { from, to, uri = "data/pets.csv" }] of sets.entries()) {
    const testSet = Array.from({ length: to - from }, (_, i) => from + i);
    const yTrue = testSet.map((id) => (id % 3 === 0 ? "cat" : "dog"));
    const yPred = yTrue.map((label) => (random() < share(run) ? (label === "cat" ? "dog" : "cat") : label));
    const small = smallClassification(store);
    const input = {
      ...small,
      parameters: { ...small.parameters, datasetUri: uri, testSet, model: { name: model, parameters: {} } },
      yTrue,
      yPred,
    };
    ids.push((await logExperiment(input)).predictionId);
  }
  return ids;
}

describe("models of several runs", () => {
  it("are seeds on one test set: samples and runs both count, and the words say which counts more", async () => {
    const store = await temporaryFolder();
    const one = Array.from({ length: 4 }, () => ({ from: 0, to: 400 }));
    const a = await runs(store, "Tree", one, () => 0.3, 1);
    const b = await runs(store, "Forest", one, () => 0.15, 2);
    const found = await compareRuns([a, b], { store, score: "accuracy" });
    expect(found).toMatchObject({ design: "seeds", score: "accuracy" });
    const [difference] = found.differences;
    expect(difference).toMatchObject({ verdict: "better" });
    expect(difference!.low).toBeGreaterThan(0.08);
    expect(difference!.high).toBeLessThan(0.22);
    expect(difference!.error_of_samples).toBeGreaterThan(0);
    expect(difference!.error_of_runs).toBeGreaterThan(0);
    expect(found.summary).toMatch(
      /^B is better than A: accuracy is 0\.\d+ for A and 0\.\d+ for B, on average of 4 and 4 runs/,
    );
    expect(found.summary).toMatch(/would change the difference more than other/);
    // Two of one seed each is what a single comparison is for.
    await expect(compareRuns([a, b.slice(0, 1)], { store })).rejects.toThrow("model 2 has 1 run");
    await expect(compareRuns([a, [b[0]!, a[0]!]], { store })).rejects.toThrow(`${a[0]} is given twice`);
    await expect(compareRuns([a, b], { store, as: "folds" })).rejects.toThrow(
      'as is "folds", but all runs are on one',
    );
  });

  it("are folds where the test sets are parts of one data set", async () => {
    const store = await temporaryFolder();
    const folds = [0, 1, 2, 3, 4].map((fold) => ({ from: 100 * fold, to: 100 * fold + 100 }));
    const a = await runs(store, "Tree", folds, () => 0.3, 3);
    const b = await runs(store, "Forest", folds, () => 0.1, 4);
    const found = await compareRuns([a, b.toReversed()], { store });
    expect(found.design).toBe("folds");
    expect(found.design_reason).toBe("the 5 test sets are parts of one data set, data/pets.csv");
    const values = found.test_sets.map((set) => set.values[1]! - set.values[0]!);
    const { p } = correctedResampledT(values, 0.25, 0.95)!;
    expect(found.differences[0]).toMatchObject({ p, method: "corrected resampled t over folds" });
    await expect(compareRuns([a, b.slice(1)], { store })).rejects.toThrow(
      "model B has no run on the test set of",
    );
  });

  it("are ranked over several data sets: never pooled, with what is not told apart", async () => {
    const store = await temporaryFolder();
    const sets = Array.from({ length: 8 }, (_, i) => ({ from: 0, to: 60 + 10 * i, uri: `data/${i}.csv` }));
    const a = await runs(store, "Good", sets, () => 0.1, 5);
    const b = await runs(store, "Good too", sets, () => 0.1, 6);
    const c = await runs(store, "Bad", sets, () => 0.45, 7);
    const found = await compareRuns([a, b, c], { store, score: "accuracy" });
    expect(found.design).toBe("test sets");
    expect(found.differences.map(({ verdict }) => verdict)).toEqual(["no evidence", "worse"]);
    expect(found.differences[1]).toMatchObject({ p: 2 / 256, low: null });
    expect(found.ranking!.mean_ranks[2]).toBe(3);
    expect(found.ranking!.groups.length).toBe(2);
    expect(found.ranking!.groups[0]!.toSorted((x, y) => x - y)).toEqual([0, 1]);
    const flags = ["--runs", a.join(), "--with", b.join(), "--with", c.join(), "--store", store];
    flags.push("--score", "accuracy");
    const { out } = await mlTracking(["compare", ...flags]);
    expect(out).toContain("Taken as test sets: the 8 test sets are of 8 data sets.");
    expect(out).toMatch(/^ *3\.0000 +C +Bad/m);
    expect(out).toMatch(
      /Friedman's test over 8 test sets: chi-square .* apart or more differ \(Nemenyi, 95 %\)\.$/m,
    );
    const picture = join(store, "ranks.svg");
    expect((await mlTracking(["compare", ...flags, "--picture", picture])).status).toBe(0);
    const drawn = await readFile(picture, "utf8");
    expect(drawn).toMatch(/^<svg .*<title>Mean ranks by accuracy over 8 test sets; .*<\/svg>\n$/s);
    expect(drawn.match(/stroke-width="4"/g)).toHaveLength(1); // the bar over A and B
    expect(drawn).toContain(">C Bad (3.00)</text>");
    const gate = await mlTracking(["compare", ...flags, "--fail-if-worse", "--json"]);
    expect(gate.status).toBe(1);
    expect(JSON.parse(gate.out)).toEqual(found);
    const refused = await mlTracking(["compare", ...flags, "--max-loss", "0.1"]);
    expect(refused.talk).toContain("--max-loss is about single experiments; leave it out with --runs");
    const few = await compareRuns([a.slice(0, 5), c.slice(0, 5)], { store, score: "accuracy" });
    expect(few.differences[0]).toMatchObject({
      verdict: "cannot be tested",
      reason: "there are 5 test sets, and Wilcoxon's test takes 6",
    });
  });
});
