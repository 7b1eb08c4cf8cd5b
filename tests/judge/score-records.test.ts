import { describe, expect, it } from "vitest";

import { judgeDifference } from "../../src/judge/difference/judge-difference.js";
import { judgeScores } from "../../src/judge/intervals/judge-scores.js";
import {
  type JudgedClasses,
  type JudgedNumbers,
  type JudgedSample,
  takeRows,
} from "../../src/judge/pairing/judged-sample.js";
import { sampleScores } from "../../src/judge/sample-scores.js";
import { classificationScores } from "../../src/scores/classification-sample.js";
import { scoreRegistry } from "../../src/scores/registry.js";
import { regressionScores } from "../../src/scores/regression-sample.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";

function classes(count: number, samples: number, seed: number): JudgedClasses {
  const random = seededRandom(seed);
  const yTrue = Int32Array.from({ length: samples }, (_, i) =>
    i < count ? i : Math.floor(count * random() ** 1.5),
  );
  const rows = Array.from(yTrue, (truth) => {
    const row = Array.from({ length: count }, (_, code) => random() + (code === truth ? 0.3 : 0));
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((value) => value / sum);
  });
  const scored = count === 2 ? [1] : rows[0]!.map((_, code) => code);
  return {
    kind: "classification",
    labels: scored.length === 1 ? [0, 1] : scored,
    yTrue,
    yPred: Int32Array.from(rows, (row) => row.indexOf(Math.max(...row))),
    positive: count === 2 ? 1 : undefined,
    scores: scored.map((code) => Float64Array.from(rows, (row) => row[code]!)),
    scored,
  };
}

function numbers(samples: number, seed: number): JudgedNumbers {
  const random = seededRandom(seed);
  const yTrue = Float64Array.from({ length: samples }, () => 10 * random() - 4);
  return {
    kind: "regression",
    yTrue,
    yPred: yTrue.map((value) => 0.9 * value + random() + 0.1 * random() ** 8),
  };
}

function scoresOf(sample: JudgedSample): Partial<Record<string, number>> {
  if (sample.kind === "regression") return regressionScores(sample).scores;
  const { labels, yTrue, yPred, positive, scores } = sample;
  const yScore =
    scores.length === 1
      ? scores[0]!
      : Float64Array.from({ length: yTrue.length * scores.length }, (_, at) => {
          return scores[at % scores.length]![Math.floor(at / scores.length)]!;
        });
  return classificationScores({
    labels,
    yTrue,
    yPred,
    yScore,
    ...(positive === undefined ? {} : { positive }),
  }).scores;
}

const samples: Record<string, JudgedSample> = {
  "two classes": classes(2, 61, 1),
  "four classes": classes(4, 83, 2),
  numbers: numbers(57, 3),
};

describe.each(Object.entries(samples))("every part of a score's record says the same of %s", (_, sample) => {
  const logged = scoresOf(sample);

  it("what each sample adds makes the value that is logged", () => {
    const found = sampleScores(sample, () => true);
    expect(found.length).toBeGreaterThan(4);
    for (const { score, estimate } of found) expect(estimate()!.value).toBeCloseTo(logged[score]!, 10);
  });

  it("its influences are what the value loses without the sample", () => {
    if (sample.kind === "regression") return; // its influences are tested beside the tails
    const n = sample.yTrue.length;
    const wanted = (score: string) => ["average_precision", "d2_log_loss_score"].includes(score);
    for (const { score, estimate } of sampleScores(sample, wanted)) {
      const { value, parts } = estimate()!;
      for (let left = 0; left < n; left++) {
        const kept = Int32Array.from({ length: n - 1 }, (__, i) => (i < left ? i : i + 1));
        const without = sampleScores(takeRows(sample, kept, sample.labels), wanted);
        const other = without.find((each) => each.score === score)!.estimate()!.value;
        const influence = parts[left]! * Math.sqrt(n * (n - 1));
        expect(Math.abs((n - 1) * (value - other) - influence), score).toBeLessThan(
          (6 / Math.sqrt(n)) * (1 + Math.abs(influence)),
        );
      }
    }
  });

  it("each score has its interval and its paired difference, or the reason why not", () => {
    const options = { level: 0.95, seed: 1, scores: undefined };
    const intervals = judgeScores(sample, options);
    expect(intervals.map(({ score }) => score)).toEqual(
      scoreRegistry.flatMap(({ name }) => (logged[name] === undefined ? [] : [name])),
    );
    for (const { score, value, low, high, reason } of intervals) {
      expect(value).toBeCloseTo(logged[score]!, 10);
      if (score === "max_error") expect(reason).toContain("not bounded");
      else if (low === null) expect(reason, score).toMatch(/of its variance|has fewer than 12 samples/);
      else
        expect([score, low <= value && value <= high!, low, value, high]).toEqual([
          score,
          true,
          low,
          value,
          high,
        ]);
    }
    const worse: JudgedSample =
      sample.kind === "regression"
        ? { ...sample, yPred: sample.yPred.map((value, i) => value + (i % 3)) }
        : {
            ...sample,
            yPred: sample.yPred.map((code, i) => (i % 3 === 0 ? (code + 1) % sample.labels.length : code)),
            scores: sample.scores.map((column) =>
              column.map((value) => 0.6 * value + 0.4 / sample.labels.length),
            ),
          };
    const { scores } = judgeDifference(sample, worse, options);
    expect(scores.map(({ score }) => score)).toEqual(intervals.map(({ score }) => score));
    for (const { score, verdict } of scores) expect(`${score} ${verdict}`).not.toBe(`${score} better`);
  });
});
