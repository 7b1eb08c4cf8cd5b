import { expect, it } from "vitest";

import { judgeScores } from "../../src/judge/intervals/judge-scores.js";
import type { JudgedClasses } from "../../src/judge/pairing/judged-sample.js";
import { sampleScores } from "../../src/judge/sample-scores.js";
import { normalQuantile } from "../../src/statistics/normal-distribution.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";

function classes(random: () => number, samples: number): JudgedClasses {
  const yTrue = Int32Array.from({ length: samples }, () => Number(random() < 0.3));
  const score = (code: number) => 1 / (1 + Math.exp(-1.2 * normalQuantile(random()) - (code ? 1.2 : -1.2)));
  return {
    kind: "classification",
    labels: ["no", "yes"],
    yTrue,
    yPred: yTrue,
    positive: 1,
    scores: [Float64Array.from(yTrue, score)],
    scored: [1],
  };
}

it("covers the true value with most intervals of 60 samples, and names how they were made", () => {
  const random = seededRandom(42);
  const scores = ["roc_auc", "average_precision"];
  const many = sampleScores(classes(random, 400_000), (score) => scores.includes(score));
  const truths = new Map(many.map(({ score, estimate }) => [score, estimate()!.value]));
  const covered = new Map<string, number>();
  const times = 300;
  for (let seed = 0; seed < times; seed++) {
    for (const { score, low, high, method } of judgeScores(classes(random, 60), {
      level: 0.95,
      seed,
      scores,
    })) {
      if (low === null) continue; // fewer than 12 positives
      expect(method).toMatch(/Newcombe|logit/);
      const truth = truths.get(score)!;
      if (low <= truth && truth <= high!) covered.set(score, (covered.get(score) ?? 0) + 1);
    }
  }
  for (const score of scores) {
    expect(`${score} ${covered.get(score)! / times >= 0.905}`).toBe(`${score} true`);
    expect(`${score} ${covered.get(score)! / times <= 0.985}`).toBe(`${score} true`);
  }
});
