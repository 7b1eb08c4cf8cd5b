import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calibration } from "../../src/plots/calibration.js";
import { confusionMatrix } from "../../src/plots/confusion-matrix.js";
import type { Predictions } from "../../src/plots/open-predictions.js";
import { predictedVsActual } from "../../src/plots/predicted-vs-actual.js";
import { residualHistogram } from "../../src/plots/residual-histogram.js";
import { samples } from "../../src/plots/samples.js";
import { scoreDistribution } from "../../src/plots/score-distribution.js";
import type { SliceCondition } from "../../src/predictions/slice-condition.js";
import { binary, multiclass } from "./cases.js";
import { gaussian, predictionsOf, random } from "./predictions.js";

let store: string;
let cats: Predictions;
let three: Predictions;
let houses: Predictions;
const { yTrue, yScore } = binary(2000, 31);
const text = (code: number) => (code ? "it's a \u{1F408}" : "dog");
const values = houseValues();

beforeAll(async () => {
  store = await mkdtemp(join(tmpdir(), "ml-tracking-plots-"));
  cats = await predictionsOf(store, {
    name: "cats",
    kind: "classification",
    yTrue: yTrue.map(text),
    yPred: yScore.map((score) => text(Number(score >= 0.5))),
    yScore,
  });
  three = await predictionsOf(store, { name: "three", kind: "classification", ...multiclass(500, 3, 32) });
  houses = await predictionsOf(store, { name: "houses", kind: "regression", ...values });
});

afterAll(() => rm(store, { recursive: true, force: true }));

function houseValues() {
  const next = random(33);
  const noise = gaussian(next);
  const truth = Array.from({ length: 6000 }, () => Math.round(100 * next()));
  const testSet = truth.map((_, i) => (i === 77 ? 2n ** 60n : BigInt(i)));
  return { yTrue: truth, yPred: truth.map((value) => value + Math.round(5 * noise())), testSet };
}

describe("the samples behind a plot", () => {
  it("are those of a confusion matrix's cell, as many as it counts", async () => {
    const { labels, counts } = await confusionMatrix(cats);
    for (const [i, true_label] of labels.entries()) {
      for (const [j, predicted_label] of labels.entries()) {
        const page = await samples(cats, { filter: { true_label, predicted_label }, limit: 1000 });
        expect(page.total).toBe(counts[i]![j]);
        for (const row of page.rows) expect([row.y_true, row.y_pred]).toEqual([true_label, predicted_label]);
      }
    }
    const wrong = await samples(cats, { filter: { correct: false } });
    expect(wrong.total).toBe(counts[0]![1]! + counts[1]![0]!);
  });

  it("are those of a slice, whatever the column's type, missing values included", async () => {
    const n = 500;
    const feature = Array.from({ length: n }, (_, i) => i);
    const given = {
      "Beak, long": feature.map((i) => (i % 5 === 0 ? null : ["a", "b", ""][i % 3]!)),
      mass: feature.map((i) => (i % 7 === 0 ? Number.NaN : i / 10)),
      grade: feature.map((i) => i % 4),
      fit: feature.map((i) => (i % 6 === 0 ? null : i % 2 === 0)),
    };
    const sliced = await predictionsOf(store, {
      name: "sliced",
      kind: "classification",
      ...multiclass(n, 3, 32),
      sampleFeatures: given,
    });
    const count = async (...slice: SliceCondition[]) => (await samples(sliced, { filter: { slice } })).total;
    const where = (test: (i: number) => boolean) => feature.filter(test).length;
    const long = given["Beak, long"];
    expect(await count({ column: "Beak, long", type: "value", value: "a" })).toBe(
      where((i) => long[i] === "a"),
    );
    expect(await count({ column: "Beak, long", type: "value", value: "" })).toBe(
      where((i) => long[i] === ""),
    );
    expect(await count({ column: "Beak, long", type: "missing" })).toBe(100);
    expect(await count({ column: "mass", type: "missing" })).toBe(72);
    expect(await count({ column: "mass", type: "range", lower: null, upper: 10 })).toBe(
      where((i) => given.mass[i]! <= 10),
    );
    expect(await count({ column: "mass", type: "range", lower: 10, upper: null })).toBe(
      where((i) => given.mass[i]! > 10),
    );
    expect(await count({ column: "grade", type: "value", value: 3 })).toBe(125);
    expect(await count({ column: "fit", type: "value", value: false })).toBe(
      where((i) => given.fit[i] === false),
    );
    expect(
      await count({ column: "grade", type: "value", value: 3 }, { column: "fit", type: "missing" }),
    ).toBe(where((i) => i % 4 === 3 && i % 6 === 0));

    const page = await samples(sliced, { limit: 2, features: true });
    expect(page.feature_names).toEqual(["Beak, long", "mass", "grade", "fit"]);
    expect(page.rows.map(({ features }) => features)).toEqual([
      [null, null, 0, null],
      ["b", 0.1, 1, false],
    ]);
    expect((await samples(sliced, { limit: 2 })).rows[0]!.features).toEqual([]);
    await expect(count({ column: "Mass", type: "missing" })).rejects.toThrow(
      'the slice has the column "Mass", which is neither y_true nor a feature of the samples; there are Beak, long, mass, grade, fit',
    );
    await expect(count({ column: "mass", type: "value", value: "heavy" })).rejects.toThrow(
      "values of type number",
    );
    await expect(count({ column: "fit", type: "range", lower: 0, upper: 1 })).rejects.toThrow(
      "has no numbers",
    );
  });

  it("are those of every bin of the calibration and of the scores' distribution", async () => {
    for (const strategy of ["uniform", "quantile"] as const) {
      const { bins } = await calibration(cats, { strategy });
      for (const [i, bin] of bins.entries()) {
        const y_score = { min: i === 0 ? 0 : bin.lower, min_open: i > 0, max: i === 9 ? 1 : bin.upper };
        expect((await samples(cats, { filter: { y_score } })).total).toBe(bin.samples);
      }
    }
    const { edges, positive_counts } = await scoreDistribution(cats, { bins: 20 });
    for (const [i, count] of positive_counts.entries()) {
      const y_score = { min: edges[i]!, max: edges[i + 1]!, max_open: i < 19 };
      expect((await samples(cats, { filter: { true_label: text(1), y_score } })).total).toBe(count);
    }
  });

  it("are those of every bin of the errors and every cell of the density", async () => {
    const { edges, counts } = await residualHistogram(houses);
    for (const [i, count] of counts.entries()) {
      const error = { min: edges[i]!, max: edges[i + 1]!, max_open: i < counts.length - 1 };
      expect((await samples(houses, { filter: { error } })).total).toBe(count);
    }
    const { data } = await predictedVsActual(houses);
    if (data.form !== "density") throw new Error("6,000 samples are shown as a density");
    for (let cell = 0; cell < data.count.length; cell += 23) {
      const filter = {
        y_true: interval(data.x_bin[cell]!, data.x_edges),
        y_pred: interval(data.y_bin[cell]!, data.y_edges),
      };
      expect((await samples(houses, { filter })).total).toBe(data.count[cell]);
    }
  });

  it("come page by page, each once, in the order asked for", async () => {
    for (const order of ["row", "y_true", "error", "absolute_error", "sample_id"] as const) {
      for (const descending of [false, true]) {
        const rows = [];
        for (let offset = 0; offset < 6000; offset += 1000) {
          const page = await samples(houses, { order, descending, offset, limit: 1000 });
          expect([page.total, page.offset]).toEqual([6000, offset]);
          rows.push(...page.rows);
        }
        const key = (row: number): number => {
          const error = values.yPred[row]! - values.yTrue[row]!;
          if (order === "y_true") return values.yTrue[row]!;
          if (order === "sample_id") return Number(values.testSet[row]);
          return order === "row" ? row : order === "error" ? error : Math.abs(error);
        };
        const expected = values.yTrue.map((_, row) => row);
        expected.sort((a, b) => (descending ? key(b) - key(a) : key(a) - key(b)) || a - b);
        expect(rows.map(({ row }) => row)).toEqual(expected);
      }
    }
  });

  it("say all that the file knows of them, without rounding an id", async () => {
    const [cat] = (await samples(cats, { order: "y_score", descending: true, limit: 1 })).rows;
    const highest = yScore.indexOf(Math.max(...yScore));
    expect(cat).toEqual({
      row: highest,
      sample_id: `sample ${highest}`,
      y_true: text(yTrue[highest]!),
      y_pred: text(1),
      y_score: yScore[highest],
      error: null,
      features: [],
    });
    const [house] = (await samples(houses, { order: "sample_id", descending: true, limit: 1 })).rows;
    const error = values.yPred[77]! - values.yTrue[77]!;
    expect(house).toEqual({
      row: 77,
      sample_id: "1152921504606846976",
      y_true: values.yTrue[77],
      y_pred: values.yPred[77],
      y_score: null,
      error,
      features: [],
    });
    const scores = multiclass(500, 3, 32).yScore;
    for (const label of [0, 2]) {
      const { rows } = await samples(three, { class: label, limit: 3, offset: 100 });
      expect(rows.map((row) => row.y_score)).toEqual([100, 101, 102].map((row) => scores[row]![label]));
    }
  });

  it("are found by a part of their id, whatever its case, and never by a pattern", async () => {
    expect((await samples(cats, { filter: { sample_id: "SAMPLE 199" } })).rows.map(({ row }) => row)).toEqual(
      [199, 1990, 1991, 1992, 1993, 1994, 1995, 1996, 1997, 1998, 1999],
    );
    for (const sample_id of ["%", "_", "' OR 1=1 --", "sample  1", "\u0000"]) {
      expect((await samples(cats, { filter: { sample_id } })).total).toBe(0);
    }
    expect((await samples(houses, { filter: { sample_id: "11529215" } })).total).toBe(1);
  });

  it("are refused where what is asked cannot be answered, with the way out", async () => {
    const refused: [Promise<unknown>, string][] = [
      [
        samples(cats, { filter: { true_label: "cow" } }),
        'true_label is "cow", which is no class of this experiment; its classes are "dog"',
      ],
      [
        samples(cats, { filter: { error: { min: 1 } } }),
        "error cannot select samples of this experiment, a classification",
      ],
      [
        samples(houses, { filter: { true_label: 1 } }),
        "true_label cannot select samples of this experiment, a regression",
      ],
      [
        samples(houses, { order: "y_score" }),
        "y_score cannot select samples of this experiment, a regression without y_score",
      ],
      [samples(houses, { order: "row; DROP" as "row" }), 'order is "row; DROP"; give one of row, sample_id'],
      [samples(houses, { limit: 0 }), "limit is 0; give a whole number from 1 to 1000"],
      [samples(houses, { limit: 1e6 }), "limit is 1000000"],
      [samples(houses, { offset: -1 }), "offset is -1; give a whole number from 0 on"],
      [samples(houses, { offset: 0.5 }), "offset is 0.5"],
      [samples(houses, { filter: { error: { min: Number.NaN } } }), "error.min is NaN; give a number"],
      [
        samples(houses, { filter: { colour: "red" } as object }),
        'unknown filter: "colour"; there are true_label,',
      ],
      [samples(cats, { class: "dog" }), 'class is "dog", but y_score is the probability of "it\'s a'],
      [calibration(cats, { bins: 0 }), "bins is 0; give a whole number from 1 to 100"],
      [
        calibration(cats, { strategy: "other" as "uniform" }),
        'strategy is "other"; give "uniform" or "quantile"',
      ],
      [
        residualHistogram(houses, { bins: "doane" as "auto" }),
        'bins is "doane"; give "auto", "fd" or a number',
      ],
      [residualHistogram(cats), "this plot is of a regression's errors; this experiment is a classification"],
      [confusionMatrix(houses), "this plot is of a classification's labels; this experiment is a regression"],
      [calibration(houses), "a regression has no classes to score"],
    ];
    for (const [answer, message] of refused) {
      await expect(answer).rejects.toMatchObject({
        code: "INVALID_ARGUMENT",
        message: expect.stringContaining(message),
      });
    }
  });

  it("cannot be searched by id where the ids do not stand beside them", async () => {
    const apart = await predictionsOf(store, {
      name: "apart",
      kind: "regression",
      yTrue: [1, 2],
      yPred: [1, 3],
      testSet: [7],
    });
    expect((await samples(apart)).rows.map(({ sample_id }) => sample_id)).toEqual([null, null]);
    await expect(samples(apart, { filter: { sample_id: "7" } })).rejects.toThrow("do not stand row by row");
  });
});

/** A bin's values: the last one includes its upper edge. */
function interval(bin: number, edges: number[]) {
  return { min: edges[bin]!, max: edges[bin + 1]!, max_open: bin < edges.length - 2 };
}
