import { describe, expect, it } from "vitest";

import { judgeDifference } from "../../src/judge/difference/judge-difference.js";
import { judgeScores } from "../../src/judge/intervals/judge-scores.js";
import type { JudgedSample } from "../../src/judge/pairing/judged-sample.js";
import { mcNemarMidP } from "../../src/statistics/mcnemar.js";
import { normalQuantile } from "../../src/statistics/normal-distribution.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";

const rounds = 2000;
const options = { level: 0.95, seed: 0 };

function binary(random: () => number, n: number, y: Int32Array, right = 0.75): JudgedSample {
  const score = Float64Array.from(
    y,
    (code) => 1 / (1 + Math.exp(-normalQuantile(random()) - (code ? 1 : -1))),
  );
  return {
    kind: "classification",
    labels: ["no", "yes"],
    yTrue: y,
    yPred: y.map((code) => (random() < right ? code : 1 - code)),
    positive: 1,
    scores: [score],
    scored: [1],
  };
}

function regression(random: () => number, yTrue: Float64Array): JudgedSample {
  return { kind: "regression", yTrue, yPred: yTrue.map((truth) => truth + normalQuantile(random())) };
}

/** How many samples the one gets right and the other wrong. */
function countRight(one: JudgedSample, other: JudgedSample): number {
  let count = 0;
  for (const [i, truth] of one.yTrue.entries()) {
    count += Number(one.yPred[i] === truth && other.yPred[i] !== truth);
  }
  return count;
}

/** Kolmogorov and Smirnov's distance from the uniform distribution. */
function distanceFromUniform(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.max(
    ...sorted.map((value, i) => Math.max(value - i / sorted.length, (i + 1) / sorted.length - value)),
  );
}

describe("under the null hypothesis", () => {
  it.each(["roc_auc", "log_loss", "brier_score", "average_precision", "accuracy"])(
    "p of %s is uniform",
    (score) => {
      const random = seededRandom(11);
      const ps = Array.from({ length: rounds }, () => {
        const y = Int32Array.from({ length: 300 }, () => Number(random() < 0.5));
        const [a, b] = [binary(random, 300, y), binary(random, 300, y)];
        if (score === "accuracy") return mcNemarMidP(countRight(a, b), countRight(b, a));
        const { scores } = judgeDifference(a, b, { ...options, scores: [score] });
        return scores[0]!.p!;
      });
      // McNemar's p has steps: of about 112 samples only one model gets right.
      expect(distanceFromUniform(ps)).toBeLessThan(score === "accuracy" ? 0.06 : 1.95 / Math.sqrt(rounds));
    },
  );

  it.each(["mean_absolute_error", "root_mean_squared_error", "r2", "median_absolute_error"])(
    "p of %s is uniform",
    (score) => {
      const random = seededRandom(12);
      const ps = Array.from({ length: rounds }, () => {
        const y = Float64Array.from({ length: 200 }, () => 3 * normalQuantile(random()));
        const [a, b] = [regression(random, y), regression(random, y)];
        return judgeDifference(a, b, { ...options, scores: [score] }).scores[0]!.p;
      }).filter((p) => p !== null); // where one model alone seems to have large errors, there is no test
      expect(ps.length).toBeGreaterThan(0.8 * rounds);
      expect(distanceFromUniform(ps)).toBeLessThan(1.95 / Math.sqrt(rounds));
    },
  );
});

describe("scores of counts", () => {
  it.each(["f1", "f1_macro", "matthews_corrcoef"])(
    "have a uniform p of %s under the null hypothesis",
    (score) => {
      const random = seededRandom(14);
      const ps = Array.from({ length: rounds }, (_, seed) => {
        const y = Int32Array.from({ length: 300 }, () => Number(random() < 0.4));
        const [a, b] = [binary(random, 300, y), binary(random, 300, y)];
        return judgeDifference(a, b, { level: 0.95, seed, scores: [score] }).scores[0]!.p!;
      });
      expect(distanceFromUniform(ps)).toBeLessThan(1.95 / Math.sqrt(rounds));
    },
  );
});

it.each([
  [167, 0.03],
  [167, 0.1],
  [1000, 0.02],
])("finds no more than its share of differences where %i samples rarely differ: %f", (n, share) => {
  const random = seededRandom(5);
  const found: Record<string, number> = {};
  for (let round = 0; round < 1000; round++) {
    const yTrue = Int32Array.from({ length: n }, () => Math.floor(random() * 3));
    const base = yTrue.map((code) => (random() < 0.95 ? code : (code + 1) % 3));
    const model = (): JudgedSample => ({
      kind: "classification",
      labels: ["a", "b", "c"],
      yTrue,
      yPred: base.map((code, i) =>
        random() >= share / 2 ? code : code === yTrue[i] ? (code + 1) % 3 : yTrue[i]!,
      ),
      positive: undefined,
      scores: [],
      scored: [],
    });
    const scores = ["accuracy", "balanced_accuracy", "f1_macro", "matthews_corrcoef"];
    for (const { score, p, low, high } of judgeDifference(model(), model(), {
      level: 0.95,
      seed: round,
      scores,
    }).scores) {
      for (const level of [0.05, 0.01]) {
        const name = `${score} p < ${level}`;
        found[name] = (found[name] ?? 0) + Number(p! < level);
      }
      const name = `${score} 0 left out`;
      if (low !== null) found[name] = (found[name] ?? 0) + Number(low > 0 || high! < 0);
    }
  }
  for (const [name, count] of Object.entries(found)) {
    // Of 1,000 rounds, three standard errors above what the level says.
    expect(count, name).toBeLessThanOrEqual(name.endsWith("0.01") ? 20 : 72);
  }
});

it("covers the true value with 93 to 97 of 100 intervals", () => {
  const random = seededRandom(13);
  const truths = { accuracy: 0.75, recall: 0.75, f1: 0.75, roc_auc: 0.9213503964748575 };
  const covered = { accuracy: 0, recall: 0, f1: 0, roc_auc: 0 };
  const times = 1000;
  for (let i = 0; i < times; i++) {
    const y = Int32Array.from({ length: 400 }, (_, row) => row % 2);
    const found = judgeScores(binary(random, 400, y), { level: 0.95, seed: i, scores: Object.keys(truths) });
    for (const { score, low, high } of found) {
      const name = score as keyof typeof truths;
      if (low! <= truths[name] && truths[name] <= high!) covered[name] += 1;
    }
  }
  for (const [score, count] of Object.entries(covered)) {
    expect(`${score} ${count / times >= 0.93 && count / times <= 0.97 ? "within" : count}`).toBe(
      `${score} within`,
    );
  }
});
