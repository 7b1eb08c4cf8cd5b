import { describe, expect, it } from "vitest";

import { compareExperiments, scoreIntervals } from "../../src/jobs/compare-experiments.js";
import { leaderboard } from "../../src/jobs/leaderboard.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const onePositive = Array.from({ length: 12 }, (_, i) => (i === 0 ? "yes" : "no"));

async function threeExperiments() {
  const store = await temporaryFolder();
  const small = smallClassification(store);
  const scores = onePositive.map((label, i) => (label === "yes" ? 0.9 : i / 20));
  const log = async (name: string, yPred: string[], yScore?: number[]): Promise<string> => {
    const { predictionId } = await logExperiment({
      ...small,
      name,
      yTrue: onePositive,
      yPred,
      yScore,
      parameters: { ...(small.parameters as object), testSet: onePositive.map((_, i) => i) },
    } as unknown as typeof small);
    return predictionId;
  };
  const bad = onePositive.map((label, i) => (i === 1 ? "yes" : label));
  return {
    store,
    project: small.project,
    good: await log("good", onePositive, scores),
    // Two of eleven negatives are scored above the positive.
    bad: await log("bad", bad, [0.48, ...scores.slice(1)]),
    never: await log(
      "never positive",
      onePositive.map(() => "no"),
    ),
  };
}

const lone = 'class "yes" has one sample only, and it takes two of each class to tell how the score varies';

describe("a score that is there but cannot be judged", () => {
  it("is shown with both values and the reason in a comparison", async () => {
    const { store, good, bad } = await threeExperiments();
    const comparison = await compareExperiments(good, bad, { store, score: "roc_auc", margin: 0.1 });
    const { verdict, summary, margin, scores } = comparison;
    expect([verdict, summary]).toEqual([
      "cannot be tested",
      `Whether B is better cannot be tested: roc_auc is 1 for A and 0.8182 for B; ${lone}.`,
    ]);
    expect(margin).toMatchObject({ conclusion: "cannot be tested", reason: lone });
    expect(scores.find(({ score }) => score === "roc_auc")).toMatchObject({ a: 1, p: null, reason: lone });
    const gate = ["compare", good, bad, "--store", store, "--score", "roc_auc"];
    const { status, out, talk } = await mlTracking([...gate, "--max-loss", "0.1"]);
    expect([status, talk]).toEqual([
      1,
      `error: whether B passes --max-loss 0.1 in roc_auc cannot be tested: ${lone}\n`,
    ]);
    expect(out).toMatch(
      new RegExp(`^roc_auc +1.0000 +0.8182 +-0.1818 +cannot be tested +no test: ${lone}$`, "m"),
    );
    expect((await mlTracking([...gate, "--fail-if-worse"])).status).toBe(0);
  });

  it("is shown with its value and the reason among the intervals", async () => {
    const { store, good } = await threeExperiments();
    const found = (await scoreIntervals(good, { store })).find(({ score }) => score === "roc_auc");
    expect(found).toMatchObject({ value: 1, low: null, high: null, method: null, reason: lone });
    const shown = await mlTracking(["show", good, "--store", store, "--intervals"]);
    expect(shown.out).toMatch(new RegExp(`^roc_auc +no interval: ${lone}$`, "m"));
  });

  it("ranks by its value in a leaderboard, with the reason", async () => {
    const { store, project } = await threeExperiments();
    const { rows } = await leaderboard(project, { store, score: "roc_auc" });
    expect(rows).toMatchObject([
      { name: "good", verdict: "best", interval: { value: 1, reason: lone } },
      { name: "bad", verdict: "cannot be tested", reason: lone, difference: { a: 1, p: null } },
    ]);
  });

  it("says of which of two it is undefined, and why, whichever comes first", async () => {
    const { store, good, never } = await threeExperiments();
    const compare = (first: string, second: string, score: string) =>
      compareExperiments(first, second, { store, score });
    const why = 'no sample is predicted as the positive class "yes"';
    for (const [first, second, values, a, b] of [
      [good, never, "precision is 1 for A and undefined for B", 1, null],
      [never, good, "precision is undefined for A and 1 for B", null, 1],
    ] as const) {
      const { summary, scores } = await compare(first, second, "precision");
      expect(summary).toBe(`Whether B is better cannot be tested: ${values}; ${why}.`);
      const row = scores.find(({ score }) => score === "precision")!;
      expect(row).toMatchObject({ a, b, difference: null, p: null, reason: why });
    }
    const { summary } = await compare(good, never, "log_loss");
    expect(summary).toMatch(
      /^Whether B is .*: log_loss is .* undefined for B; it was logged without y_score\.$/,
    );
    await expect(compare(never, never, "precision")).rejects.toThrow(
      `which is undefined for both: ${why}; compare them by `,
    );
  });
});
