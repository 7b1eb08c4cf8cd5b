import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { type ExperimentInput } from "../../../src/experiment/input/experiment-input.js";
import { compareExperiments } from "../../../src/jobs/compare-experiments.js";
import { logExperiment } from "../../../src/jobs/log-experiment.js";
import { compareSlices, findSlices, sliceScores } from "../../../src/jobs/slices.js";
import { seededRandom } from "../../../src/statistics/seeded-random.js";
import { oraclePython, runPython } from "../../python/python.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const script = fileURLToPath(new URL("oracle.py", import.meta.url));

type Features = Record<string, (string | number | boolean | null)[]>;

interface Case {
  kind: "classification" | "regression";
  y_true: (string | number)[];
  y_pred: (string | number)[];
  features: Features;
}

const words = ["Biscoe", "Dream", "Torgersen"];

/** Samples of every kind of column, with missing values; the model is bad at grade 3 on Dream. */
function generated(kind: Case["kind"], rows: number, seed: number, isPlanted = true): Case {
  const random = seededRandom(seed);
  const given: Case = { kind, y_true: [], y_pred: [], features: {} };
  const columns: Features = { island: [], grade: [], mass: [], fit: [], noise: [] };
  for (let i = 0; i < rows; i++) {
    const island = random() < 0.05 ? null : words[Math.floor(random() * 3)]!;
    const grade = 1 + Math.floor(random() * 4);
    columns["island"]!.push(island);
    columns["grade"]!.push(grade);
    columns["mass"]!.push(random() < 0.1 ? null : Math.round(random() ** 2 * 500) / 10);
    columns["fit"]!.push(random() < 0.3);
    columns["noise"]!.push(random());
    const isBad = isPlanted && island === "Dream" && grade === 3;
    if (kind === "classification") {
      const truth = words[Math.floor(random() * 3)]!;
      const isWrong = random() < (isBad ? 0.45 : 0.08);
      given.y_true.push(truth);
      given.y_pred.push(isWrong ? words[(words.indexOf(truth) + 1) % 3]! : truth);
    } else {
      const truth = random() * 100;
      given.y_true.push(truth);
      given.y_pred.push(truth - Math.log(random()) * (isBad ? 4 : 1) * (random() < 0.5 ? 1 : -1));
    }
  }
  return { ...given, features: columns };
}

async function logged(
  store: string,
  { kind, y_true, y_pred, features }: Case,
  changes: Partial<ExperimentInput> = {},
) {
  const { predictionId } = await logExperiment({
    kind,
    project: "slices",
    parameters: {
      datasetUri: "generated",
      targetColumn: "y",
      testSet: Array.from(y_true.keys()),
      model: { name: "Model", parameters: {} },
    },
    yTrue: y_true,
    yPred: y_pred,
    sampleFeatures: features,
    store,
    ...changes,
  });
  return predictionId;
}

interface OracleSlice {
  n: number;
  value: number;
  rest: number;
  interval: [number, number];
  difference: [number, number];
  p: number;
  p_corrected: number;
  f1_macro?: number;
}

describe("slices of one experiment", () => {
  for (const kind of ["classification", "regression"] as const) {
    it(`have the scores, intervals and p-values of pandas, scipy and statsmodels: ${kind}`, async (context) => {
      const python = oraclePython(context);
      const store = await temporaryFolder();
      const given = generated(kind, 1500, 11);
      const id = await logged(store, given);
      const oracle = JSON.parse(
        await runPython(python, [script], JSON.stringify({ ...given, bins: 5, min_size: 20 })),
      ) as {
        single: Record<string, OracleSlice[]>;
        tried: number;
        holm: number[];
        significant: number;
        bh: number;
      };
      for (const [by, wanted] of Object.entries(oracle.single)) {
        const { slices, tried } = await sliceScores(id, { store, by });
        expect(tried).toBe(wanted.length);
        expect(slices.map(({ n }) => n)).toEqual(wanted.map(({ n }) => n));
        for (const [i, slice] of slices.entries()) {
          const theirs = wanted[i]!;
          const close = (ours: number | null | undefined, value: number, within = 1e-9) =>
            expect(Math.abs(ours! - value), `${slice.text}: ${ours} and ${value}`).toBeLessThanOrEqual(
              within * Math.max(1, Math.abs(value)),
            );
          // Ours puts losses of next to the same size together.
          const binned = kind === "regression" ? 1e-3 : 1e-9;
          close(slice.slice.value, theirs.value);
          close(slice.rest?.value, theirs.rest);
          close(slice.slice.low, theirs.interval[0]);
          close(slice.slice.high, theirs.interval[1]);
          close(slice.difference?.low, theirs.difference[0]);
          close(slice.difference?.high, theirs.difference[1]);
          close(slice.difference?.p, theirs.p, binned);
          close(slice.difference?.p_corrected, theirs.p_corrected, binned);
        }
      }
      const found = await findSlices(id, { store });
      expect([found.tried, found.significant]).toEqual([oracle.tried, oracle.significant]);
      expect((await findSlices(id, { store, correction: "bh" })).significant).toBe(oracle.bh);
      expect(oracle.bh).toBeGreaterThanOrEqual(oracle.significant);
      if (kind === "classification") {
        const { slices } = await sliceScores(id, { store, by: "grade", score: "f1_macro" });
        for (const [i, { f1_macro: value }] of oracle.single["grade"]!.entries()) {
          expect(slices[i]!.slice.value).toBeCloseTo(value!, 12);
        }
      }
    });

    it(`put the planted pair on top, and leave out what follows from it: ${kind}`, async () => {
      const store = await temporaryFolder();
      const id = await logged(store, generated(kind, 4000, 3));
      const { slices, significant } = await findSlices(id, { store });
      expect(slices[0]!.text).toBe("island = Dream and grade = 3");
      expect(slices[0]!.verdict).toBe("worse");
      // Dream alone and grade 3 alone are worse than the rest as well, but for the samples that they share.
      expect(significant).toBeGreaterThanOrEqual(3);
      expect(slices.map(({ text }) => text)).toEqual(["island = Dream and grade = 3"]);
      expect(slices[0]!.summary).toMatch(
        kind === "classification"
          ? /^on the \d+ samples with island = Dream and grade = 3 the model is wrong 4\d % of the time, elsewhere [78]/
          : /^on the \d+ samples with island = Dream and grade = 3 the prediction is off by [34]\.?\d* on average, elsewhere (0\.9|1)/,
      );
    });
  }

  it("report a single column rather than pairs of it with columns that do not matter", async () => {
    const store = await temporaryFolder();
    const given = generated("classification", 6000, 8, false);
    const random = seededRandom(4);
    for (const [i, island] of given.features["island"]!.entries()) {
      if (island === "Torgersen" && random() < 0.2)
        given.y_pred[i] = given.y_true[i] === "Dream" ? "Biscoe" : "Dream";
    }
    const { slices, significant } = await findSlices(await logged(store, given), { store });
    expect(slices.map(({ text }) => text)).toEqual(["island = Torgersen"]);
    expect(significant).toBeGreaterThan(3);
  });

  it("report one of two columns that say the same", async () => {
    const store = await temporaryFolder();
    const given = generated("classification", 4000, 5);
    given.features["code"] = given.features["island"]!.map((island) =>
      island === null ? null : words.indexOf(String(island)),
    );
    const { slices } = await findSlices(await logged(store, given), { store });
    expect(slices).toHaveLength(1);
  });

  it("find a slice where there is none in at most one test set of twenty", async () => {
    const store = await temporaryFolder();
    let alarms = 0;
    for (let seed = 0; seed < 200; seed++) {
      const kind = seed % 2 === 0 ? "classification" : "regression";
      const id = await logged(store, generated(kind, 400, 1000 + seed, false), {
        project: `null-${seed % 20}`,
      });
      const { significant } = await findSlices(id, { store, project: `null-${seed % 20}` });
      alarms += Number(significant > 0);
    }
    // Of 200 at 5 %, more than 16 alarms come up 1 time in 40.
    expect(alarms).toBeLessThanOrEqual(16);
  });

  it("have an answer where nothing can be said", async () => {
    const store = await temporaryFolder();
    const one = generated("regression", 1, 1);
    expect((await findSlices(await logged(store, one), { store })).slices).toEqual([]);
    const alone = await sliceScores(await logged(store, one), { store, by: "grade" });
    expect(alone.slices[0]).toMatchObject({
      n: 1,
      rest: null,
      difference: null,
      verdict: "cannot be tested",
    });

    const right = generated("classification", 300, 2);
    right.y_pred = right.y_true;
    const perfect = await findSlices(await logged(store, right), { store });
    expect(perfect).toMatchObject({ significant: 0, slices: [] });
    expect(perfect.tried).toBeGreaterThan(20);
    const exact = generated("regression", 300, 2);
    exact.y_pred = exact.y_true;
    const { slices } = await sliceScores(await logged(store, exact), { store, by: "island" });
    expect(slices[0]!.difference).toMatchObject({ value: 0, p: null, p_corrected: null });
    expect(slices[0]!.difference!.reason).toMatch(/do not vary/);

    const constant = generated("classification", 300, 3);
    constant.features = {
      same: constant.y_true.map(() => "x"),
      unknown: constant.y_true.map(() => null),
      id: constant.y_true.map((_, i) => `s${i}`),
    };
    const nothing = await findSlices(await logged(store, constant), { store });
    expect(nothing).toMatchObject({ tried: 0, slices: [] });
    expect(nothing.columns).toEqual([
      { name: "same", groups: 1, distinct: 1, note: "all samples have the same value" },
      { name: "unknown", groups: 1, distinct: 0, note: "all samples have the same value" },
      { name: "id", groups: 101, distinct: 300, note: "no value of it is shared by 20 samples" },
    ]);
    const none = await findSlices(await logged(store, { ...constant, features: {} }), { store });
    expect(none).toMatchObject({ columns: [], tried: 0, slices: [] });
  });

  it("are by true label or value, too, features or not", async () => {
    const store = await temporaryFolder();
    const classes = await logged(store, { ...generated("classification", 300, 2), features: {} });
    const { slices } = await sliceScores(classes, { store, by: "y_true" });
    expect(slices.map(({ text }) => text)).toEqual(words.map((word) => `y_true = ${word}`));
    const numbers = await logged(store, { ...generated("regression", 300, 2), features: {} });
    const report = await sliceScores(numbers, { store, by: "y_true", bins: 4 });
    expect(report.slices.map(({ n }) => n)).toEqual([75, 75, 75, 75]);
    expect(report.slices[0]!.conditions[0]).toMatchObject({ type: "range", lower: null });
    expect(report.slices[3]!.conditions[0]).toMatchObject({ type: "range", upper: null });
  });

  it("are searched by log loss as well, which sees what is right but unsure", async () => {
    const store = await temporaryFolder();
    const random = seededRandom(9);
    const rows = 1200;
    const islands = Array.from({ length: rows }, () => words[Math.floor(random() * 3)]!);
    const truth = islands.map(() => Number(random() < 0.5));
    // Always right: but on Dream the model is unsure.
    const scores = truth.map((label, i) => {
      const sure = islands[i] === "Dream" ? 0.55 + random() / 5 : 0.8 + random() / 5;
      return label === 1 ? sure : 1 - sure;
    });
    const given: Case = {
      kind: "classification",
      y_true: truth,
      y_pred: truth,
      features: { island: islands },
    };
    const id = await logged(store, given, { yScore: scores });
    expect((await findSlices(id, { store })).slices).toEqual([]);
    const { slices } = await findSlices(id, { store, score: "log_loss" });
    expect(slices.map(({ text }) => text)).toEqual(["island = Dream"]);
    const losses = truth.flatMap((label, i) =>
      islands[i] === "Dream" ? [-Math.log(label === 1 ? scores[i]! : 1 - scores[i]!)] : [],
    );
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    expect(slices[0]!.slice.value).toBeCloseTo(mean, 12);
    const auc = await sliceScores(id, { store, by: "island", score: "roc_auc" });
    expect(auc.slices.map(({ slice }) => slice.value)).toEqual([1, 1, 1]);
  });

  it("refuse what cannot be asked, with the way out", async () => {
    const store = await temporaryFolder();
    const id = await logged(store, generated("classification", 100, 2));
    for (const [options, message] of [
      [{ score: "mean_absolute_error" }, "but the experiment is a classification"],
      [{ score: "f1_macro" }, "search by accuracy, log_loss, brier_score, or name a column"],
      [{ score: "log_loss" }, "it was logged without y_score"],
      [{ level: 2 }, "give a number from 0.5 to below 1"],
      [{ bins: 1 }, "bins is 1; give a whole number from 2 to 50"],
      [{ minSize: 0 }, "min_size is 0"],
      [{ limit: 1000 }, "limit is 1000"],
      [{ correction: "bonferroni" as never }, 'give "holm" or "bh"'],
    ] as const) {
      await expect(findSlices(id, { store, ...options })).rejects.toThrow(message);
    }
    await expect(sliceScores(id, { store, by: "Island" })).rejects.toThrow(
      'by is "Island", which is neither y_true nor a feature of the samples; there are island, grade, mass, fit, noise',
    );
  });
});

describe("slices of two experiments", () => {
  it("have the numbers that the comparison of the slice alone has, in either order", async () => {
    for (const kind of ["classification", "regression"] as const) {
      const store = await temporaryFolder();
      const given = generated(kind, 600, 21);
      const other = generated(kind, 600, 21, false);
      // The second is logged in reverse order, and without features.
      const b = { ...given, y_pred: other.y_pred, y_true: given.y_true };
      if (kind === "regression") b.y_pred = given.y_true.map((truth, i) => Number(truth) + Math.sin(i));
      else b.y_pred = given.y_true.map((truth, i) => (i % 17 === 0 ? "Dream" : truth));
      const idA = await logged(store, given);
      const reversed = { ...b, y_true: b.y_true.toReversed(), y_pred: b.y_pred.toReversed(), features: {} };
      const idB = await logged(store, reversed, {
        parameters: {
          datasetUri: "generated",
          targetColumn: "y",
          testSet: Array.from(given.y_true.keys()).reverse(),
          model: { name: "Other", parameters: {} },
        },
      });
      const found = await compareSlices(idA, idB, { store, by: "grade" });
      expect(found.slices.map(({ text }) => text)).toEqual([1, 2, 3, 4].map((grade) => `grade = ${grade}`));
      for (const { n, conditions, difference } of found.slices) {
        const [condition] = conditions;
        const rows = given.features["grade"]!.flatMap((grade, i) =>
          condition?.type === "value" && grade === condition.value ? [i] : [],
        );
        expect(rows).toHaveLength(n);
        const part = (all: Case): Case => ({
          ...all,
          y_true: rows.map((i) => all.y_true[i]!),
          y_pred: rows.map((i) => all.y_pred[i]!),
          features: {},
        });
        const alone = await temporaryFolder();
        const [first, second] = [await logged(alone, part(given)), await logged(alone, part(b))];
        const wanted = (await compareExperiments(first, second, { store: alone })).scores.find(
          ({ score }) => score === found.score,
        )!;
        // Whichever of the two is summed up first, the last digit is its own.
        for (const key of ["a", "b", "difference"] as const) {
          expect(Math.abs(difference[key]! / wanted[key]! - 1)).toBeLessThan(1e-9);
        }
        // The samples outside may tell of errors that are rare here.
        expect(difference.p! / wanted.p!).toBeGreaterThan(1 - 1e-9);
      }
      const swapped = await compareSlices(idB, idA, { store, by: "grade" });
      expect(
        swapped.slices.map(({ difference, p_corrected }) => [
          -difference.difference!,
          difference.p,
          p_corrected,
        ]),
      ).toEqual(
        found.slices.map(({ difference, p_corrected }) => [difference.difference, difference.p, p_corrected]),
      );
      const all = await compareSlices(idA, idB, { store });
      expect(all.by).toBeNull();
      expect(all.slices.length).toBeLessThanOrEqual(20);
      const quick = all.slices.filter(({ text }) => text.startsWith("grade"));
      for (const { text, difference } of quick) {
        expect(difference).toEqual(found.slices.find((each) => each.text === text)!.difference);
      }
    }
  });
});
