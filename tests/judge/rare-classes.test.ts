import { describe, expect, it } from "vitest";

import { judgeDifference } from "../../src/judge/difference/judge-difference.js";
import { judgeScores } from "../../src/judge/intervals/judge-scores.js";
import type { JudgedClasses } from "../../src/judge/pairing/judged-sample.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";

const options = { level: 0.95, seed: 0, scores: undefined };

/** How often each true label, prediction of a and prediction of b come together. */
type Counts = readonly (readonly [truth: number, a: number, b: number, count: number])[];

function pair(counts: Counts, labels: readonly string[] = ["no", "yes"]): [JudgedClasses, JudgedClasses] {
  const rows = counts.flatMap(([truth, a, b, count]) => Array.from({ length: count }, () => [truth, a, b]));
  const column = (at: number) => Int32Array.from(rows, (row) => row[at]!);
  const model = (at: number): JudgedClasses => ({
    kind: "classification",
    labels,
    yTrue: column(0),
    yPred: column(at),
    positive: labels.length > 2 ? undefined : 1,
    scores: [],
    scored: labels.length > 2 ? [...labels.keys()] : [1],
  });
  return [model(1), model(2)];
}

const differences = (counts: Counts) =>
  new Map(judgeDifference(...pair(counts), options).scores.map((each) => [each.score, each]));

describe("scores of counts", () => {
  it("see no difference of precision in 9 of 10 beside 200 of 250", () => {
    const found = differences([
      [1, 1, 1, 9],
      [0, 1, 1, 1],
      [1, 0, 1, 191],
      [0, 0, 1, 49],
      [0, 0, 0, 750],
    ]).get("precision")!;
    expect(found.verdict).toBe("no evidence");
    expect(found.p).toBeGreaterThan(0.2);
    expect(found.low! < -0.2 && found.high! > 0.1).toBe(true);
  });

  it("of a perfect model of few samples have intervals as wide as its recall's", () => {
    const [a] = pair([
      [0, 0, 0, 45],
      [1, 1, 1, 5],
    ]);
    const found = new Map(judgeScores(a, options).map((each) => [each.score, each]));
    expect(found.get("f1")!.low!).toBeLessThan(0.75);
    expect(found.get("balanced_accuracy")!.low!).toBeLessThan(0.8);
    for (const { score, low, high, reason } of found.values()) {
      expect(reason === null ? high! - low! > 0.02 : reason.length > 20, score).toBe(true);
    }
  });

  it("have a reason instead where a class has fewer than 3 samples", () => {
    const counts: Counts = [
      [0, 0, 1, 20],
      [1, 1, 1, 2],
    ];
    expect(judgeScores(pair(counts)[0], options).find(({ score }) => score === "f1_macro")).toMatchObject({
      low: null,
      reason: 'class "yes" has fewer than 3 samples in y_true, too few to say how it would be on others',
    });
    expect(differences(counts).get("cohen_kappa")).toMatchObject({ p: null, verdict: "cannot be tested" });
  });

  it("leave 0 out of an interval where p is below 1 - level, and only there", () => {
    const random = seededRandom(5);
    for (let table = 0; table < 300; table++) {
      const count = () => Math.floor(12 * random() ** 3);
      const rest = 200 * random();
      const counts = Array.from(
        { length: 8 },
        (_, i) => [i >> 2, (i >> 1) & 1, i & 1, count() + (i === 0 ? Math.floor(rest) : 0)] as const,
      );
      for (const { score, p, low, high } of differences(counts).values()) {
        if (low === null) continue;
        expect(`${score} ${JSON.stringify(counts)} ${p! < 0.05}`).toBe(
          `${score} ${JSON.stringify(counts)} ${low > 0 || high! < 0}`,
        );
      }
    }
  });

  it("err in at most 6 of 100 comparisons of equal models: every table of 6 samples, with its chance", () => {
    const chances = Array.from({ length: 8 }, (_, i) => {
      const isRight = (prediction: number) => (prediction === i >> 2 ? 0.7 : 0.3);
      return 0.5 * isRight((i >> 1) & 1) * isRight(i & 1);
    });
    const errors = new Map<string, number>();
    let all = 0;
    const visit = (cell: number, left: number, chance: number, counts: number[]) => {
      if (cell === 7) {
        let own = chance;
        for (let i = 1; i <= left; i++) own *= chances[7]! / i;
        all += own;
        const found = differences(
          [...counts, left].map((count, i) => [i >> 2, (i >> 1) & 1, i & 1, count] as const),
        );
        for (const { score, verdict } of found.values()) {
          const isError = verdict === "better" || verdict === "worse";
          errors.set(score, (errors.get(score) ?? 0) + (isError ? own : 0));
        }
        return;
      }
      let own = chance;
      for (let count = 0; count <= left; count++) {
        if (count > 0) own *= chances[cell]! / count;
        visit(cell + 1, left - count, own, [...counts, count]);
      }
    };
    visit(0, 6, 720, []);
    expect(all).toBeCloseTo(1, 12);
    expect(errors.size).toBe(14);
    for (const [score, share] of errors) expect(share, score).toBeLessThan(0.06);
  });
});
