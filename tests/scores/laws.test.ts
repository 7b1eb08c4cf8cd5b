import * as fc from "fast-check";
import { expect, it } from "vitest";

import { classificationScores } from "../../src/scores/classification-sample.js";
import { findScore, scoreRegistry } from "../../src/scores/registry.js";
import { regressionScores } from "../../src/scores/regression-sample.js";
import type { ClassificationSample } from "../../src/scores/sample.js";

/** A sample of `classes` classes, with probabilities of a coarse grid, so that ties occur. */
const classified = fc.integer({ min: 1, max: 5 }).chain((classes) =>
  fc
    .array(
      fc.record({
        truth: fc.nat(classes - 1),
        prediction: fc.nat(classes - 1),
        row: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: classes, maxLength: classes }),
      }),
      { minLength: 1, maxLength: 60 },
    )
    .map((rows) => ({ classes, rows })),
);
type Classified = typeof classified extends fc.Arbitrary<infer T> ? T : never;

function sampleOf({ classes, rows }: Classified): ClassificationSample {
  const probabilities = rows.map(({ row }) => {
    const total = row.reduce((a, b) => a + b);
    return row.map((weight) => weight / total);
  });
  return {
    labels: Array.from({ length: classes }, (_, code) => code + 10),
    yTrue: Int32Array.from(rows, ({ truth }) => truth),
    yPred: Int32Array.from(rows, ({ prediction }) => prediction),
    yScore: Float64Array.from(classes <= 2 ? probabilities.map((row) => row[0]! / 2) : probabilities.flat()),
  };
}

type SomeScores = Partial<Record<string, number>>;

/** The scores that differ, by more than the order of a sum explains. */
function unequal(a: SomeScores, b: SomeScores): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Array.from(names).filter((name) => {
    const [x, y] = [a[name] ?? Number.NaN, b[name] ?? Number.NaN];
    return !(Math.abs(x - y) <= 1e-11 * Math.max(1, Math.abs(x)));
  });
}

function outOfRange(scores: SomeScores): string[] {
  return Object.entries(scores)
    .filter(([name, score]) => {
      const [min, max] = findScore(name)!.range;
      return !(score! >= min - 1e-12 && score! <= max + 1e-12);
    })
    .map(([name, score]) => `${name}: ${score}`);
}

function best(scores: SomeScores): SomeScores {
  return Object.fromEntries(Object.keys(scores).map((name) => [name, findScore(name)!.best]));
}

it("keeps every classification score within the range that the registry gives", () => {
  fc.assert(
    fc.property(classified, (given) => {
      expect(outOfRange(classificationScores(sampleOf(given)).scores)).toEqual([]);
    }),
  );
});

it("accounts for every classification score: it has a value, or a note that says why it has none, and never both", () => {
  fc.assert(
    fc.property(classified, (given) => {
      const { scores, notes } = classificationScores(sampleOf(given));
      const blank = notes.filter((note) => note.undefined).map((note) => note.score as string);
      const applicable = scoreRegistry.filter(
        ({ kind, binaryOnly }) => kind === "classification" && (given.classes <= 2 || !binaryOnly),
      ).length;
      expect(Object.keys(scores).length + blank.length).toBe(applicable);
      for (const name of blank) expect(scores).not.toHaveProperty(name);
    }),
  );
});

it("gives the same scores whatever the order of the samples", () => {
  const shuffled = classified.chain((given) =>
    fc
      .shuffledSubarray(given.rows, { minLength: given.rows.length, maxLength: given.rows.length })
      .map((rows) => [given, { ...given, rows }] as const),
  );
  fc.assert(
    fc.property(shuffled, ([given, other]) => {
      expect(
        unequal(classificationScores(sampleOf(given)).scores, classificationScores(sampleOf(other)).scores),
      ).toEqual([]);
    }),
  );
});

it("gives three classes and more the same scores whatever they are called", () => {
  fc.assert(
    fc.property(
      classified.filter(({ classes }) => classes > 2),
      (given) => {
        const last = given.classes - 1;
        const rows = given.rows.map(({ truth, prediction, row }) => ({
          truth: last - truth,
          prediction: last - prediction,
          row: row.toReversed(),
        }));
        expect(
          unequal(
            classificationScores(sampleOf(given)).scores,
            classificationScores(sampleOf({ ...given, rows })).scores,
          ),
        ).toEqual([]);
      },
    ),
  );
});

it("gives a perfect classifier the best value of every score that is defined", () => {
  fc.assert(
    fc.property(classified, ({ classes, rows }) => {
      const labels = Array.from({ length: classes }, (_, code) => code);
      const yTrue = Int32Array.from(rows, ({ truth }) => truth);
      const yScore =
        classes <= 2
          ? Float64Array.from(yTrue, (code) => Number(code === 1))
          : Float64Array.from({ length: yTrue.length * classes }, (_, at) =>
              Number(yTrue[Math.floor(at / classes)] === at % classes),
            );
      const { scores } = classificationScores({ labels, yTrue, yPred: yTrue.slice(), yScore });
      const constant = new Set(yTrue).size === 1 ? { matthews_corrcoef: 0 } : {};
      expect(unequal(scores, { ...best(scores), ...constant })).toEqual([]);
    }),
  );
});

it("ranks the same under any increasing transform of the scores, and the other way round under a decreasing one", () => {
  const binary = classified.filter(
    ({ classes, rows }) => classes === 2 && new Set(rows.map((row) => row.truth)).size === 2,
  );
  fc.assert(
    fc.property(binary, (given) => {
      const sample = sampleOf(given);
      const of = (yScore: Float64Array) => classificationScores({ ...sample, yScore }).scores;
      const plain = of(sample.yScore!);
      const squared = of(sample.yScore!.map((score) => score * score));
      expect(squared.roc_auc).toBe(plain.roc_auc);
      expect(squared.average_precision).toBe(plain.average_precision);
      const reversed = of(sample.yScore!.map((score) => 1 - score));
      expect(reversed.roc_auc).toBeCloseTo(1 - plain.roc_auc!, 12);
    }),
  );
});

it("does not mind which side is called true where a score is symmetric", () => {
  fc.assert(
    fc.property(classified, (given) => {
      const { yScore: _, ...sample } = sampleOf(given);
      const { scores } = classificationScores(sample);
      const swapped = classificationScores({ ...sample, yTrue: sample.yPred, yPred: sample.yTrue }).scores;
      const symmetric = ["accuracy", "matthews_corrcoef", "cohen_kappa", "f1", "f1_macro"] as const;
      expect(symmetric.map((name) => swapped[name])).toEqual(symmetric.map((name) => scores[name]));
      expect(swapped.precision).toBe(scores.recall);
      expect(swapped.precision_macro).toBe(scores.recall_macro);
    }),
  );
});

it("gives a weighted recall that is the accuracy", () => {
  fc.assert(
    fc.property(classified, (given) => {
      const { scores } = classificationScores(sampleOf(given));
      expect(scores.recall_weighted).toBeCloseTo(scores.accuracy!, 12);
    }),
  );
});

const value = fc.integer({ min: -1000, max: 1000 }).map((thousandths) => thousandths / 8);
const predicted = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 60 });

function regressed(rows: readonly (readonly [number, number])[]) {
  return regressionScores({
    yTrue: Float64Array.from(rows, ([truth]) => truth),
    yPred: Float64Array.from(rows, ([, prediction]) => prediction),
  }).scores;
}

it("keeps every regression score within the range that the registry gives", () => {
  fc.assert(
    fc.property(predicted, (rows) => {
      expect(outOfRange(regressed(rows))).toEqual([]);
    }),
  );
});

it("gives the same regression scores whatever the order of the samples", () => {
  fc.assert(
    fc.property(predicted, (rows) => {
      expect(unequal(regressed(rows), regressed(rows.toReversed()))).toEqual([]);
    }),
  );
});

it("gives a perfect regression the best value of every score", () => {
  fc.assert(
    fc.property(predicted, (rows) => {
      const scores = regressed(rows.map(([truth]) => [truth, truth]));
      expect(scores).toEqual(best(scores));
    }),
  );
});

it("scales errors with the unit of y_true and leaves R² alone", () => {
  fc.assert(
    fc.property(predicted, (rows) => {
      const plain = regressed(rows);
      const scaled = regressed(rows.map(([truth, prediction]) => [4 * truth, 4 * prediction]));
      expect(scaled.mean_absolute_error).toBe(4 * plain.mean_absolute_error!);
      expect(scaled.mean_squared_error).toBe(16 * plain.mean_squared_error!);
      expect(scaled.median_absolute_error).toBe(4 * plain.median_absolute_error!);
      expect(scaled.mean_error).toBe(4 * plain.mean_error!);
      expect(scaled.r2).toBe(plain.r2);
    }),
  );
});

it("forgives a constant offset in the explained variance only", () => {
  fc.assert(
    fc.property(predicted, (rows) => {
      const plain = regressed(rows);
      const moved = regressed(rows.map(([truth, prediction]) => [truth, prediction + 64]));
      expect(moved.explained_variance).toBeCloseTo(plain.explained_variance!, 9);
      expect(moved.mean_error).toBeCloseTo(plain.mean_error! + 64, 9);
    }),
  );
});
