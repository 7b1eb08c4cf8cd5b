import { describe, expect, it } from "vitest";

import { annotate } from "../../../src/index.js";
import { compareExperiments, compareWithBaseline } from "../../../src/jobs/compare-experiments.js";
import { leaderboard } from "../../../src/jobs/leaderboard.js";
import { logExperiment } from "../../../src/jobs/log-experiment.js";
import { seededRandom } from "../../../src/statistics/seeded-random.js";
import { apiPath, ask, startServer } from "../../server/running-server.js";
import { mlTracking } from "../../support/built-package.js";
import { smallClassification } from "../../support/experiments.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

/** So many models on 200 samples, each right on a little less than the one before, and one far behind. */
async function rankedModels(count = 14): Promise<{ store: string; ids: string[] }> {
  const store = await temporaryFolder();
  const testSet = Array.from({ length: 200 }, (_, i) => i);
  const ids: string[] = [];
  for (let model = 0; model < count; model++) {
    const random = seededRandom(model + 1);
    const share = model === count - 1 ? 0.55 : 0.93 - model / 150;
    const yTrue = testSet.map((i) => (i % 2 ? "cat" : "dog"));
    const small = smallClassification(store);
    const { predictionId } = await logExperiment({
      ...small,
      name: `model ${model}`,
      yTrue,
      yPred: yTrue.map((label) => (random() < share ? label : label === "cat" ? "dog" : "cat")),
      parameters: { ...(small.parameters as object), testSet },
    } as never);
    ids.push(predictionId);
  }
  return { store, ids };
}

describe("a comparison of two that are ranked together", () => {
  it("has the verdict of the leaderboard, whichever of them is a, and says what the pair alone would be", async () => {
    const { store } = await rankedModels();
    const board = await leaderboard("pets", { store });
    const [best, ...others] = board.rows;
    const says = { "worse than the best": "worse", "tied with the best": "no evidence" } as Record<
      string,
      string
    >;
    let changed = 0;
    for (const row of others) {
      const found = await compareExperiments(best!.prediction_id, row.prediction_id, { store });
      expect(found.as_one_of).toMatchObject({
        experiments: 14,
        pairs: 91,
        p_adjusted: row.p_corrected,
        verdict: says[row.verdict],
        correction: board.correction,
      });
      expect(found.verdict).toBe(says[row.verdict]);
      expect(found.alone.p).toBe(row.difference!.p);
      const back = await compareExperiments(row.prediction_id, best!.prediction_id, { store });
      expect(back.verdict).toBe(found.verdict === "worse" ? "better" : "no evidence");
      expect(back.as_one_of!.p_adjusted).toBe(row.p_corrected);
      if (found.alone.verdict === "worse" && found.verdict === "no evidence") {
        changed += 1;
        expect(found.summary).toMatch(/^No evidence that one is better: /);
        expect(found.as_one_of!.summary).toMatch(
          /^Alone, this pair would differ \(p 0\.\d+\); as one of the 91 pairs tried it does not \(corrected p [\d.]+\)\.$/,
        );
        expect(found.summary.endsWith(found.as_one_of!.summary)).toBe(true);
      }
    }
    expect(changed).toBeGreaterThan(0);
    expect(board.tied.experiments).toBe(
      others.filter(({ verdict }) => verdict === "tied with the best").length,
    );
    expect(board.tied.summary).toMatch(
      /^\d+ of 13 are not distinguishable from the best\. The largest difference among them, 0\.\d+, would take about \d+ to \d+ samples to show, were it true; there are 200\.$/,
    );
    const { low, high } = board.tied.samples_needed!;
    expect(low).toBeGreaterThan(200);
    expect(high).toBeGreaterThan(low);
  });

  it("of two that are not the best counts all pairs, without judging them", async () => {
    const { store } = await rankedModels();
    const { rows } = await leaderboard("pets", { store });
    const [a, b] = [rows[3]!.prediction_id, rows[13]!.prediction_id];
    const found = await compareExperiments(a, b, { store });
    expect(found.as_one_of!.p_adjusted).toBeCloseTo(Math.min(1, 91 * found.alone.p!), 12);
    expect(found).toMatchObject({ verdict: "worse", alone: { verdict: "worse" } });
    expect(found.as_one_of!.summary).toMatch(/^As one of the 91 pairs tried it differs, too \(corrected p /);
  });

  it("is the same in the API, on the command line, and where it is asked for alone", async () => {
    const { store } = await rankedModels();
    const { rows } = await leaderboard("pets", { store });
    const pair = rows.find(
      ({ verdict, difference }) => verdict === "tied with the best" && difference!.p! < 0.05,
    )!;
    const [a, b] = [rows[0]!.prediction_id, pair.prediction_id];
    const here = await compareExperiments(a, b, { store });
    const { address } = await startServer(store);
    expect((await ask(address, apiPath(["comparison"], { a, b }))).json).toEqual(here);
    const alone = await compareExperiments(a, b, { store, alone: true });
    expect(alone).toMatchObject({
      verdict: "worse",
      as_one_of: null,
      alone_because: "it was asked for alone",
      alone: here.alone,
    });
    expect((await ask(address, apiPath(["comparison"], { a, b, alone: "true" }))).json).toEqual(alone);
    const run = (...flags: string[]) => mlTracking(["compare", a, b, "--store", store, ...flags]);
    expect((await run()).out).toContain(here.summary);
    expect((await run("--alone")).out).toContain(alone.summary);
    expect((await run("--fail-if-worse")).status).toBe(1); // a gate names its pair before it looks
  });

  it("stays alone where the two are in no ranking together, and says why", async () => {
    const { store, ids } = await rankedModels(3);
    const [first, second, third] = ids as [string, string, string];
    const why = async (a: string, b: string, options: object = {}) =>
      (await compareExperiments(a, b, { store, ...options })).alone_because;
    expect(await why(first, second)).toBeNull();
    expect(await why(first, first)).toContain("one experiment, compared with itself");
    const small = smallClassification(store, { project: "others" });
    const other = (
      await logExperiment({
        ...small,
        yTrue: ["cat", "dog"],
        yPred: ["cat", "dog"],
        parameters: { ...(small.parameters as object), testSet: [0, 1] },
      } as never)
    ).predictionId;
    await expect(compareExperiments(first, other, { store })).rejects.toThrow("different test sets");
    await annotate(third, { archived: true }, { store });
    expect(await why(first, third)).toBe(`${third} is archived, and so in no ranking`);
    const { comparisons } = await compareWithBaseline(first, [second], { store });
    expect(comparisons[0]!.alone_because).toContain("one of several with a baseline");
  });
});
