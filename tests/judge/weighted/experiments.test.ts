import { describe, expect, it } from "vitest";

import { compareExperiments, isBetterBy, scoreIntervals } from "../../../src/jobs/compare-experiments.js";
import { compareRuns } from "../../../src/jobs/compare-runs.js";
import { explainScore } from "../../../src/jobs/explain-score.js";
import { leaderboard } from "../../../src/jobs/leaderboard.js";
import { logExperiment } from "../../../src/jobs/log-experiment.js";
import { report } from "../../../src/jobs/report.js";
import { compareSlices, findSlices, sliceScores } from "../../../src/jobs/slices.js";
import { smallClassification } from "../../support/experiments.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { loggedPets, weightsOfPets } from "./weighted-samples.js";

const odd = Array.from({ length: 120 }, (_, i) => (i % 2 === 0 ? "even" : "odd"));

async function threeExperiments() {
  const store = await temporaryFolder();
  const weighted = { sampleWeight: weightsOfPets, sampleFeatures: { odd } };
  const a = await loggedPets(store, { ...weighted, wrong: 0.4 });
  const b = await loggedPets(store, { ...weighted, wrong: 0.05 });
  const plain = await loggedPets(store, { wrong: 0.2, sampleFeatures: { odd } });
  return { store, a, b, plain };
}

describe("experiments with sample_weight", () => {
  it("are compared by their weighted scores, and the comparison says so", async () => {
    const { store, a, b } = await threeExperiments();
    const comparison = await compareExperiments(a, b, { store, alone: true, margin: 0.05 });
    expect(comparison).toMatchObject({
      verdict: "better",
      weighted: "weighted by sample_weight: 120 samples count as 100",
      nearer: null,
      a: { sample_weight: { sum: 300, effective_samples: 100 } },
      margin: { conclusion: "superior" },
    });
    expect(isBetterBy(comparison, 0.05)).toBe(true);
    const intervals = await scoreIntervals(a, { store });
    for (const { score, a: value } of comparison.scores) {
      expect(value).toBe(intervals.find((each) => each.score === score)!.value);
    }
    const { text } = await report(a, b, { store, format: "markdown" });
    expect(text).toContain("weighted by sample_weight: 120 samples count as 100");
  });

  it("are not compared with one without, nor with one of other weights", async () => {
    const { store, a, plain } = await threeExperiments();
    await expect(compareExperiments(a, plain, { store })).rejects.toThrow(
      `the scores of experiment ${a} are weighted by sample_weight and those of ${plain} are not; log ${plain} again with the same sample_weight, or ${a} without it`,
    );
    const sevenfold = await loggedPets(store, { sampleWeight: weightsOfPets.map((weight) => 7 * weight) });
    expect((await compareExperiments(a, sevenfold, { store })).verdict).toBe("no evidence");
    const other = await loggedPets(store, {
      sampleWeight: weightsOfPets.map((weight, i) => weight + Number(i < 3)),
    });
    await expect(compareExperiments(other, a, { store })).rejects.toMatchObject({
      code: "NOT_COMPARABLE",
      message: expect.stringMatching(
        /^3 of the 120 samples that experiments .* have another sample_weight/,
      ) as string,
    });
  });

  it("are ranked with a note where others are weighted in another way, and not compared with these", async () => {
    const { store, a, b, plain } = await threeExperiments();
    const board = await leaderboard("pets", { store, score: "accuracy" });
    expect(board.note).toContain("are weighted by sample_weight, not all in the same way");
    const rowOf = (id: string) => board.rows.find(({ prediction_id: each }) => each === id)!;
    expect(rowOf(b).verdict).toBe("best");
    expect(rowOf(a)).toMatchObject({ verdict: "worse than the best", sample_weight: { sum: 300 } });
    expect(rowOf(plain)).toMatchObject({ verdict: "not judged", sample_weight: null });
    expect(rowOf(plain).reason).toContain("weighted by sample_weight");
  });

  it("are looked at by the groups of a column, but not searched", async () => {
    const { store, a, b } = await threeExperiments();
    await expect(findSlices(a, { store })).rejects.toThrow(
      "the search for slices counts every sample the same",
    );
    const { slices, overall } = await sliceScores(a, { store, by: "odd", score: "accuracy" });
    expect(overall.method).toBe("bootstrap of the weighted samples");
    expect(slices.map(({ text, slice }) => [text, slice.method])).toEqual([
      ["odd = even", "bootstrap of the weighted samples"],
      ["odd = odd", "bootstrap of the weighted samples"],
    ]);
    const both = await compareSlices(a, b, { store, score: "accuracy" });
    for (const { difference } of both.slices)
      expect(difference.method ?? "").toMatch(/^(paired bootstrap.*|)$/);
    expect(both.slices).toHaveLength(2);
  });

  it("are not compared over runs on one test set", async () => {
    const { store, a, b, plain } = await threeExperiments();
    const again = { sampleWeight: weightsOfPets };
    const [c, d] = [await loggedPets(store, again), await loggedPets(store, { ...again, wrong: 0.2 })];
    const runs = [
      [a, b],
      [c, d],
    ];
    await expect(compareRuns(runs, { store })).rejects.toThrow(
      `the scores of experiment ${a} are weighted by sample_weight, and runs on one test set`,
    );
    runs[1]![1] = plain;
    await expect(compareRuns(runs, { store })).rejects.toThrow(
      `the scores of experiment ${a} are weighted by sample_weight and those of ${plain} are not`,
    );
  });

  it("have numbers explained by their weighted scores first, by other definitions without weights", async () => {
    const store = await temporaryFolder();
    const { scores } = await logExperiment({
      ...smallClassification(store),
      yTrue: ["cat", "dog", "cat", "dog", "cat", "dog", "cat"],
      yPred: ["cat", "cat", "cat", "dog", "dog", "dog", "cat"],
      parameters: { ...smallClassification(store).parameters, testSet: [1, 2, 3, 4, 5, 6, 7] },
      sampleWeight: [1, 2, 3, 4, 5, 6, 7],
      project: "explained",
    }).then(async (logged) => {
      const explained = await explainScore(logged.predictionId, { store, value: "0.75", name: "accuracy" });
      expect(explained.matches[0]).toMatchObject({
        library: "ml-tracking",
        call: "accuracy, with sample_weight",
      });
      expect(explained.summary).toMatch(/^0\.75 is accuracy here, with sample_weight\./);
      expect(explained.ours).toEqual([{ score: "accuracy", value: 0.75 }]);
      const other = await explainScore(logged.predictionId, { store, value: "0.7142857", name: "accuracy" });
      expect(other.summary).toContain(", without sample_weight.");
      expect(other.summary).toContain("Here accuracy is 0.7500, with sample_weight.");
      return logged;
    });
    expect(scores["accuracy"]).toBe(0.75);
  });

  it("have reported numbers held against their weighted scores, and other definitions without weights", async () => {
    const store = await temporaryFolder();
    const small = smallClassification(store, {
      positiveLabel: "dog",
      sampleWeight: [1, 6, 1, 2],
      project: "reported",
    });
    const { reported } = await logExperiment({ ...small, reported: { accuracy: 0.4, f1: "0.666666667" } });
    expect(reported!.map(({ verdict }) => verdict)).toEqual(["matches", "another definition"]);
    expect(reported![1]!.summary).toContain(", without sample_weight; f1 is 0.4000 here");
  });
});
