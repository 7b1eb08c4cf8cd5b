import { describe, expect, it } from "vitest";

import { judgeDifference } from "../../src/judge/difference/judge-difference.js";
import { judgeScores } from "../../src/judge/intervals/judge-scores.js";
import type { JudgedClasses, JudgedNumbers, JudgedSample } from "../../src/judge/pairing/judged-sample.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";

const options = { level: 0.95, seed: 0, scores: undefined };

/** With scores for the positive class of two, or for each class. */
function classes(yTrue: number[], yPred: number[], labels: number, sure = 0.9): JudgedClasses {
  const scored = labels > 2 ? Array.from({ length: labels }, (_, code) => code) : [1];
  return {
    kind: "classification",
    labels: Array.from({ length: labels }, (_, code) => `class ${code}`),
    yTrue: Int32Array.from(yTrue),
    yPred: Int32Array.from(yPred),
    positive: labels > 2 ? undefined : 1,
    scores: scored.map((code) =>
      Float64Array.from(yPred, (predicted) => (predicted === code ? sure : (1 - sure) / (labels - 1))),
    ),
    scored,
  };
}

function numbers(yTrue: number[], yPred: number[]): JudgedNumbers {
  return { kind: "regression", yTrue: Float64Array.from(yTrue), yPred: Float64Array.from(yPred) };
}

const random = seededRandom(6);
const some = Array.from({ length: 60 }, () => Math.floor(3 * random()));
const twos = some.map((code) => Number(code > 0));
const values = some.map((code) => code + random());

const cases: Record<string, [JudgedSample, JudgedSample]> = {
  "two classes, all right and all wrong": [
    classes(twos, twos, 2),
    classes(
      twos,
      twos.map((code) => 1 - code),
      2,
    ),
  ],
  "three classes, all right and all wrong": [
    classes(some, some, 3),
    classes(
      some,
      some.map((code) => (code + 1) % 3),
      3,
    ),
  ],
  "three classes, one of them never true": [
    classes(twos, some, 3),
    classes(
      twos,
      some.map((code) => (code + 1) % 3),
      3,
    ),
  ],
  "one class throughout": [classes([0, 0, 0], [0, 0, 0], 2), classes([0, 0, 0], [0, 0, 1], 2)],
  "one sample": [classes([1], [1], 2), classes([1], [0], 2)],
  "one sample of three classes": [classes([1], [1], 3), classes([1], [2], 3)],
  "two samples": [classes([0, 1], [0, 1], 2), classes([0, 1], [1, 0], 2)],
  "probabilities of 0 and 1": [
    classes(twos, twos, 2, 1),
    classes(
      twos,
      twos.map((code) => 1 - code),
      2,
      1,
    ),
  ],
  "numbers, all right and all off by one": [
    numbers(values, values),
    numbers(
      values,
      values.map((value) => value + 1),
    ),
  ],
  "numbers that are all the same": [numbers([5, 5, 5, 5], [5, 5, 5, 5]), numbers([5, 5, 5, 5], [5, 4, 6, 5])],
  "one number": [numbers([2], [2]), numbers([2], [3])],
  "two numbers": [numbers([2, 0], [2, 1]), numbers([2, 0], [3, 0])],
  "huge and tiny numbers": [
    numbers([1e150, -1e150, 1e-150, 0, 1, 2, 3, 4, 5], [1e150, -1e149, 0, 0, 1, 2, 3, 4, 6]),
    numbers([1e150, -1e150, 1e-150, 0, 1, 2, 3, 4, 5], [1e149, -1e150, 0, 0, 1, 2, 3, 4, 6]),
  ],
};

/** Rounding may put a bound on the wrong side of what it touches. */
const near = (value: number) => 1e-12 * Math.max(1, Math.abs(value));

describe.each(Object.entries(cases))("%s", (_, [a, b]) => {
  it("have intervals around the scores, or a reason why not", () => {
    for (const sample of [a, b]) {
      const found = judgeScores(sample, options);
      expect(found.length).toBeGreaterThan(3);
      for (const { score, value, low, high, method, reason } of found) {
        expect(Number.isFinite(value), score).toBe(true);
        if (low === null || high === null) {
          expect([high, low, method], score).toEqual([null, null, null]);
          expect(reason!.length, score).toBeGreaterThan(15);
          continue;
        }
        expect([reason, Number.isFinite(low), Number.isFinite(high)], score).toEqual([null, true, true]);
        const isInside = low <= value + near(value) && value - near(value) <= high;
        expect(isInside ? "" : `${score} ${method} ${low} ${value} ${high}`).toBe("");
      }
    }
  });

  it("differ by what the intervals say, forth and back", () => {
    const [forth, back] = [judgeDifference(a, b, options).scores, judgeDifference(b, a, options).scores];
    expect(forth.length).toBeGreaterThan(3);
    for (const [i, each] of forth.entries()) {
      const { score, difference, low, high, p, reason, verdict } = each;
      expect(back[i]!.score).toBe(score);
      if (low === null || p === null) expect(reason!.length, score).toBeGreaterThan(15);
      expect(p === null || (p >= 0 && p <= 1), `${score} ${p}`).toBe(true);
      expect(verdict === "cannot be tested", score).toBe(p === null);
      if (difference === null) {
        expect([each.a, each.b].includes(null), score).toBe(true);
        expect([back[i]!.a, back[i]!.b, p, low, high], score).toEqual([each.b, each.a, null, null, null]);
        continue;
      }
      expect(Math.abs(difference + back[i]!.difference!), score).toBeLessThanOrEqual(near(difference));
      if (low === null) continue;
      const isInside = low <= difference + near(difference) && difference - near(difference) <= high!;
      expect(isInside ? "" : `${score} ${low} ${difference} ${high}`).toBe("");
    }
  });

  it("do not differ from themselves", () => {
    for (const { score, difference, p, verdict, detectable } of judgeDifference(a, a, options).scores) {
      expect([difference, detectable], score).toEqual([0, null]);
      expect(verdict, score).toBe(p === null ? "cannot be tested" : "no evidence");
      expect(p === null || p === 1, `${score} ${p}`).toBe(true);
    }
  });
});
