import { describe, expect, it } from "vitest";

import type { ExperimentInput } from "../../src/experiment/input/experiment-input.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiment } from "../../src/jobs/read-experiments.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const animals = ["c", "a", "b"];
const [c, a, b] = [
  [0.8, 0.1, 0.1],
  [0.1, 0.8, 0.1],
  [0.1, 0.1, 0.8],
] as [number[], number[], number[]];
const inOrder = [c, a, b];

/** Three samples, each of the class that y_score is surest of where its columns are c, a, b. */
function animalsBy(store: string, changes: Partial<ExperimentInput>, model = {}): ExperimentInput {
  const input = smallClassification(store, { yTrue: animals, yPred: animals, ...changes });
  const described = { name: "Oracle", parameters: {}, ...model };
  return { ...input, parameters: { ...input.parameters, testSet: [1, 2, 3], model: described } };
}

/** Logs, and gives what was said aloud too. */
async function logged(input: ExperimentInput) {
  const aloud: string[] = [];
  const outcome = await logExperiment(input, { warn: (text) => aloud.push(text) });
  return { ...outcome, aloud };
}

describe("the class of each column of y_score", () => {
  it.each<[string, Partial<ExperimentInput>, object, string]>([
    ["labels", { yScore: inOrder, labels: animals }, {}, "labels"],
    ["an object of columns", { yScore: { c, a, b } }, {}, "column names"],
    [
      "a map of columns",
      {
        yScore: new Map([
          ["c", c],
          ["a", a],
          ["b", b],
        ]),
      },
      {},
      "column names",
    ],
    [
      "names with a prefix",
      { yScore: { values: inOrder.flat(), columns: 3, names: ["p c", "p a", "p b"] } },
      {},
      "column names",
    ],
    ["names with a suffix", { yScore: { c_proba: c, a_proba: a, b_proba: b } }, {}, "column names"],
    [
      "rows that name their classes",
      { yScore: inOrder.map(([ofC, ofA, ofB]) => ({ c: ofC!, a: ofA!, b: ofB! })) },
      {},
      "column names",
    ],
    ["the classes of the model", { yScore: inOrder }, { classes: animals }, "model"],
    ["sorting", { yScore: [[0.1, 0.1, 0.8], c, a] }, {}, "sorted"],
  ])("is told by %s", async (_, changes, model, decidedBy) => {
    const store = await temporaryFolder();
    const { scores, classOrder, predictionId, aloud } = await logged(animalsBy(store, changes, model));
    expect(scores["roc_auc"]).toBe(1);
    expect(scores["log_loss"]).toBeCloseTo(-Math.log(0.8), 12);
    const labels = decidedBy === "sorted" ? ["a", "b", "c"] : animals;
    expect(classOrder).toEqual({ labels, decidedBy });
    expect(aloud).toEqual([]);
    const { predictions } = await readExperiment(predictionId, { store });
    expect(JSON.parse(predictions.metadata["ml_tracking.class_order"]!)).toEqual({
      columns: labels.length,
      labels,
      decided_by: decidedBy,
    });
    expect(predictions.metadata["ml_tracking.labels"]).toBe('["a","b","c"]');
  });

  it.each<[string, Partial<ExperimentInput>, object, string]>([
    [
      "labels and names",
      { yScore: { c, a, b }, labels: ["a", "b", "c"] },
      {},
      'is "a", "b", "c" by labels but "c", "a", "b" by its column names',
    ],
    [
      "labels and the model",
      { yScore: inOrder, labels: ["a", "b", "c"] },
      { classes: animals },
      'is "a", "b", "c" by labels but "c", "a", "b" by the model\'s classes',
    ],
    [
      "names and the model",
      { yScore: { c, a, b } },
      { classes: ["a", "b", "c"] },
      'is "c", "a", "b" by its column names but "a", "b", "c" by the model\'s classes',
    ],
    [
      "names and a class that they leave out",
      { yScore: { c, a, x: b } },
      {},
      'y_score has the columns "c", "a", "x", but the classes are "a", "b", "c"',
    ],
    [
      "names and classes that differ in capitals",
      { yScore: { C: c, A: a, B: b } },
      {},
      'the columns "C", "A", "B", which are the classes "a", "b", "c" but for capitals or white space',
    ],
    [
      "a numbering that is out of order",
      { yScore: { y_score_1: c, y_score_0: a, y_score_2: b } },
      {},
      "numbered in another order than they are given in",
    ],
    [
      "the model's classes and the number of columns",
      { yScore: inOrder },
      { classes: [...animals, "d"] },
      "y_score has 3 columns but the model knows 4 classes",
    ],
  ])("is refused where evidence disagrees: %s", async (_, changes, model, message) => {
    const input = animalsBy(await temporaryFolder(), changes, model);
    await expect(logExperiment(input)).rejects.toMatchObject({
      code: "INVALID_SCORES",
      message: expect.stringContaining(message),
    });
  });

  it("is that of integers named in digits, and of a model that says true and false", async () => {
    const store = await temporaryFolder();
    const numbers = { yTrue: [12, 2, 7], yPred: [12, 2, 7], yScore: { 12: c, 2: a, 7: b } };
    // JavaScript sorts keys that are digits, so that the columns stand as 2, 7, 12; each keeps its name.
    const byName = await logged(animalsBy(store, numbers));
    expect(byName.scores["roc_auc"]).toBe(1);
    expect(byName.classOrder).toEqual({ labels: [2, 7, 12], decidedBy: "column names" });
    const truths = { yTrue: [true, false, true], yPred: [true, false, true] };
    const yScore = [
      [0.9, 0.1],
      [0.3, 0.7],
      [0.6, 0.4],
    ];
    const byModel = await logged(animalsBy(store, { ...truths, yScore }, { classes: ["True", "False"] }));
    expect(byModel.scores["roc_auc"]).toBe(1);
    expect(byModel.classOrder).toEqual({ labels: [1, 0], decidedBy: "model" });
  });

  it("is doubted aloud where y_pred is seldom the most probable class", async () => {
    const store = await temporaryFolder();
    const wrong = await logged(animalsBy(store, { yScore: inOrder }));
    expect(wrong.aloud).toEqual([
      expect.stringContaining("y_pred is the most probable class by y_score in no sample"),
    ]);
    expect(wrong.warnings).toContain(wrong.aloud[0]);
    const two = { yTrue: ["a", "b", "b"], yPred: ["a", "b", "b"], positiveLabel: "b" };
    expect((await logged(animalsBy(store, { ...two, yScore: [0.9, 0.1, 0.2] }))).aloud).toEqual([
      expect.stringContaining(
        "check that y_score is the probability of the positive class, not of the other",
      ),
    ]);
    const half = [0.5, 0.5, 0.5];
    expect((await logged(animalsBy(store, { yScore: { c: half, a: half, b: [0, 0, 0] } }))).aloud).toEqual(
      [],
    );
  });

  it("is not asked of a model that does not know what was predicted", async () => {
    const yScore = [[0.1, 0.1, 0.8], c, a];
    const { classOrder } = await logged(
      animalsBy(await temporaryFolder(), { yScore }, { classes: [2, 0, 1] }),
    );
    expect(classOrder).toEqual({ labels: ["a", "b", "c"], decidedBy: "sorted" });
  });

  it.each<[string, Partial<ExperimentInput>, unknown[] | undefined, string]>([
    ["a model whose second class is another", { yTrue: [1, 2, 2] }, [1, 2], "in which 2 comes second"],
    ["a model that knows three", { yTrue: ["c", "a", "a"] }, animals, "of which it may be any class's"],
    [
      "the name of the other class, a number",
      { yTrue: [1, 2, 2], yScore: { 2: [0.1, 0.9, 0.8] } },
      undefined,
      'only column is called "2"',
    ],
    [
      "the name of the other class, a boolean",
      { yTrue: [true, false, false], positiveLabel: false, yScore: { True: [0.9, 0.1, 0.2] } },
      undefined,
      'only column is called "True"',
    ],
  ])(
    "of an only column is refused where it is not the positive one: %s",
    async (_, changes, classes, message) => {
      const store = await temporaryFolder();
      const one = { yScore: [0.1, 0.9, 0.8], yPred: changes.yTrue!, ...changes };
      await expect(logExperiment(animalsBy(store, one, { classes }))).rejects.toMatchObject({
        code: "INVALID_SCORES",
        message: expect.stringContaining(message),
      });
      const numbered = {
        ...one,
        yScore: { values: [0.1, 0.9, 0.8], columns: 1, names: [0] },
        positiveLabel: changes.yTrue![1]!,
      };
      const { scores } = await logged(animalsBy(store, numbered, { classes }));
      expect(scores["roc_auc"]).toBe(1);
    },
  );

  it("is refused where rows do not name the same classes", async () => {
    const yScore = [
      { c: 0.8, a: 0.2 },
      { c: 0.8, b: 0.2 },
      { c: 1, a: 0 },
    ] as { [name: string]: number }[];
    await expect(logExperiment(animalsBy(await temporaryFolder(), { yScore }))).rejects.toMatchObject({
      code: "INVALID_SCORES",
      message: expect.stringContaining('y_score[0] has the probabilities of "c", "a"'),
    });
  });

  it("is refused as a model's where its classes are no list", async () => {
    const input = animalsBy(await temporaryFolder(), {}, { classes: "a, b, c" });
    await expect(logExperiment(input)).rejects.toMatchObject({ code: "INVALID_MODEL" });
  });
});

describe("probabilities that are rounded", () => {
  const binary = (store: string, yScore: ExperimentInput["yScore"]) =>
    smallClassification(store, { yTrue: [1, 0, 1, 0], yPred: [1, 0, 1, 0], yScore });

  it("are clipped where they lie beyond 0 or 1 by no more than their precision explains, and counted", async () => {
    const store = await temporaryFolder();
    for (const yScore of [
      [1.0000000000000002, -1e-18, 1.00000536, 0.25],
      Float32Array.of(1.0000002, -1e-7, 1.0003, 0.25),
      [1.0009765625, -0.00048828125, 1, 0.25], // float16
    ]) {
      const { scores, warnings } = await logExperiment(binary(store, yScore));
      expect(scores).toMatchObject({ roc_auc: 1, log_loss: expect.closeTo(-Math.log(0.75) / 4, 12) });
      expect(warnings).toEqual([
        expect.stringMatching(/^y_score\[0\] is 1\.000\d+ and [12] more: beyond 0 or 1/),
      ]);
    }
  });

  it.each([[1.001], [-1e-4], [1.1], [2], [-0.5]])("are refused beyond that: %s", async (value) => {
    const input = binary(await temporaryFolder(), [value, 0, 1, 0.25]);
    await expect(logExperiment(input)).rejects.toMatchObject({ code: "INVALID_SCORES" });
  });
});

it("refuses a model whose classes stand there twice", async () => {
  const input = animalsBy(await temporaryFolder(), { yScore: inOrder }, { classes: ["c", "a", "c"] });
  await expect(logExperiment(input)).rejects.toMatchObject({
    code: "INVALID_MODEL",
    message: expect.stringContaining(
      'parameters.model.classes is ["c","a","c"]; give every class that the model knows once',
    ),
  });
});

describe("classes that look the same", () => {
  it.each([
    ["cat", "cat "],
    ["\u00e9", "e\u0301"],
  ])("are said aloud: %j and %j", async (one, other) => {
    const store = await temporaryFolder();
    const { aloud } = await logged(
      smallClassification(store, { yTrue: [one, "x", one, "x"], yPred: [other, "x", one, "x"] }),
    );
    expect(aloud).toEqual([
      expect.stringContaining("differ in white space or composed characters only, and count as two"),
    ]);
  });
});

describe("sample ids", () => {
  it.each<[string, ExperimentInput["parameters"]["testSet"], string | undefined]>([
    ["texts", ["a", "b", "a", "c"], '"a" twice, at 0 and 2:'],
    ["numbers", [4, 4, 4, 4], "4 twice, at 0 and 1, and 2 more ids are there again:"],
    ["64-bit integers", BigInt64Array.of(9n, 7n, 8n, 9n), "9n twice, at 0 and 3:"],
    ["a list of another length", [1, 2, 3], "has 3 ids but y_true has 4 values: which id belongs to which"],
    ["each once", [3, 1, 2, 0], undefined],
  ])("that cannot be paired with another experiment's are said aloud: %s", async (_, testSet, text) => {
    const input = smallClassification(await temporaryFolder(), { positiveLabel: "dog" });
    const { aloud, warnings } = await logged({ ...input, parameters: { ...input.parameters, testSet } });
    expect(aloud).toEqual(text === undefined ? [] : [expect.stringContaining(text)]);
    expect(warnings).toEqual(aloud);
    if (text !== undefined) expect(aloud[0]).toContain("never be compared sample by sample");
  });
});
