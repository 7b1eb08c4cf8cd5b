import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { carData, features, penguinData } from "../../src/demo/demo-data.js";
import type { DemoExperiment } from "../../src/demo/demo-experiment.js";
import { demoExperiments } from "../../src/demo/demo-experiments.js";
import { StandardScaler } from "../../src/demo/standard-scaler.js";
import { trainTestSplit } from "../../src/demo/train-test-split.js";
import { describeModel } from "../../src/experiment/model/model-description.js";

let experiments: DemoExperiment[] = [];
beforeAll(() => {
  experiments = [...demoExperiments(() => 0)];
});

const inProject = (project: string) => experiments.filter((each) => each.project === project);

function accuracy({ yTrue, yPred }: DemoExperiment): number {
  return yTrue.filter((label, index) => label === yPred[index]).length / yTrue.length;
}

function r2({ yTrue, yPred }: DemoExperiment): number {
  const truth = yTrue.map(Number);
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  const unexplained = truth.reduce((sum, value, index) => sum + (value - Number(yPred[index])) ** 2, 0);
  return 1 - unexplained / truth.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

describe("the demo's experiments", () => {
  it("are classifications of two and of three classes, and regressions", () => {
    const kinds = experiments.map(
      ({ kind, project, parameters }) => `${kind} ${project} ${parameters.targetColumn}`,
    );
    const counts = [...new Set(kinds)].map((kind) => [kind, kinds.filter((each) => each === kind).length]);
    expect(counts).toEqual([
      ["classification penguins species", 7],
      ["classification penguins sex", 5],
      ["regression cars miles_per_gallon", 8],
    ]);
  });

  it("differ from one another in name and in model or features", () => {
    const described = experiments.map(({ parameters, extraParameters }) =>
      JSON.stringify([describeModel(parameters.model), parameters.targetColumn, extraParameters]),
    );
    expect(new Set(described).size).toBe(experiments.length);
    expect(new Set(experiments.map(({ project, name }) => `${project} ${name}`)).size).toBe(
      experiments.length,
    );
    expect(experiments.flatMap(({ parameters }) => describeModel(parameters.model).omitted)).toEqual([]);
  });

  it("are the same on every run", () => {
    const [first, , third] = demoExperiments(() => 0);
    expect(JSON.stringify([first, third])).toBe(JSON.stringify([experiments[0], experiments[2]]));
  });

  it("are trained only when they are asked for", () => {
    const readings: number[] = [];
    const one = demoExperiments(() => readings.push(readings.length) * 1_000);
    expect(readings).toEqual([]);
    expect(one.next().value?.extraParameters["training_seconds"]).toBe(1);
    expect(readings).toHaveLength(2);
  });

  it("test every model of a project on the same rows, true to the data set", () => {
    for (const [project, data, size] of [
      ["penguins", penguinData(), 167],
      ["cars", carData(), 196],
    ] as const) {
      const byRow = new Map(data.rows.map((row) => [row["row"], row]));
      for (const { parameters, yTrue, yPred } of inProject(project)) {
        expect(parameters.testSet).toEqual(inProject(project)[0]?.parameters.testSet);
        expect(new Set(parameters.testSet).size).toBe(size);
        expect(yPred).toHaveLength(size);
        expect(yTrue).toEqual(parameters.testSet.map((row) => byRow.get(row)?.[parameters.targetColumn]));
      }
    }
  });

  it("give probabilities that sum to 1, and are the greatest for the predicted class", () => {
    const rows = inProject("penguins").flatMap(({ yPred, yScore = [], labels, positiveLabel }) =>
      yPred.map((predicted, index) => {
        const score = yScore[index] ?? [];
        const probabilities = typeof score === "number" ? [1 - score, score] : score;
        return {
          probabilities,
          predicted: [...(labels ?? ["FEMALE", positiveLabel])].indexOf(String(predicted)),
        };
      }),
    );
    expect(rows).toHaveLength(12 * 167);
    for (const { probabilities, predicted } of rows) {
      expect(Math.min(...probabilities)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...probabilities)).toBeLessThanOrEqual(1);
      expect(probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
      expect(probabilities[predicted]).toBeCloseTo(Math.max(...probabilities), 12);
    }
  });

  it("name the classes in sorted order, and MALE as the positive one of two", () => {
    const named = inProject("penguins").map(({ parameters, labels, positiveLabel }) => ({
      target: parameters.targetColumn,
      labels,
      positiveLabel,
    }));
    expect(new Set(named.map((each) => JSON.stringify(each)))).toEqual(
      new Set([
        '{"target":"species","labels":["Adelie","Chinstrap","Gentoo"]}',
        '{"target":"sex","positiveLabel":"MALE"}',
      ]),
    );
  });

  it("go from poor models to good ones", () => {
    const species = inProject("penguins").filter(({ parameters }) => parameters.targetColumn === "species");
    const sex = inProject("penguins").filter(({ parameters }) => parameters.targetColumn === "sex");
    const scores = {
      species: species.map(accuracy),
      sex: sex.map(accuracy),
      cars: inProject("cars").map(r2),
    };
    expect(Math.min(...scores.species)).toBeGreaterThan(0.65);
    expect(Math.min(...scores.species)).toBeLessThan(0.8);
    expect(Math.max(...scores.species)).toBeGreaterThan(0.97);
    expect(Math.min(...scores.sex)).toBeGreaterThan(0.6);
    expect(Math.max(...scores.sex)).toBeGreaterThan(0.9);
    expect(Math.min(...scores.cars)).toBeGreaterThan(0.65);
    expect(Math.max(...scores.cars)).toBeGreaterThan(0.85);
  });
});

describe("the demo's data", () => {
  it("has the rows, without gaps, that its notice says", () => {
    const notice = readFileSync(new URL("../../src/demo/data/README.md", import.meta.url), "utf8");
    for (const [name, { rows }] of [
      ["penguins", penguinData()],
      ["cars", carData()],
    ] as const) {
      expect(notice).toMatch(new RegExp(`${name}\\.json +\\| ${rows.length} of `, "u"));
      expect(rows.flatMap((row) => Object.values(row)).filter((value) => value === null)).toEqual([]);
    }
    expect(penguinData().rows[2]).toEqual({
      row: 2,
      species: "Adelie",
      beak_length_mm: 40.3,
      beak_depth_mm: 18,
      flipper_length_mm: 195,
      body_mass_g: 3250,
      sex: "FEMALE",
    });
  });

  it("gives a column of text as one column of 0 and 1 a value", () => {
    const rows = [
      { mass: 2, sex: "F" },
      { mass: 3, sex: "M" },
    ];
    expect(features(rows, ["mass", "sex"])).toEqual([
      [2, 1, 0],
      [3, 0, 1],
    ]);
  });

  it("is scaled by the training rows' mean and deviation", () => {
    const scaler = new StandardScaler([
      [1, 5],
      [3, 5],
    ]);
    expect(scaler.scale([[5, 6]])).toEqual([[3, 1]]);
  });
});

describe("the demo's split", () => {
  const rows = Array.from({ length: 10 }, (_, index) => index);

  it("is fixed by its seed", () => {
    expect(trainTestSplit(rows, { seed: 42, testShare: 0.4 }).test).toEqual([1, 4, 6, 9]);
    expect(trainTestSplit(rows, { seed: 43, testShare: 0.4 }).test).not.toEqual([1, 4, 6, 9]);
  });

  it("deals every row to one part, in the order of the rows", () => {
    const { train, test } = trainTestSplit(rows, { seed: 1, testShare: 0.3 });
    expect(test).toHaveLength(3);
    expect([...train, ...test].sort((a, b) => a - b)).toEqual(rows);
    expect(train).toEqual([...train].sort((a, b) => a - b));
  });
});
