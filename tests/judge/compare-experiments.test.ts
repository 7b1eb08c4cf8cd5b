import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { demoExperiments } from "../../src/demo/demo-experiments.js";
import {
  compareExperiments,
  compareWithBaseline,
  mainDifference,
  scoreIntervals,
} from "../../src/jobs/compare-experiments.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { setPrimaryScore } from "../../src/jobs/primary-score.js";
import { readExperiment } from "../../src/jobs/read-experiments.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const ids = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);

interface Given {
  yTrue: (string | number)[];
  yPred: (string | number)[];
  testSet: (string | number)[];
  yScore?: unknown;
}

async function logged(store: string, { yTrue, yPred, testSet, yScore }: Given): Promise<string> {
  const small = smallClassification(store);
  const { predictionId } = await logExperiment({
    ...small,
    yTrue,
    yPred,
    parameters: { ...(small.parameters as object), testSet },
    ...(yScore === undefined ? {} : { yScore }),
  } as unknown as typeof small);
  return predictionId;
}

async function loggedNumbers(store: string, { yTrue, yPred, testSet }: Given): Promise<string> {
  const small = smallRegression(store);
  const { predictionId } = await logExperiment({
    ...small,
    yTrue,
    yPred,
    parameters: { ...(small.parameters as object), testSet },
  } as unknown as typeof small);
  return predictionId;
}

/**
 * B is right on 41 samples that A gets wrong, and wrong on 17 that A gets right; its rows are in another
 * order.
 */
async function twoExperiments() {
  const store = await temporaryFolder();
  const yTrue = ids(300).map((i) => (i % 3 === 0 ? "cat" : "dog"));
  const wrong = (label: string) => (label === "cat" ? "dog" : "cat");
  const random = seededRandom(5);
  const scores = yTrue.map((label) => (1.5 * random() + Number(label === "dog")) / 2.5);
  const better = yTrue.map((label) => (1.3 * random() + Number(label === "dog")) / 2.3);
  const a = await logged(store, {
    yTrue,
    yPred: yTrue.map((label, i) => (i < 41 || i > 280 ? wrong(label) : label)),
    testSet: ids(300),
    yScore: scores,
  });
  const b = await logged(store, {
    yTrue: yTrue.toReversed(),
    yPred: yTrue.map((label, i) => ((i >= 41 && i < 58) || i > 280 ? wrong(label) : label)).toReversed(),
    testSet: ids(300).toReversed(),
    yScore: better.toReversed(),
  });
  await setPrimaryScore("pets", "accuracy", { store });
  return { store, a, b };
}

describe("comparing two experiments", () => {
  it("pairs samples by their ids whatever the order, and says in words who is right where", async () => {
    const { store, a, b } = await twoExperiments();
    const comparison = await compareExperiments(a, b, { store });
    expect(comparison).toMatchObject({
      n: 300,
      same_test_set: true,
      score: "accuracy",
      verdict: "better",
      effect: "B is right on 41 samples that A gets wrong, and wrong on 17 that A gets right",
      agreement: { both_right: 223, only_a_right: 17, only_b_right: 41, both_wrong: 19 },
    });
    const accuracy = comparison.scores.find(({ score }) => score === "accuracy")!;
    expect(accuracy.difference).toBeCloseTo(24 / 300, 14);
    expect(accuracy.p).toBeCloseTo(0.001547166930242524, 9); // scipy: 2 binom.cdf(17, 58, 1/2) - binom.pmf(17, 58, 1/2)
    const { difference: detectable, low, high } = accuracy.detectable!;
    expect(low < detectable && detectable < high && detectable > 0.05 && detectable < 0.1).toBe(true);
    const records = [await readExperiment(a, { store }), await readExperiment(b, { store })];
    expect(comparison.scores).toHaveLength(19);
    for (const each of comparison.scores) {
      expect(each.a).toBeCloseTo(records[0]!.experiment.scores[each.score]!, 12);
      expect(each.b).toBeCloseTo(records[1]!.experiment.scores[each.score]!, 12);
      expect(each.low! <= each.difference! && each.difference! <= each.high!).toBe(true);
    }
  });

  it("flips the signs and keeps p when A and B are swapped, and gives the same for the same seed", async () => {
    const { store, a, b } = await twoExperiments();
    const forth = await compareExperiments(a, b, { store, seed: 3 });
    const back = await compareExperiments(b, a, { store, seed: 3 });
    expect(back.verdict).toBe("worse");
    for (const [i, each] of forth.scores.entries()) {
      const other = back.scores[i]!;
      expect([other.difference, other.low, other.high, other.p, other.detectable]).toEqual([
        0 - each.difference!,
        0 - each.high!,
        0 - each.low!,
        each.p,
        each.detectable,
      ]);
    }
    expect(await compareExperiments(a, b, { store, seed: 3 })).toEqual(forth);
    expect(await compareExperiments(a, b, { store, seed: 4 })).not.toEqual(forth);
  });

  it("finds no difference between an experiment and itself, and between one sample and another", async () => {
    const { store, a } = await twoExperiments();
    for (const each of (await compareExperiments(a, a, { store })).scores) {
      expect(each).toMatchObject({ difference: 0, p: 1, verdict: "no evidence" });
      expect(each.low! <= 0 && each.high! >= 0, each.score).toBe(true);
    }
    const [one, other] = [
      await logged(store, { yTrue: ["cat"], yPred: ["cat"], testSet: [1] }),
      await logged(store, { yTrue: ["cat"], yPred: ["dog"], testSet: [1] }),
    ];
    expect(await compareExperiments(one, other, { store })).toMatchObject({ n: 1, verdict: "no evidence" });
  });

  it("compares a regression by its means and medians", async () => {
    const store = await temporaryFolder();
    const yTrue = ids(40).map((i) => (i + 1) / 3);
    const a = await loggedNumbers(store, {
      yTrue,
      yPred: yTrue.map((y, i) => y + 1 + (i % 5) / 7),
      testSet: ids(40),
    });
    const b = await loggedNumbers(store, {
      yTrue,
      yPred: yTrue.map((y, i) => y - 0.2 + (i % 7) / 9),
      testSet: ids(40),
    });
    expect(await compareExperiments(a, b, { store })).toMatchObject({ score: "root_mean_squared_error" });
    const comparison = await compareExperiments(a, b, { store, score: "mean_absolute_error" });
    expect(comparison).toMatchObject({
      score: "mean_absolute_error",
      verdict: "better",
      effect: "B is nearer to the true value on 40 samples, A on 0, and on 0 both are equally near",
    });
    const methods = Object.fromEntries(comparison.scores.map(({ score, method }) => [score, method]));
    expect(methods).toMatchObject({
      mean_absolute_error: "paired t, corrected for skewness",
      r2: "paired t, corrected for skewness",
      median_absolute_error: "order statistics of both, at their correlation",
      max_error: null,
    });
    const record = (await readExperiment(b, { store })).experiment;
    for (const { score, b: value } of comparison.scores) expect(value).toBeCloseTo(record.scores[score]!, 12);
  });

  it("refuses other test sets, ids that stand twice and other kinds; shared samples are compared when asked", async () => {
    const store = await temporaryFolder();
    const labels = ids(30).map((i) => (i % 2 ? "cat" : "dog"));
    const log = (from: number, testSet = ids(20, from), yTrue = labels.slice(from, from + 20)) =>
      logged(store, { yTrue, yPred: ids(20).map((i) => (i % 3 ? "cat" : "dog")), testSet });
    const [first, second, apart] = [await log(0), await log(10), await log(4, ids(20, 100))];
    const twice = await log(0, [0, ...ids(19)]);
    const relabelled = await log(0, ids(20), labels.slice(1, 21));
    const comparing = (a: string, b: string, onSharedSamples = true) =>
      compareExperiments(a, b, { store, onSharedSamples });
    await expect(comparing(first, second, false)).rejects.toThrow(/different test sets/);
    expect(await compareExperiments(first, second, { store, onSharedSamples: true })).toMatchObject({
      n: 10,
      same_test_set: false,
    });
    await expect(comparing(first, apart)).rejects.toThrow(/no sample in common/);
    await expect(comparing(twice, twice)).rejects.toThrow(
      /the sample id 0 of experiment \w+ is in rows 1 and 2/,
    );
    await expect(comparing(first, relabelled)).rejects.toThrow(
      /20 of the 20 samples .* different true values/,
    );
    const regression = await loggedNumbers(store, { yTrue: [1, 2], yPred: [1, 2], testSet: [1, 2] });
    await expect(comparing(first, regression)).rejects.toThrow(/one of the same kind|two of the same kind/);
    const few = {
      yTrue: ["a", "b", "b"],
      yPred: ["a", "b", "b"],
      testSet: [1, 2, 3],
      yScore: [0.1, 0.8, 0.9],
    };
    const oneClass = { ...few, yTrue: ["b", "b", "b"], yPred: ["b", "a", "b"] };
    const [lone, none] = [await logged(store, few), await logged(store, oneClass)];
    expect(await compareExperiments(lone, lone, { store, score: "roc_auc" })).toMatchObject({
      verdict: "cannot be tested",
      summary:
        'Whether B is better cannot be tested: roc_auc is 1 for both; class "a" has one sample only, and it takes two of each class to tell how the score varies.',
    });
    await expect(compareExperiments(none, none, { store, score: "roc_auc" })).rejects.toThrow(
      /score is "roc_auc", which is undefined for both: y_true has one class only: .*; compare them by accuracy, /,
    );
    const scored = (score: string) => compareExperiments(first, first, { store, score });
    await expect(scored("r2")).rejects.toThrow(
      /is a score of a regression, and these are of a classification/,
    );
    await expect(scored("auc")).rejects.toThrow(/unknown score: "auc"; the scores are accuracy, /);
    await expect(scored("f1makro")).rejects.toThrow(/unknown score: "f1makro"; did you mean f1_macro\?$/);
    await expect(compareExperiments(first, 3 as never, { store })).rejects.toThrow(
      /unknown experiment: 3 is not a prediction id/,
    );
    await expect(compareExperiments(first, first, { store, level: 95 })).rejects.toThrow(/level is 95/);
  });
});

describe("the intervals of an experiment", () => {
  it("have every score inside and name their method; where there is none they say why", async () => {
    const { store, a } = await twoExperiments();
    const { scores } = (await readExperiment(a, { store })).experiment;
    const intervals = await scoreIntervals(a, { store });
    expect(intervals.map(({ score }) => score)).toEqual(Object.keys(scores));
    for (const { score, value, low, high } of intervals) {
      expect(value).toBeCloseTo(scores[score]!, 12);
      expect(low! < value && value < high! ? "" : `${score} ${low} ${value} ${high}`).toBe("");
    }
    const perfect = await logged(store, { yTrue: ["a", "b"], yPred: ["a", "b"], testSet: [1, 2] });
    const of = new Map((await scoreIntervals(perfect, { store })).map((each) => [each.score, each]));
    expect(of.get("accuracy")).toMatchObject({ value: 1, high: 1, method: "exact mid-p" });
    expect(of.get("accuracy")!.low).toBeCloseTo(Math.sqrt(0.05), 12);
    const [wrong, single] = [
      await logged(store, { yTrue: ["a", "a"], yPred: ["b", "b"], testSet: [1, 2] }),
      await logged(store, { yTrue: ["a"], yPred: ["a"], testSet: [1] }),
    ];
    for (const id of [perfect, wrong, single]) {
      for (const { low, high, reason } of await scoreIntervals(id, { store })) {
        expect(reason === null ? high! > low! : low === null && reason.length > 10).toBe(true);
      }
    }
  });
});

describe("ml-tracking compare", () => {
  it("says the verdict in plain words, fails a worse one when told, and writes the same as --json", async () => {
    const { store, a, b } = await twoExperiments();
    const plain = await mlTracking(["compare", a, b, "--store", store]);
    expect(plain).toMatchObject({ status: 0, talk: "" });
    expect(plain.out).toContain("B is better than A: accuracy is 0.8 for A and 0.88 for B.");
    expect(plain.out).toContain("B is right on 41 samples that A gets wrong");
    const output = join(store, "verdict.json");
    const args = ["--store", store, "--fail-if-worse", "--json", "--output", output];
    const worse = await mlTracking(["compare", b, a, ...args]);
    expect(worse.status).toBe(1);
    expect(await readFile(output, "utf8")).toBe(worse.out);
    expect(JSON.parse(worse.out)).toEqual(await compareExperiments(b, a, { store }));
    expect((await mlTracking(["compare", a, b, ...args])).status).toBe(0);
    const shown = await mlTracking(["show", a, "--store", store, "--intervals"]);
    expect(shown.out).toMatch(/accuracy +0\.75\d\d +0\.84\d\d +Wilson/);
  });

  it("compares several with the first, corrected for how many they are", async () => {
    const { store, a, b } = await twoExperiments();
    const yTrue = ids(300).map((i) => (i % 3 === 0 ? "cat" : "dog"));
    // Right on the 41 that a gets wrong, and wrong on 33 that it gets right.
    const isWrong = (i: number) => (i >= 41 && i < 74) || i > 280;
    const yPred = yTrue.map((label, i) => (isWrong(i) ? (label === "cat" ? "dog" : "cat") : label));
    const c = await logged(store, { yTrue, yPred, testSet: ids(300) });
    const several = await compareWithBaseline(a, [b, c, a], { store });
    const alone = await Promise.all([b, c, a].map((id) => compareExperiments(a, id, { store })));
    const p = alone.map((each) => mainDifference(each).p!);
    expect(several.comparisons.map((each) => each.p_corrected)).toEqual(
      p.map((each) => Math.min(1, 3 * each)),
    );
    expect(several.correction).toBe("Bonferroni, 3 comparisons with the baseline");
    const together = await Promise.all(
      [b, c, a].map((id) => compareExperiments(a, id, { store, level: 1 - 0.05 / 3 })),
    );
    for (const [i, { level, ...comparison }] of several.comparisons.entries()) {
      expect(level).toBeCloseTo(1 - 0.05 / 3, 12);
      expect(mainDifference({ level, ...comparison }).low).toBeCloseTo(mainDifference(together[i]!).low!, 12);
      expect(comparison.verdict).toBe(together[i]!.verdict);
    }
    expect(several.comparisons.map((each) => each.verdict)).toEqual(["better", "no evidence", "no evidence"]);
    // A p just below the level of one comparison is not below it when two others are compared, too.
    const [first] = alone as [(typeof alone)[number]];
    const strict = { store, level: 1 - 2 * mainDifference(first).p! };
    expect((await compareExperiments(a, b, strict)).verdict).toBe("better");
    expect((await compareWithBaseline(a, [b, c, a], strict)).comparisons[0]!.verdict).toBe("no evidence");

    const shown = await mlTracking(["compare", b, a, c, "--store", store, "--fail-if-worse"]);
    expect(shown.status).toBe(1); // a is worse than b
    expect(shown.out).toMatch(new RegExp(`^A {2}${b}.*\\naccuracy 0.8800; 300 samples, the same test set`));
    expect(shown.out).toMatch(new RegExp(`${a} .*worse`));
    const json = await mlTracking(["compare", a, b, c, "--store", store, "--json"]);
    expect(JSON.parse(json.out)).toEqual(await compareWithBaseline(a, [b, c], { store }));
    await expect(compareWithBaseline(a, [], { store })).rejects.toThrow(/0 experiments are to be compared/);
  });
});

describe("two experiments that hardly differ", () => {
  it("are not judged by a score that is the same of both but for how sums are rounded", async () => {
    const store = await temporaryFolder();
    const found: string[] = [];
    for (const experiment of demoExperiments()) {
      if (experiment.name !== "species: logistic" && experiment.name !== "species: neighbours") continue;
      found.push((await logExperiment({ ...experiment, store, source: "" })).predictionId);
    }
    const { scores } = await compareExperiments(found[0]!, found[1]!, { store, alone: true });
    const { a, b, verdict, p, reason } = scores.find(({ score }) => score === "average_precision")!;
    expect(a).not.toBe(b);
    expect(Math.abs(a! - b!)).toBeLessThan(1e-14);
    expect([verdict, p, reason]).toEqual([
      "cannot be tested",
      null,
      "the two differ by no more than rounding",
    ]);
  });
});
