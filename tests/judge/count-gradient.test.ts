import { describe, expect, it } from "vitest";

import { countEstimate, countGradient, influenceOf } from "../../src/judge/count-gradient.js";
import { askedScores, countScore } from "../../src/judge/count-scores.js";
import { judgeDifference } from "../../src/judge/difference/judge-difference.js";
import { judgeScores } from "../../src/judge/intervals/judge-scores.js";
import type { JudgedClasses } from "../../src/judge/pairing/judged-sample.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";
import { emptyTable, fillTable } from "./count-table.js";

function sample(classes: number, samples: number, seed: number, yTrue?: Int32Array): JudgedClasses {
  const random = seededRandom(seed);
  const truth = yTrue ?? Int32Array.from({ length: samples }, () => Math.floor(classes * random() ** 2));
  return {
    kind: "classification",
    labels: Array.from({ length: classes }, (_, code) => `class ${String(code).padStart(4, "0")}`),
    yTrue: truth,
    yPred: truth.map((code) => (random() < 0.7 ? code : Math.floor(classes * random()))),
    positive: classes === 2 ? 1 : undefined,
    scores: [],
    scored: [],
  };
}

describe("the influences on a score of counts", () => {
  it.each(askedScores(2, () => true))(
    "are how fast $name changes as a label's samples gain weight",
    (score) => {
      for (const classes of [2, 5]) {
        const { yTrue, yPred } = sample(classes, 40, 3);
        const { of } = score;
        const many = 1_000_000; // so that one more sample changes the score by its derivative
        const counts = new Float64Array(yTrue.length).fill(many);
        const table = fillTable(emptyTable(classes), counts, yTrue, yPred);
        const value = of(table, 1)!;
        const gradient = countGradient(score, table, 1);
        let sum = 0;
        for (let i = 0; i < yTrue.length; i++) {
          const influence = influenceOf(gradient, table.samples, yTrue[i]!, yPred[i]!);
          sum += influence;
          counts[i]! += 100;
          const more = of(fillTable(emptyTable(classes), counts, yTrue, yPred), 1)!;
          fillTable(table, counts.fill(many), yTrue, yPred);
          expect(((more - value) / 100) * many * yTrue.length).toBeCloseTo(influence, 3);
        }
        expect(Math.abs(sum)).toBeLessThan(1e-9);
      }
    },
  );
});

describe("with many labels", () => {
  const scores = ["f1_macro", "matthews_corrcoef", "cohen_kappa", "balanced_accuracy", "precision_weighted"];

  it("scores have an interval about as wide as by the delta method", () => {
    const few = sample(6, 4000, 5);
    const drawn = judgeScores(few, { level: 0.95, seed: 1, scores });
    const table = fillTable(emptyTable(6), new Float64Array(4000).fill(1), few.yTrue, few.yPred);
    for (const { score, value, low, high } of drawn) {
      const gradient = countGradient(countScore(score)!, table, 6);
      const { parts } = countEstimate(value, gradient, few.yTrue, few.yPred);
      const width = 2 * 1.96 * Math.sqrt(parts.reduce((sum, part) => sum + part * part, 0));
      expect(`${score} ${Math.abs((high! - low!) / width - 1) < 0.06}`).toBe(`${score} true`);
    }
    const many = judgeScores(sample(120, 30_000, 6), { level: 0.95, seed: 1, scores });
    expect(many.map(({ score }) => score)).toHaveLength(5);
    for (const { method, low, value, high, seed } of many) {
      expect({ method, seed, isInside: low! < value && value < high! }).toEqual({
        method: expect.stringContaining("MOVER"),
        seed: null,
        isInside: true,
      });
    }
  });

  it("two experiments are compared", () => {
    const a = sample(120, 30_000, 6);
    const b = sample(120, 30_000, 7, a.yTrue);
    const better: JudgedClasses = {
      ...b,
      yPred: b.yPred.map((code, i) => (i % 20 === 0 ? a.yTrue[i]! : code)),
    };
    const found = judgeDifference(a, better, { level: 0.95, seed: 0, scores: undefined }).scores;
    expect(found).toHaveLength(11);
    for (const { method, verdict, low, difference, high } of found) {
      expect(method).toMatch(/^paired MOVER|Newcombe$/);
      expect(verdict).toBe("better");
      expect(low! < difference! && difference! < high!).toBe(true);
    }
    for (const { p, low, high } of judgeDifference(a, a, { level: 0.95, seed: 0, scores: undefined })
      .scores) {
      expect([p, low! < 0, high! > 0]).toEqual([1, true, true]);
    }
  });
});
