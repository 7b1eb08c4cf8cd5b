import { describe, expect, it } from "vitest";

import type { ExperimentInput } from "../../src/experiment/input/experiment-input.js";
import { compareExperiments, scoreIntervals } from "../../src/jobs/compare-experiments.js";
import { compareRuns } from "../../src/jobs/compare-runs.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { sliceScores } from "../../src/jobs/slices.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

async function logged(
  store: string,
  kind: "classification" | "regression",
  values: Pick<ExperimentInput, "yTrue" | "yPred"> & Partial<ExperimentInput>,
): Promise<string> {
  const small = kind === "regression" ? smallRegression(store) : smallClassification(store);
  const testSet = Array.from(values.yTrue, (_, i) => i);
  const input = { ...small, ...values, parameters: { ...small.parameters, testSet } };
  return (await logExperiment(input)).predictionId;
}

const counted = (count: number) => Array.from({ length: count }, (_, i) => i);

async function differenceOf(store: string, a: string, b: string, score: string) {
  const { scores } = await compareExperiments(a, b, { store, score });
  return scores.find((each) => each.score === score)!;
}

describe("verdicts that an audit found wrong", () => {
  it("a slice of five positives is not called better: Fisher's test says .6", async () => {
    const store = await temporaryFolder();
    const yTrue = counted(1000).map((i) => Number(i % 10 === 0));
    const yPred = yTrue.map((y, i) => (i >= 50 && i % 40 === 0 ? 0 : i >= 50 && i % 90 === 1 ? 1 : y));
    const s = yTrue.map((_, i) => (i < 50 ? "a" : "b"));
    const id = await logged(store, "classification", { yTrue, yPred, sampleFeatures: { s } });
    const { slices } = await sliceScores(id, { by: "s", score: "recall", store });
    for (const { verdict, difference } of slices) {
      expect(verdict).toBe("no evidence");
      expect(difference!.p).toBeGreaterThan(0.1);
      expect(difference!.low).toBeLessThan(0);
      expect(difference!.high).toBeGreaterThan(0);
    }
  });

  it("two ill patients say nothing about others, and all positives at the start nothing about later ones", async () => {
    const store = await temporaryFolder();
    const group = counted(800).map((i) => Math.floor(i / 20));
    const yTrue = group.map((patient) => Number(patient < 2));
    const model = (right: (i: number) => boolean, alarm: number) =>
      yTrue.map((y, i) => Number(y ? right(i) : group[i]! % 9 === alarm && i % 20 < 2));
    const first = model((i) => i % 20 < 14, 5);
    const second = model((i) => i % 20 < (group[i] ? 9 : 8), 4);
    for (const [by, reason] of [
      ["group", "class 1 is in 2 groups of group only; it takes 12"],
      ["order", "class 0 is in 1 stretch of time only; it takes 12"],
    ] as const) {
      const values = by === "group" ? { group } : { order: counted(800) };
      const a = await logged(store, "classification", { yTrue, yPred: first, ...values });
      const b = await logged(store, "classification", { yTrue, yPred: second, ...values });
      for (const score of ["balanced_accuracy", "recall", "f1"]) {
        const { p, verdict, reason: why } = await differenceOf(store, a, b, score);
        expect([p, verdict, why], `${by}, ${score}`).toEqual([null, "cannot be tested", reason]);
      }
      expect((await differenceOf(store, a, b, "accuracy")).p).not.toBeNull();
    }
  });

  it("a constant true value that is no binary fraction leaves nothing to explain", async () => {
    const store = await temporaryFolder();
    const yTrue = counted(40).map(() => 0.1);
    const a = await logged(store, "regression", { yTrue, yPred: yTrue.map((y, i) => y + Math.sin(i)) });
    const b = await logged(store, "regression", {
      yTrue,
      yPred: yTrue.map((y, i) => y + 2 * Math.cos(3 * i)),
    });
    const reason = "y_true has one value only, so there is nothing to explain";
    for (const score of ["r2", "explained_variance"]) {
      expect(await differenceOf(store, a, b, score)).toMatchObject({ p: null, low: null, reason });
      const interval = (await scoreIntervals(a, { store })).find((each) => each.score === score);
      expect(interval).toMatchObject({ low: null, reason });
    }
  });

  it("seeds do not make up for samples: two of them, or two positives", async () => {
    const store = await temporaryFolder();
    const run = (yPred: number[]) => logged(store, "regression", { yTrue: [1, 3], yPred });
    const a = [await run([1.1, 3.3]), await run([1.1, 3.3])];
    const b = [await run([1.7, 3.9]), await run([1.7, 3.9])];
    const two = await compareRuns([a, b], { score: "root_mean_squared_error", store });
    expect(two.differences[0]).toMatchObject({ verdict: "cannot be tested", p: null });
    const yTrue = counted(200).map((i) => Number(i < 2));
    const rare = async (found: number, alarms: number[]) => {
      const ids: string[] = [];
      for (const alarm of alarms) {
        const yPred = yTrue.map((y, i) => (y ? found : Number(i === alarm)));
        ids.push(await logged(store, "classification", { yTrue, yPred }));
      }
      return ids;
    };
    const models = [await rare(1, [10, 11, 12]), await rare(0, [20, 21, 22])];
    const found = await compareRuns(models, { score: "balanced_accuracy", store });
    expect(found.differences[0]).toMatchObject({
      verdict: "cannot be tested",
      reason: expect.stringContaining("class 1 has fewer than 3 samples"),
    });
  });

  it("medians: no interval of width 0, and the same p in any unit", async () => {
    const store = await temporaryFolder();
    const y = counted(20);
    const shifted = (by: number) => logged(store, "regression", { yTrue: y, yPred: y.map((v) => v + by) });
    const constant = await differenceOf(store, await shifted(1), await shifted(0.5), "median_absolute_error");
    expect([constant.p, constant.low]).toEqual([null, null]);
    const ps: number[] = [];
    for (const unit of [1, 1e160]) {
      const yTrue = y.map((v) => v * unit);
      const model = (error: (i: number) => number) =>
        logged(store, "regression", { yTrue, yPred: yTrue.map((v, i) => v + error(i) * unit) });
      const [a, b] = [await model(Math.sin), await model((i) => 2 * Math.cos(3 * i))];
      const { p, low, high } = await differenceOf(store, a, b, "median_absolute_error");
      expect(Number.isFinite(low) && Number.isFinite(high)).toBe(true);
      ps.push(p!);
    }
    expect(ps[1]).toBeCloseTo(ps[0]!, 9);
  });

  it("six samples allow no p below 2 to the power of -6, and no difference is wider than the score", async () => {
    const store = await temporaryFolder();
    const yTrue = [0, 0, 0, 1, 1, 1];
    const a = await logged(store, "classification", { yTrue, yPred: yTrue });
    const b = await logged(store, "classification", { yTrue, yPred: yTrue.map((y) => 1 - y) });
    for (const { score, p, low } of (await compareExperiments(a, b, { store })).scores) {
      if (p !== null) expect(p, score).toBeGreaterThanOrEqual(2 ** -6);
      if (low !== null)
        expect(low, score).toBeGreaterThanOrEqual(
          ["matthews_corrcoef", "cohen_kappa"].includes(score) ? -2 : -1,
        );
    }
  });
});
