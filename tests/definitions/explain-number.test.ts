import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { computed, type DefinedSample, definitionsFor } from "../../src/definitions/asked-definitions.js";
import { catalogue } from "../../src/definitions/catalogue.js";
import { explainNumber } from "../../src/definitions/explain-number.js";
import { givenNumber } from "../../src/definitions/given-number.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";
import { type Sample, sampleOf } from "./samples.js";

const samples = JSON.parse(
  readFileSync(fileURLToPath(new URL("samples.json", import.meta.url)), "utf8"),
) as Sample[];
const real = samples.filter(({ name }) => name !== undefined).map(sampleOf);
const [breastCancer, digits, diabetes] = real as [DefinedSample, DefinedSample, DefinedSample];

function explained(sample: DefinedSample, text: string, asked = {}) {
  const found = explainNumber(sample, givenNumber(text)!, asked);
  return {
    ...found,
    ids: found.matches.map(({ definition }) => definition.id),
    whats: found.accidents.map(({ definition, what }) => `${definition.id} ${what}`),
  };
}

/** The tie of three scores that makes three areas under precision and recall. */
const tied: DefinedSample = {
  kind: "classification",
  labels: [0, 1],
  yTrue: Int32Array.of(0, 1, 1, 0, 1),
  yPred: Int32Array.of(1, 1, 1, 0, 1),
  positive: 1,
  yScore: Float64Array.of(0.5, 0.5, 0.5, 0.2, 0.9),
};

describe("a number is explained", () => {
  it("by the definition that gives it, of several of one name", () => {
    expect(explained(tied, "0.8805", { name: "aucpr" })).toMatchObject({
      certainty: "certain",
      ids: ["xgboost:aucpr", "keras:AUC(PR)", "h2o:pr_auc"],
      accidents: [],
    });
    expect(explained(tied, "0.8333", { name: "PR-AUC" }).ids).toContain("sklearn:average_precision_score");
    expect(explained(tied, "0.9167", { name: "pr_auc" }).ids).toContain("sklearn:auc(recall, precision)");
  });

  it("by the library alone, and with what tells data sets apart in its name", () => {
    expect(explained(tied, "0.8805", { library: "XGBoost" }).ids).toEqual(["xgboost:aucpr"]);
    expect(explained(tied, "0.8805", { name: "xgboost:aucpr" }).ids).toEqual(["xgboost:aucpr"]);
    expect(explained(tied, "0.8805", { name: "validation_0-aucpr" }).ids[0]).toBe("xgboost:aucpr");
    expect(explained(tied, "0.8805", { name: "val/aucpr" }).ids[0]).toBe("xgboost:aucpr");
  });

  it("by a definition of another name where none of the asked one gives it", () => {
    const { ids, matches } = explained(tied, "0.8805", { name: "accuracy" });
    expect(ids).toContain("xgboost:aucpr");
    expect(matches[0]!.value).toBeCloseTo(0.8805, 4);
  });

  it("as of the nearest where nothing gives it", () => {
    const found = explained(breastCancer, "0.123456", { name: "f1" });
    expect(found).toMatchObject({ certainty: "none", ids: [], whats: [] });
    expect(found.nearest.length).toBeGreaterThan(1);
    const distances = found.nearest.map(({ distance }) => distance);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  });

  it("refuses a name and a library that no definition has, and says what was meant", () => {
    expect(() => explained(tied, "0.5", { name: "acuracy" })).toThrow(/did you mean accuracy\?/);
    expect(() => explained(tied, "0.5", { library: "xgbost" })).toThrow(/did you mean XGBoost\?/i);
  });
});

describe("a common accident is named", () => {
  const cases: [
    what: RegExp,
    sample: DefinedSample,
    name: string,
    value: (sample: DefinedSample) => number,
  ][] = [
    [
      /with 0 as the positive class/,
      breastCancer,
      "sklearn:recall",
      (sample) => ofSwapped(sample, "sklearn:recall_score(binary)"),
    ],
    [
      /y_true and y_pred swapped/,
      diabetes,
      "r2",
      (sample) => {
        if (sample.kind !== "regression") throw new Error("these are numbers");
        return valueOf("sklearn:r2_score", { ...sample, yTrue: sample.yPred, yPred: sample.yTrue });
      },
    ],
    [/in percent/, breastCancer, "roc_auc", (sample) => 100 * valueOf("sklearn:roc_auc_score", sample)],
    [
      /sign turned/,
      diabetes,
      "mean_squared_error",
      (sample) => -valueOf("sklearn:mean_squared_error", sample),
    ],
    [
      /its square root/,
      diabetes,
      "mean_squared_error",
      (sample) => Math.sqrt(valueOf("sklearn:mean_squared_error", sample)),
    ],
    [/logarithms to base 2/, digits, "log_loss", (sample) => valueOf("sklearn:log_loss", sample) / Math.LN2],
    [/order of the labels from the last/, digits, "log_loss", (sample) => ofReversedColumns(sample)],
    [
      /averaged over batches of 32/,
      breastCancer,
      "recall",
      (sample) => ofBatches(sample, "sklearn:recall_score(binary)", 32),
    ],
    [
      /sklearn:recall_score\(binary\) of 3 against all other classes/,
      digits,
      "recall",
      ({ yTrue, yPred }) => {
        const ofThree = Array.from(yTrue.keys()).filter((i) => yTrue[i] === 3);
        return ofThree.filter((i) => yPred[i] === 3).length / ofThree.length;
      },
    ],
    [
      /with y_pred in place of y_score/,
      withoutScores(breastCancer),
      "roc_auc_score",
      // Of labels the area is the mean recall of the two classes.
      (sample) => valueOf("sklearn:balanced_accuracy_score", sample),
    ],
    [
      /without the last batch of 64/,
      breastCancer,
      "log_loss",
      (sample) => valueOf("sklearn:log_loss", firstOf(sample, 128)),
    ],
  ];
  it.each(cases)("%s", (what, sample, name, value) => {
    const found = explained(sample, value(sample).toPrecision(7), { name });
    expect([...found.whats, ...found.ids].join("\n")).toMatch(what);
  });
});

describe("what is no more than luck", () => {
  const small = firstOf(breastCancer, 60);

  it("is not certain of a share of counts, however many digits it has", () => {
    for (let right = 0; right <= 60; right++) {
      const found = explained(small, (right / 60).toFixed(6), { name: "accuracy" });
      const isOne = Math.abs(valueOf("sklearn:accuracy_score", small) - right / 60) < 1e-6;
      if (!isOne) expect(found.certainty).not.toBe("certain");
    }
  });

  it("does not take a perfect score for a swap", () => {
    for (const name of ["accuracy", "f1", "roc_auc", "matthews_corrcoef"]) {
      expect(explained(small, "1.000000", { name }).whats.join()).not.toContain("swapped");
    }
  });

  it("does not depend on the unit of a regression", () => {
    if (diabetes.kind !== "regression") throw new Error("these are numbers");
    const { yTrue, yPred } = diabetes;
    for (const unit of [1e-4, 1, 1e4]) {
      const sample = {
        kind: "regression",
        yTrue: yTrue.map((each) => each * unit),
        yPred: yPred.map((each) => each * unit),
      } as const;
      for (const name of ["mse", "mean_squared_error", "mae"]) {
        const id = name === "mae" ? "sklearn:mean_absolute_error" : "sklearn:mean_squared_error";
        expect(
          explained(sample, String(Number(valueOf(id, sample).toPrecision(7))), { name }).certainty,
        ).toBe("certain");
      }
    }
  });
});

it.each(["1e-400", "1e-320", "0e-400", "1e400", "0x1", "", "1,5"])("is no number: %j", (text) => {
  expect(givenNumber(text)).toBeUndefined();
});

/** Numbers of the catalogue on the real data, of 300 random definitions, rounded to 3 or 4 digits. */
it("names the right definition of 300 blind ones, and calls no random number certain", () => {
  const random = seededRandom(20261128);
  let right = 0;
  let certain = 0;
  for (let i = 0; i < 300; i++) {
    const sample = real[Math.floor(random() * real.length)]!;
    const all = definitionsFor(sample).filter((definition) => computed(definition, sample) !== undefined);
    const definition = all[Math.floor(random() * all.length)]!;
    const digitsGiven = random() < 0.5 ? 3 : 4;
    const asked = i % 2 ? { name: definition.names[0] } : {};
    const text = computed(definition, sample)!.toFixed(digitsGiven);
    const { matches, certainty } = explained(sample, text, asked);
    if (matches.some((each) => each.definition === definition)) right += 1;
    if (certainty === "certain") certain += 1;
  }
  expect(right).toBeGreaterThanOrEqual(285);
  // Some are certain, so that the next expectation says something.
  expect(certain).toBeGreaterThan(0);
  let wrong = 0;
  for (let i = 0; i < 300; i++) {
    const sample = real[Math.floor(random() * real.length)]!;
    const all = definitionsFor(sample);
    const { names } = all[Math.floor(random() * all.length)]!;
    const text = random().toFixed(random() < 0.5 ? 3 : 4);
    const isOfOne = all.some((definition) => computed(definition, sample)?.toFixed(4).startsWith(text));
    if (isOfOne) continue;
    if (explained(sample, text, i % 2 ? { name: names[0] } : {}).certainty === "certain") wrong += 1;
  }
  expect(wrong).toBe(0);
});

function valueOf(id: string, sample: DefinedSample): number {
  return computed(catalogue.find((definition) => definition.id === id)!, sample)!;
}

function classesOf(sample: DefinedSample) {
  if (sample.kind !== "classification") throw new Error("these are no classes");
  return sample as typeof sample & { yScore: Float64Array };
}

function ofSwapped(sample: DefinedSample, id: string): number {
  const { yScore, ...classes } = classesOf(sample);
  return valueOf(id, { ...classes, positive: 0, yScore: yScore.map((score) => 1 - score) });
}

function ofReversedColumns(sample: DefinedSample): number {
  const classes = classesOf(sample);
  const columns = classes.labels.length;
  const yScore = classes.yScore.map(
    (_, at) => classes.yScore[at - (at % columns) + columns - 1 - (at % columns)]!,
  );
  return valueOf("sklearn:log_loss", { ...classes, yScore });
}

function firstOf(sample: DefinedSample, end: number, start = 0): DefinedSample {
  const classes = classesOf(sample);
  return {
    ...classes,
    yTrue: classes.yTrue.slice(start, end),
    yPred: classes.yPred.slice(start, end),
    yScore: classes.yScore.slice(start, end),
  };
}

function ofBatches(sample: DefinedSample, id: string, size: number): number {
  const values: number[] = [];
  for (let at = 0; at < sample.yTrue.length; at += size)
    values.push(valueOf(id, firstOf(sample, at + size, at)));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function withoutScores(sample: DefinedSample): DefinedSample {
  if (sample.kind === "regression") return sample;
  const { yScore: _, ...labelled } = sample;
  return labelled;
}
