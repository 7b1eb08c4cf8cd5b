import { describe, expect, it } from "vitest";

import { judgeDifference } from "../../src/judge/difference/judge-difference.js";
import { judgeScores } from "../../src/judge/intervals/judge-scores.js";
import type { JudgedNumbers } from "../../src/judge/pairing/judged-sample.js";
import { normalQuantile } from "../../src/statistics/normal-distribution.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";

const options = { level: 0.95, seed: 0, scores: undefined };
const ofSquares = ["mean_squared_error", "root_mean_squared_error", "r2"];

function numbers(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): JudgedNumbers {
  return { kind: "regression", yTrue: Float64Array.from(yTrue), yPred: Float64Array.from(yPred) };
}

/** Two models whose errors are drawn alike. */
function alike(random: () => number, n: number, error: () => number): [JudgedNumbers, JudgedNumbers] {
  const yTrue = Float64Array.from({ length: n }, () => 3 * normalQuantile(random()));
  const model = () =>
    numbers(
      yTrue,
      yTrue.map((truth) => truth + error()),
    );
  return [model(), model()];
}

function differences(a: JudgedNumbers, b: JudgedNumbers, level = 0.95) {
  const { scores } = judgeDifference(a, b, { ...options, level });
  return Object.fromEntries(scores.map((each) => [each.score, each]));
}

describe("scores that rise and fall together", () => {
  it("have one p and one verdict: MSE, RMSE and R², and MAE, its pinball loss and D²", () => {
    const random = seededRandom(1);
    let shown = 0;
    for (const n of [2, 3, 5, 6, 10, 20, 60, 300]) {
      for (let i = 0; i < 40; i++) {
        const [a, b] = alike(random, n, () => normalQuantile(random()));
        b.yPred.forEach((value, row) => {
          b.yPred[row] = value + 0.3 * (i % 4);
        });
        const found = differences(a, b);
        for (const group of [
          ofSquares,
          ["mean_absolute_error", "mean_pinball_loss", "d2_absolute_error_score"],
        ]) {
          const [first, ...others] = group.map((score) => found[score]!);
          for (const other of others) {
            expect(other.p, `${other.score}, n ${n}`).toBeCloseTo(first!.p!, 9);
            expect(other.verdict, `${other.score}, n ${n}`).toBe(first!.verdict);
          }
          shown += Number(first!.verdict !== "no evidence");
        }
        for (const { score, low, high, p } of Object.values(found)) {
          if (low !== null && p !== null) {
            expect(low > 0 || high! < 0, `${score}, n ${n}: p ${p}, ${low} ${high}`).toBe(p < 0.05);
          }
        }
      }
    }
    expect(shown).toBeGreaterThan(50);
  });

  it("are not called different by two samples, whatever these say", () => {
    const found = differences(numbers([1, 3], [1.1, 3.3]), numbers([1, 3], [1.7, 3.9]));
    for (const { score, p, verdict, low } of Object.values(found)) {
      expect(verdict === "better" || verdict === "worse", score).toBe(false);
      expect(low, score).toBeNull();
      if (p !== null) expect(p, score).toBeGreaterThanOrEqual(0.25);
    }
  });

  it("are called different in at most 6 % of comparisons of equal models, also of 10 and 20 samples", () => {
    const random = seededRandom(2);
    const normal = () => normalQuantile(random());
    const errors = { normal, lognormal: () => (random() < 0.5 ? -1 : 1) * Math.exp(normal()) };
    for (const [name, error] of Object.entries(errors)) {
      for (const n of [10, 20]) {
        const wrong: Record<string, number> = {};
        const rounds = 500;
        for (let i = 0; i < rounds; i++) {
          for (const each of Object.values(differences(...alike(random, n, error)))) {
            wrong[each.score] =
              (wrong[each.score] ?? 0) + Number(each.verdict === "better" || each.verdict === "worse");
          }
        }
        // Two standard errors above 6 %.
        for (const [score, count] of Object.entries(wrong)) {
          expect(count / rounds, `${score}, ${name}, n ${n}`).toBeLessThan(0.082);
        }
      }
    }
  });
});

describe("the median error", () => {
  it("is judged by the medians, not by how often one is nearer", () => {
    const sizes = Array.from({ length: 100 }, (_, i) => i + 1);
    const nearer = sizes.map((size) => (size >= 45 && size <= 56 ? size + 3 : size - 0.5));
    const yTrue = sizes.map(() => 0.5);
    const model = (errors: number[]) =>
      numbers(
        yTrue,
        errors.map((error) => 0.5 + error),
      );
    const { agreement } = judgeDifference(model(sizes), model(nearer), options);
    expect([agreement.a_nearer, agreement.b_nearer]).toEqual([12, 88]);
    const { verdict, low, high, p } = differences(model(sizes), model(nearer))["median_absolute_error"]!;
    expect([verdict, low! <= 0, high! > 0]).toEqual(["no evidence", true, true]);
    expect(p).toBeGreaterThan(0.05);
  });

  it("is called different in few comparisons of models whose errors differ in shape only", () => {
    const random = seededRandom(3);
    const normal = () => normalQuantile(random());
    const shapes = [
      () => (0.6744897502 / Math.LN2) * Math.log(random()),
      () => (0.6744897502 * normal()) / Math.abs(normal()),
      () => 2 * 0.6744897502 * random(),
    ];
    for (const shape of shapes) {
      for (const n of [20, 200]) {
        let wrong = 0;
        for (let i = 0; i < 300; i++) {
          const zeros = new Float64Array(n);
          const [a, b] = [zeros.map(normal), zeros.map(shape)].map((errors) => numbers(zeros, errors));
          const { verdict } = judgeDifference(a!, b!, { ...options, scores: ["median_absolute_error"] })
            .scores[0]!;
          wrong += Number(verdict !== "no evidence");
        }
        expect(wrong / 300).toBeLessThan(0.09);
      }
    }
  });
});

describe("differences that are all the same", () => {
  const wave = Array.from({ length: 100 }, (_, i) => Math.sin(i) * 10);
  it.each([
    ["whole numbers", wave.map((_, i) => i)],
    ["numbers whose rounding differs", wave],
    ["large numbers", wave.map((value) => 1e6 + value)],
  ])("are judged by the sign test: %s", (_, yTrue) => {
    const found = differences(
      numbers(
        yTrue,
        yTrue.map((y) => y + 1),
      ),
      numbers(
        yTrue,
        yTrue.map((y) => y + 0.5),
      ),
    );
    for (const score of ["mean_absolute_error", "mean_squared_error", "r2"]) {
      const { verdict, p, low, method, reason } = found[score]!;
      expect([score, verdict, low]).toEqual([score, "better", null]);
      expect(p).toBeCloseTo(2 ** -100, 40);
      expect(method).toContain("sign test");
      expect(reason).toContain("differs by the same");
    }
  });

  it("are none where only rounding differs", () => {
    const [a, b] = [wave.map((y) => y + 1), wave.map((y) => y + 1 + 1e-15)];
    const { verdict } = differences(numbers(wave, a), numbers(wave, b))["mean_absolute_error"]!;
    expect(verdict).toBe("no evidence");
  });
});

it("judges errors of any unit alike", () => {
  const random = seededRandom(5);
  const [a, b] = alike(random, 30, () => normalQuantile(random()));
  const scaled = ({ yTrue, yPred }: JudgedNumbers, unit: number) =>
    numbers(
      yTrue.map((y) => unit * y),
      yPred.map((y) => unit * y),
    );
  const { p } = differences(a, b)["mean_absolute_error"]!;
  for (const unit of [1e-160, 1e-3, 1e150]) {
    const found = differences(scaled(a, unit), scaled(b, unit))["mean_absolute_error"]!;
    expect(found.p).toBeCloseTo(p!, 9);
  }
});

describe("where a few samples decide", () => {
  const zeros = Array.from({ length: 200 }, () => 0);
  const random = seededRandom(6);
  const errors = zeros.map((_, i) => (i < 3 ? 40 : normalQuantile(random())));
  const sample = numbers(
    zeros.map((_, i) => i % 7),
    errors.map((error, i) => (i % 7) + error),
  );

  it("a mean of squares has no interval, and the reason says how many make how much", () => {
    for (const { score, low, reason } of judgeScores(sample, { ...options, scores: ofSquares })) {
      expect([score, low]).toEqual([score, null]);
      expect(reason).toMatch(/^3 of 200 samples make \d\d % of its variance/);
    }
    const [median] = judgeScores(sample, { ...options, scores: ["median_absolute_error"] });
    expect(median!.low).toBeGreaterThan(0);
  });

  it("a difference keeps its test, but has no interval", () => {
    const better = numbers(
      sample.yTrue,
      sample.yPred.map((value, i) => (value + sample.yTrue[i]!) / 2),
    );
    const { p, low, reason } = differences(sample, better)["mean_squared_error"]!;
    expect(p).toBeGreaterThan(0);
    expect(low).toBeNull();
    expect(reason).toMatch(/samples make \d\d % of its variance/);
  });

  it("of fewer than 30 samples that cannot be told", () => {
    const few = numbers(zeros.slice(0, 29), errors.slice(10, 39));
    const scores = judgeScores(few, options);
    for (const { score, low, reason } of scores) {
      if (ofSquares.slice(0, 2).includes(score))
        expect([low, reason]).toEqual([null, expect.stringContaining("30 samples")]);
      if (score === "mean_absolute_error") expect(low).toBeGreaterThan(0);
    }
  });
});

it("covers the true value with 93 to 97.5 of 100 intervals of 50 and 200 samples", () => {
  const random = seededRandom(7);
  const truths: Record<string, number> = {
    mean_absolute_error: Math.sqrt(2 / Math.PI),
    mean_squared_error: 1,
    root_mean_squared_error: 1,
    r2: 1 - 1 / 9,
    median_absolute_error: normalQuantile(0.75),
  };
  for (const n of [50, 200]) {
    const found: Record<string, [covered: number, shown: number]> = {};
    for (let i = 0; i < 700; i++) {
      const [sample] = alike(random, n, () => normalQuantile(random()));
      for (const { score, low, high } of judgeScores(sample, { ...options, scores: Object.keys(truths) })) {
        if (low === null) continue;
        const counts = (found[score] ??= [0, 0]);
        counts[0] += Number(low <= truths[score]! && truths[score]! <= high!);
        counts[1] += 1;
      }
    }
    for (const [score, [covered, shown]] of Object.entries(found)) {
      const spare = 2 / Math.sqrt(shown); // two standard errors at 95 %, about
      expect(covered / shown, `${score}, n ${n}`).toBeGreaterThan(0.93 - 0.25 * spare);
      expect(covered / shown, `${score}, n ${n}`).toBeLessThan(0.975 + 0.16 * spare);
    }
  }
});

it("is not tested by squares where one model has a few large errors and the other has none such", () => {
  const random = seededRandom(31);
  const yTrue = Float64Array.from({ length: 200 }, () => 50 + 10 * normalQuantile(random()));
  const model = (large: number) =>
    numbers(
      yTrue,
      yTrue.map((truth, i) => truth + normalQuantile(random()) * (i % 50 === 7 ? large : 1)),
    );
  const found = differences(model(1), model(20));
  for (const score of ofSquares) {
    const { p, verdict, reason } = found[score]!;
    expect([p, verdict], score).toEqual([null, "cannot be tested"]);
    expect(reason).toMatch(
      /^one model has a few large errors and the other has none such: of the one 3 of 200/,
    );
  }
  expect(found["mean_absolute_error"]!.p).not.toBeNull();
  const both = differences(model(20), model(20));
  expect(both["mean_squared_error"]!.p).not.toBeNull();
});
