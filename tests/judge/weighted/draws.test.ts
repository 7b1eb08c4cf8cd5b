import { describe, expect, it } from "vitest";

import { judgeDifference } from "../../../src/judge/difference/judge-difference.js";
import { judgeScores } from "../../../src/judge/intervals/judge-scores.js";
import { findScore } from "../../../src/scores/registry.js";
import { draws, judging, regression, twoClassifiers } from "./weighted-samples.js";

describe("the interval of a weighted score", () => {
  it("is as wide as the linear approximation of a weighted mean says", () => {
    const sample = regression(2000);
    const { yTrue, yPred, weights } = sample;
    const [found] = judgeScores(sample, { ...judging, scores: ["mean_absolute_error"] });
    const sum = weights.reduce((all, weight) => all + weight, 0);
    const losses = yTrue.map((truth, i) => Math.abs(yPred[i]! - truth));
    const mean = losses.reduce((all, loss, i) => all + weights[i]! * loss, 0) / sum;
    expect(found!.value).toBeCloseTo(mean, 12);
    const squares = losses.reduce((all, loss, i) => all + (weights[i]! * (loss - mean)) ** 2, 0);
    const width = (2 * 1.96 * Math.sqrt(squares)) / sum;
    expect((found!.high! - found!.low!) / width).toBeGreaterThan(0.93);
    expect((found!.high! - found!.low!) / width).toBeLessThan(1.07);
    expect(found).toMatchObject({
      method: "bootstrap of the weighted samples",
      seed: 0,
      n: 2000,
      reason: null,
    });
  });

  it("is about that of the unweighted score where all weights are equal", () => {
    const [{ weights: _, ...plain }] = twoClassifiers(1000);
    const equal = { ...plain, weights: new Float64Array(1000).fill(2) };
    const others = new Map(judgeScores(plain, judging).map((each) => [each.score, each]));
    for (const { score, value, low, high } of judgeScores(equal, judging)) {
      const other = others.get(score)!;
      expect(value).toBeCloseTo(other.value, 12);
      expect((high! - low!) / (other.high! - other.low!)).toBeGreaterThan(0.85);
      expect((high! - low!) / (other.high! - other.low!)).toBeLessThan(1.15);
    }
    expect(others.size).toBe(19);
  });

  it("is the same for the same seed, and another for another", () => {
    const sample = regression(100);
    const scores = ["mean_absolute_error"];
    const of = (seed: number) => judgeScores(sample, { ...judging, scores, seed })[0]!.low;
    expect(of(3)).toBe(of(3));
    expect(of(3)).not.toBe(of(4));
    const all = judgeScores(sample, { ...judging, seed: 3 }).find(
      ({ score }) => score === "mean_absolute_error",
    );
    expect(all!.low).toBe(of(3));
  });

  it("draws whole groups where samples of a group depend on each other", () => {
    const { normal } = draws(4);
    const sample = regression(600);
    const codes = Int32Array.from({ length: 600 }, (_, i) => i % 30);
    const shift = Float64Array.from({ length: 30 }, normal);
    const yPred = sample.yTrue.map((value, i) => value + 2 * shift[codes[i]!]! + 0.1 * normal());
    const dependence = { by: "group", feature: "patient", codes, count: 30 } as const;
    const scores = ["mean_error"];
    const [alone] = judgeScores({ ...sample, yPred }, { ...judging, scores });
    const [grouped] = judgeScores({ ...sample, yPred, dependence }, { ...judging, scores });
    expect(grouped!.high! - grouped!.low!).toBeGreaterThan(3 * (alone!.high! - alone!.low!));
  });

  it("is refused, with the reason, where the draws say too little", () => {
    const reasonOf = (sample: Parameters<typeof judgeScores>[0], score: string) =>
      judgeScores(sample, { ...judging, scores: [score] })[0]!.reason;
    const sample = regression(100);
    expect(reasonOf(sample, "max_error")).toBe("the largest error of other samples is not bounded by these");
    const uneven = { ...sample, weights: sample.weights.map((_, i) => (i < 25 ? 1 : 0.001)) };
    expect(reasonOf(uneven, "mean_absolute_error")).toBe(
      "the 100 samples count as 25 by their weights, fewer than 30",
    );
    const rows = Int32Array.from({ length: 100 }, (_, i) => i);
    const inTime = { ...sample, dependence: { by: "order", feature: "day", rows } as const };
    expect(reasonOf(inTime, "mean_absolute_error")).toMatch(
      /^the samples are weighted and neighbours in time/,
    );
    const [classes] = twoClassifiers(200);
    const rare = { ...classes, yTrue: classes.yTrue.map((_, i) => Number(i < 5)) };
    expect(reasonOf(rare, "f1_macro")).toBe(
      "class 1 counts as fewer than 10 samples by the weights, too few to say how the score varies",
    );
    const perfect = {
      ...classes,
      scores: [Float64Array.from(classes.yTrue, (code, i) => code + (i % 7) / 10)],
    };
    expect(reasonOf(perfect, "roc_auc")).toBe("it is the same for all samples drawn from these");
    const outlier = { ...sample, yPred: sample.yPred.map((value, i) => (i === 0 ? 1e4 : value)) };
    expect(reasonOf(outlier, "root_mean_squared_error")).toMatch(
      /^3 of 100 samples make 99 % of its variance/,
    );
  });
});

describe("the difference of weighted scores", () => {
  it("is tested by draws of the same samples for both", () => {
    const [a, b] = twoClassifiers(300);
    const { scores } = judgeDifference(a, b, judging);
    expect(scores.map(({ score }) => score)).toHaveLength(19);
    for (const { score, difference, low, high, p, verdict, method, seed, detectable } of scores) {
      expect([score, verdict]).toEqual([score, "better"]);
      expect(method).toBe("paired bootstrap of the weighted samples");
      expect([seed, detectable]).toEqual([0, null]);
      expect(low!).toBeLessThan(difference!);
      expect(high!).toBeGreaterThan(difference!);
      expect(p!).toBeLessThan(0.05);
      expect(low! > 0).toBe(findScore(score)!.direction === "higher");
    }
  });

  it("is turned where the two change places", () => {
    const [a, b] = twoClassifiers(200);
    const scores = ["f1_macro", "roc_auc"];
    const [there, back] = [
      judgeDifference(a, b, { ...judging, scores }),
      judgeDifference(b, a, { ...judging, scores }),
    ];
    for (const [i, { low, high, p }] of there.scores.entries()) {
      const turned = back.scores[i]!;
      expect(-turned.high!).toBeCloseTo(low!, 6);
      expect(-turned.low!).toBeCloseTo(high!, 6);
      expect(turned.p!).toBeCloseTo(p!, 6);
    }
  });

  it("of a mean error is how much farther from 0 it is", () => {
    const sample = regression(400);
    const low = { ...sample, yPred: sample.yPred.map((value) => value - 1) };
    const high = { ...sample, yPred: sample.yPred.map((value, i) => value + 1 + (i % 2) / 50) };
    const [found] = judgeDifference(low, high, { ...judging, scores: ["mean_error"] }).scores;
    expect(Math.abs(found!.difference!)).toBeLessThan(0.3);
    expect(found!.low!).toBeLessThan(found!.difference!);
    expect(found!.high!).toBeGreaterThan(found!.difference!);
  });

  it("is not tested where few samples differ", () => {
    const [a] = twoClassifiers(300);
    const b = { ...a, yPred: a.yPred.map((code, i) => (i < 19 ? 1 - code : code)) };
    const { scores } = judgeDifference(a, b, { ...judging, scores: ["accuracy", "roc_auc"] });
    expect(scores.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ["cannot be tested", "19 of the samples that count are predicted differently, fewer than 20"],
      ["no evidence", null], // their y_score is the same
    ]);
  });
});
