import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import { confusionMatrix } from "../../src/plots/confusion-matrix.js";
import { openPredictions } from "../../src/plots/open-predictions.js";
import { PlotCache } from "../../src/plots/plot-cache.js";
import { rocCurve } from "../../src/plots/roc-curve.js";
import { samples } from "../../src/plots/samples.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { binary } from "./cases.js";
import { connect, logged } from "./predictions.js";

const never = () => new Promise<never>(() => {});

describe("what is kept for the next plot", () => {
  it("is worked out once, however many ask at the same time", async () => {
    const cache = new PlotCache();
    let times = 0;
    const compute = async () => {
      times += 1;
      await setTimeout(5);
      return { bytes: 10, times };
    };
    const asking = [1, 2, 3].map(() => cache.get("a", compute, undefined));
    expect((await Promise.all(asking)).map((value) => value.times)).toEqual([1, 1, 1]);
    await cache.get("a", compute, undefined);
    expect([times, cache.bytes]).toEqual([1, 10]);
  });

  it("makes room for what is newer, the least recently used first", async () => {
    const cache = new PlotCache(100);
    const made: string[] = [];
    const ask = (name: string, bytes = 40) =>
      cache.get(
        name,
        async () => {
          made.push(name);
          return { bytes };
        },
        undefined,
      );
    await ask("a");
    await ask("b");
    await ask("a");
    await ask("c");
    expect(cache.bytes).toBe(80);
    await ask("a");
    await ask("b");
    expect(made).toEqual(["a", "b", "c", "b"]);
    await ask("large", 1000);
    expect(cache.bytes).toBe(1000);
  });

  it("is not kept where it failed", async () => {
    const cache = new PlotCache();
    const failing = cache.get("a", () => Promise.reject(new Error("once")), undefined);
    await expect(failing).rejects.toThrow("once");
    expect(await cache.get("a", async () => ({ bytes: 1 }), undefined)).toEqual({ bytes: 1 });
  });

  it("goes on for those who still wait when one gives up, and ends when all did", async () => {
    const cache = new PlotCache();
    let ended: AbortSignal | undefined;
    const compute = (signal: AbortSignal) => {
      ended = signal;
      return never();
    };
    const [first, second] = [new AbortController(), new AbortController()];
    const answers = [cache.get("a", compute, first.signal), cache.get("a", compute, second.signal)];
    first.abort(new Error("first"));
    await expect(answers[0]).rejects.toThrow("first");
    expect(ended!.aborted).toBe(false);
    second.abort(new Error("second"));
    await expect(answers[1]).rejects.toThrow("second");
    expect(ended!.aborted).toBe(true);
    expect(await cache.get("a", async () => ({ bytes: 1 }), undefined)).toEqual({ bytes: 1 });
  });
});

describe("an aborted plot", () => {
  it("ends with the signal's reason, before and while it is read, and can be asked for again", async () => {
    const folder = await temporaryFolder();
    const { yTrue, yScore } = binary(400_000, 51);
    const given = { name: "large", kind: "classification" as const, yTrue, yScore };
    const testSet = yTrue.map((_, i) => i);
    const path = await logged(folder, {
      ...given,
      testSet,
      yPred: yScore.map((score) => Number(score > 0.5)),
    });
    const predictions = await openPredictions({ connect, path });
    for (const plot of [rocCurve, confusionMatrix, samples]) {
      const reason = new Error("the page was closed");
      await expect(plot(predictions, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      const controller = new AbortController();
      const answer = plot(predictions, { signal: controller.signal });
      setImmediate(() => controller.abort(reason));
      await expect(answer).rejects.toBe(reason);
    }
    expect((await rocCurve(predictions)).samples).toBe(400_000);
    expect((await confusionMatrix(predictions)).samples).toBe(400_000);
  });

  it("does not show what a file held before it was written anew", async () => {
    const folder = await temporaryFolder();
    const cache = new PlotCache();
    const paths = [];
    for (const yPred of [
      [0, 1, 1],
      [0, 0, 0],
    ]) {
      paths.push(await logged(folder, { name: "p", kind: "classification", yTrue: [0, 1, 1], yPred }));
    }
    const matrices = [];
    for (const path of paths)
      matrices.push(await confusionMatrix(await openPredictions({ connect, path, cache })));
    expect(matrices.map(({ column_totals }) => column_totals)).toEqual([
      [1, 2],
      [3, 0],
    ]);
  });
});
