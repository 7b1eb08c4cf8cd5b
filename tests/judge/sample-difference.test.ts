import { describe, expect, it } from "vitest";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiment } from "../../src/jobs/read-experiments.js";
import { differingSamples } from "../../src/judge/differing-samples.js";
import type { ErrorDifference } from "../../src/judge/judge-schema.js";
import type { Evaluation } from "../../src/judge/pairing/pair-evaluations.js";
import { sampleDifference } from "../../src/judge/sample-difference.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const truth = ["cat", "cat", "cat", "dog", "dog", "fox"];
const ofA = ["cat", "dog", "cat", "dog", "fox", "cat"];
const ofB = ["cat", "cat", "fox", "dog", "cat", "fox"];
const ids = ["s1", "s2", "s3", "s4", "s5", "s6"];

async function logged(of: typeof smallClassification, outcomes: object[]): Promise<Evaluation[]> {
  const store = await temporaryFolder();
  const evaluations: Evaluation[] = [];
  for (const outcome of outcomes) {
    const { testSet, ...given } = outcome as { testSet: (string | number)[] };
    const parameters = { ...of(store).parameters, testSet };
    const { predictionId } = await logExperiment(of(store, { yScore: undefined, ...given, parameters }));
    const { experiment, predictions } = await readExperiment(predictionId, { store });
    evaluations.push({ record: experiment, table: predictions });
  }
  return evaluations;
}

/** The second in the other order, as another program may have it. */
const classes = () =>
  logged(smallClassification, [
    { yTrue: truth, yPred: ofA, testSet: ids },
    { yTrue: truth.toReversed(), yPred: ofB.toReversed(), testSet: ids.toReversed() },
  ]) as Promise<[Evaluation, Evaluation]>;

describe("the difference of two classifications", () => {
  it("counts who is right by class, and both confusion matrices cell by cell", async () => {
    const difference = sampleDifference(...(await classes()));
    expect(difference).toEqual({
      kind: "classification",
      n: 6,
      labels: ["cat", "dog", "fox"],
      cells: [
        { true: 0, predicted: 0, a: 2, b: 2 },
        { true: 0, predicted: 1, a: 1, b: 0 },
        { true: 0, predicted: 2, a: 0, b: 1 },
        { true: 1, predicted: 0, a: 0, b: 1 },
        { true: 1, predicted: 1, a: 1, b: 1 },
        { true: 1, predicted: 2, a: 1, b: 0 },
        { true: 2, predicted: 0, a: 1, b: 0 },
        { true: 2, predicted: 2, a: 0, b: 1 },
      ],
      classes: [
        { label: 0, samples: 3, both_right: 1, only_a_right: 1, only_b_right: 1, both_wrong: 0 },
        { label: 1, samples: 2, both_right: 1, only_a_right: 0, only_b_right: 0, both_wrong: 1 },
        { label: 2, samples: 1, both_right: 0, only_a_right: 0, only_b_right: 1, both_wrong: 0 },
      ],
    });
  });

  it("lists the samples behind a number, by the ids of the first", async () => {
    const [a, b] = await classes();
    expect(differingSamples(a, b, { agreement: "only_b_right" })).toEqual({
      total: 2,
      offset: 0,
      rows: [
        { row: 1, sample_id: "s2", y_true: "cat", a: "dog", b: "cat" },
        { row: 5, sample_id: "s6", y_true: "fox", a: "cat", b: "fox" },
      ],
    });
    expect(differingSamples(b, a, { agreement: "only_a_right" }).rows.map(({ row }) => row)).toEqual([0, 4]);
    expect(differingSamples(a, b, { true_label: "cat", b_label: "fox" }).rows).toEqual([
      { row: 2, sample_id: "s3", y_true: "cat", a: "cat", b: "fox" },
    ]);
    // Those first of which one is right, then those with two wrong labels, then the rest.
    const page = differingSamples(a, b, { limit: 3, offset: 2 });
    expect([page.total, page.rows.map(({ sample_id }) => sample_id)]).toEqual([6, ["s6", "s5", "s1"]]);
  });

  it("refuses what cannot be asked, naming it", async () => {
    const [a, b] = await classes();
    for (const [query, message] of [
      [{ true_label: "cow" }, /true_label is "cow", which is no label here; they are cat, dog, fox/],
      [{ nearer: "a_nearer" }, /nearer applies to regressions only/],
      [{ limit: 0 }, /limit is 0; give a whole number from 1 to 1000/],
      [{ offset: 0.5 }, /offset is 0.5; give a whole number/],
    ] as const) {
      expect(() => differingSamples(a, b, query)).toThrow(message);
    }
  });
});

describe("the difference of two regressions", () => {
  const many = Array.from({ length: 1000 }, (_, i) => i);
  const errorsA = many.map((i) => (i % 7) - 3);
  const errorsB = many.map((i) => (i % 5) - 2);
  const numbers = (rows: readonly number[]) =>
    logged(smallRegression, [
      {
        yTrue: rows.map((i) => i / 8),
        yPred: rows.map((i) => i / 8 + errorsA[i % 1000]!),
        testSet: rows,
      },
      {
        yTrue: rows.map((i) => i / 8).toReversed(),
        yPred: rows.map((i) => i / 8 + errorsB[i % 1000]!).toReversed(),
        testSet: rows.toReversed(),
      },
    ]) as Promise<[Evaluation, Evaluation]>;

  it("gives both errors of every sample, and who is nearer in each decile", async () => {
    const [a, b] = await numbers(many);
    const difference = sampleDifference(a, b) as ErrorDifference;
    expect(difference).toMatchObject({ kind: "regression", n: 1000, greatest: 3 });
    expect(difference.errors).toEqual({
      form: "points",
      x: errorsA.map(Math.abs),
      y: errorsB.map(Math.abs),
      row: many,
      sample_id: many,
    });
    expect(difference.deciles.length).toBe(10);
    for (const [i, decile] of difference.deciles.entries()) {
      const rows = many.slice(i * 100, (i + 1) * 100);
      const count = (holds: (x: number, y: number) => boolean) =>
        rows.filter((row) => holds(Math.abs(errorsA[row]!), Math.abs(errorsB[row]!))).length;
      expect(decile).toMatchObject({
        samples: 100,
        a_nearer: count((x, y) => x < y),
        b_nearer: count((x, y) => y < x),
        equally_near: count((x, y) => x === y),
      });
      expect(decile.a).toBeCloseTo(rows.reduce((sum, row) => sum + Math.abs(errorsA[row]!), 0) / 100, 12);
    }
  });

  it("counts on a grid where there are many, and loses none", async () => {
    const rows = Array.from({ length: 6000 }, (_, i) => i);
    const { errors } = sampleDifference(...(await numbers(rows))) as ErrorDifference;
    if (errors.form !== "density") throw new Error("points");
    expect(errors.count.reduce((sum, count) => sum + count, 0)).toBe(6000);
    const cell = errors.x_bin.findIndex((x, i) => errors.x_edges[x] === 0 && errors.y_bin[i] === 0);
    const both = rows.filter((i) => errorsA[i % 1000] === 0 && errorsB[i % 1000] === 0).length;
    expect(errors.count[cell]).toBe(both);
  });

  it("lists those first on which the two differ most, of equal ones in the order of the file", async () => {
    const [a, b] = await numbers(many);
    const difference = (row: number) => Math.abs(Math.abs(errorsA[row]!) - Math.abs(errorsB[row]!));
    const expected = many.toSorted((x, y) => difference(y) - difference(x) || x - y);
    for (const offset of [0, 37, 990]) {
      const page = differingSamples(a, b, { offset, limit: 20 });
      expect(page.rows.map(({ row }) => row)).toEqual(expected.slice(offset, offset + 20));
    }
    const nearer = differingSamples(a, b, { nearer: "b_nearer", y_true: { min: 1, max: 2, max_open: true } });
    const wanted = expected.filter((i) => i >= 8 && i < 16 && Math.abs(errorsB[i]!) < Math.abs(errorsA[i]!));
    expect(nearer.rows.map(({ row }) => row)).toEqual(wanted);
    expect(nearer.total).toBe(wanted.length);
    expect(differingSamples(a, b, { error_a: { min: 4 } })).toMatchObject({ total: 0, rows: [] });
  });
});
