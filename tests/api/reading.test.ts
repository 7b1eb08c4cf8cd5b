import { appendFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";

import {
  column,
  createTracker,
  experiments,
  type LogProblem,
  type PredictionTable,
  readExperiment,
} from "../../src/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const model = { name: "M", parameters: {} };
const parameters = { datasetUri: "a.csv", targetColumn: "y", testSet: ["p", "q", "r"], model };

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function predictionsOf(input: object): Promise<PredictionTable> {
  const store = await temporaryFolder();
  const { log } = createTracker({ project: "pets", store });
  const { predictionId } = await log({ kind: "classification", parameters, ...input } as never);
  return (await readExperiment(predictionId, { store })).predictions;
}

describe("a column of the predictions", () => {
  it("has the values that were logged, one a sample", async () => {
    const predictions = await predictionsOf({
      yTrue: ["cat", "dog", "cow"],
      yPred: ["cat", "dog", "cat"],
      yScore: [
        [0.7, 0.1, 0.2],
        [0.1, 0.2, 0.7],
        [0.6, 0.3, 0.1],
      ],
      labels: ["cat", "cow", "dog"],
      sampleFeatures: { age: [3, null, 5], site: ["x", "y", null], tame: [true, null, false] },
    });
    expect(column(predictions, "sampleId", "string")).toEqual(["p", "q", "r"]);
    expect(column(predictions, "yTrue")).toEqual(["cat", "dog", "cow"]);
    expect(column(predictions, "yPred", "string").map((label) => label.length)).toEqual([3, 3, 3]);
    expect(column(predictions, { yScore: "dog" })).toEqual(Float64Array.of(0.2, 0.7, 0.1));
    expect(column(predictions, { feature: "age" })).toEqual([3, undefined, 5]);
    expect(column(predictions, { feature: "age" }, "number")).toEqual(Float64Array.of(3, Number.NaN, 5));
    expect(column(predictions, { feature: "site" }, "string")).toEqual(["x", "y", undefined]);
    expect(column(predictions, { feature: "tame" }, "boolean")).toEqual([true, undefined, false]);
    expect(() => column(predictions, "yScore")).toThrow(
      'unknown column: "yScore"; these predictions have "sampleId", "yTrue", "yPred", { yScore: "cat" }, { yScore: "cow" }, { yScore: "dog" }, { feature: "age" }',
    );
    expect(() => column(predictions, { yScore: "bat" })).toThrow('unknown column: { yScore: "bat" }; these');
    expect(() => column(predictions, "yPred", "number")).toThrow(
      'as is "number", but the column "yPred" has the value "cat"; leave it out for values of any type',
    );
    expect(() => column(predictions, "yPred", "text" as never)).toThrow('as is "text"; give "number"');
    expect(() => column(undefined as never, "yPred")).toThrow(
      "predictions is undefined; give the predictions",
    );
  });

  it("has the probability of the positive class, of two classes", async () => {
    const two = await predictionsOf({
      yTrue: [true, false, true],
      yPred: [true, true, true],
      yScore: [0.9, 0.6, 0.8],
    });
    expect(column(two, "yScore")).toEqual(Float64Array.of(0.9, 0.6, 0.8));
    expect(column(two, { yScore: true })).toEqual(Float64Array.of(0.9, 0.6, 0.8));
    expect(() => column(two, { yScore: false })).toThrow("unknown column: { yScore: false }");
    expect(column(two, "yTrue", "boolean")).toEqual([true, false, true]);
  });

  it("has numbers, and integers beyond 2^53 digit by digit", async () => {
    const real = await predictionsOf({ kind: "regression", yTrue: [1, 2, 3], yPred: [1.5, 2, 2.5] });
    expect(column(real, "yPred", "number")).toEqual(Float64Array.of(1.5, 2, 2.5));
    expect(column(real, "yPred")).toEqual([1.5, 2, 2.5]);
    const large = 2n ** 60n + 1n;
    const labels = await predictionsOf({ yTrue: [large, 1n, 1n], yPred: [large, 1n, 1n] });
    expect(column(labels, "yTrue")[0]).toBe(large);
    expect(() => column(labels, "yTrue", "number")).toThrow('as is "number", but the column "yTrue" has');
  });
});

describe("experiments one by one", () => {
  async function threeExperiments(): Promise<{ store: string; ids: string[] }> {
    const store = await temporaryFolder();
    const { log } = createTracker({ project: "pets", store });
    const ids: string[] = [];
    for (const first of [1, 2, 3]) {
      const logged = await log({ kind: "regression", parameters, yTrue: [first, 2, 3], yPred: [1, 2, 3] });
      ids.push(logged.predictionId);
    }
    return { store, ids };
  }

  it("come in the order of the log, as many as are asked for", async () => {
    const { store, ids } = await threeExperiments();
    const found: string[] = [];
    for await (const { predictionId } of experiments("pets", { store })) {
      found.push(predictionId);
      if (found.length === 2) break;
    }
    expect(found).toEqual(ids.slice(0, 2));
  });

  it("tell of lines that are no rows, and of what was asked wrong", async () => {
    const { store, ids } = await threeExperiments();
    const [file] = await readdir(join(store, "tracking/pets"));
    await appendFile(join(store, "tracking/pets", file!), "half a ro");
    const problems: LogProblem[] = [];
    const found = await allOf(
      experiments("pets", { store, onProblem: (problem) => void problems.push(problem) }),
    );
    expect([found.length, problems.map(({ line }) => line)]).toEqual([ids.length, [5]]);
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    await allOf(experiments("pets", { store }));
    expect(warn.mock.calls[0]![0]).toMatch(/^tracking\/pets\/.*, line 5: it has no line break at its end/);
    warn.mockRestore();
    await expect(experiments("dogs", { store }).next()).rejects.toThrow(/^unknown project: dogs/);
    await expect(experiments(undefined as never).next()).rejects.toThrow(/^missing argument: project/);
    await expect(experiments("pets", { stores: store } as never).next()).rejects.toThrow(
      "did you mean store?",
    );
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(experiments("pets", { store, signal }).next()).rejects.toThrow("enough");
  });
});

describe("a tracker", () => {
  it("logs, reads and judges in its project and store, its functions alone too", async () => {
    const store = await temporaryFolder();
    const tracker = createTracker({ project: "pets", store });
    const { log, leaderboard, compareExperiments } = tracker;
    const samples = Array.from({ length: 80 }, (_, i) => i);
    const ids: string[] = [];
    for (const wrong of [4, 9]) {
      const logged = await log({
        kind: "classification",
        parameters: { ...parameters, testSet: samples },
        yTrue: samples.map((i) => i % 3),
        yPred: samples.map((i) => (i % wrong === 0 ? i + 1 : i) % 3),
        sampleFeatures: { site: samples.map((i) => i % 2) },
      });
      ids.push(logged.predictionId);
      expect([logged.project, logged.paths.store]).toEqual(["pets", store]);
    }
    const [a, b] = ids as [string, string];
    expect((await compareExperiments(a, b)).verdict).toBeDefined();
    expect((await leaderboard({ limit: 5 })).rows.map((row) => row.predictionId).toSorted()).toEqual(
      ids.toSorted(),
    );
    expect((await tracker.readExperiments()).experiments).toHaveLength(2);
    expect((await tracker.readExperiment(a)).experiment.predictionId).toBe(a);
    expect(await allOf(tracker.experiments())).toHaveLength(2);
    expect((await tracker.compareWithBaseline(a, [b])).comparisons).toHaveLength(1);
    expect(await tracker.compareRuns([ids, ids.toReversed()]).catch((error: Error) => error.message)).toMatch(
      /twice/,
    );
    expect(await tracker.scoreIntervals(a, { scores: ["accuracy"] })).toHaveLength(1);
    expect((await tracker.findSlices(a)).n).toBe(80);
    expect((await tracker.sliceScores(a, { by: "site" })).slices).toHaveLength(2);
    expect((await tracker.compareSlices(a, b, { by: "site" })).slices).toHaveLength(2);
    expect(await tracker.report(a, b, { format: "markdown" })).toMatch(/^# Is /);
  });

  it("refuses a place of a call's own, and one that is none", async () => {
    const tracker = createTracker({ project: "pets" });
    await expect(tracker.leaderboard({ store: "x" } as never)).rejects.toThrow(
      'store is "x", but the tracker has a store of its own; leave it out',
    );
    await expect(tracker.log({ project: "dogs" } as never)).rejects.toThrow(
      'project is "dogs", but the tracker',
    );
    await expect(tracker.readExperiments("x" as never)).rejects.toThrow('options is "x"; give an object');
    expect(() => createTracker({ store: "x" } as never)).toThrow(/^missing argument: project/);
    expect(() => createTracker({ project: "p", stores: "x" } as never)).toThrow("did you mean store?");
  });
});
