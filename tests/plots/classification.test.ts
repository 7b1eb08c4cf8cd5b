import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { calibration } from "../../src/plots/calibration.js";
import { confusionMatrix } from "../../src/plots/confusion-matrix.js";
import { gainCurve } from "../../src/plots/gain-curve.js";
import { openPredictions, type Predictions } from "../../src/plots/open-predictions.js";
import { perClass } from "../../src/plots/per-class.js";
import type { PlotLabel } from "../../src/plots/plot-schema.js";
import { precisionRecallCurve } from "../../src/plots/precision-recall-curve.js";
import { rocCurve } from "../../src/plots/roc-curve.js";
import { scoreDistribution } from "../../src/plots/score-distribution.js";
import { thresholdCounts, thresholdTable } from "../../src/plots/threshold-table.js";
import { oraclePython, runPython } from "../python/python.js";
import { classificationCases } from "./cases.js";
import { differences } from "./differences.js";
import { connect, type Logged, logged, oracleScript } from "./predictions.js";

interface OracleCurve {
  threshold: (number | null)[];
}
interface OracleClass {
  samples: number;
  positives: number;
  negatives: number;
  roc?: OracleCurve & { fpr: number[]; tpr: number[]; auc: number };
  precision_recall?: OracleCurve & { precision: number[]; recall: number[]; average_precision: number };
  calibration: Record<string, { positive_share: number[]; mean_score: number[] }>;
  calibration_tests: { z: number | null; slope: number[] | null };
  distribution: { edges: number[]; positive_counts: number[]; negative_counts: number[] };
  thresholds: Record<"threshold" | "true_positives" | "false_positives", number[]>;
  gain: { sample_share: number[]; gain: number[] | null; deciles: unknown[] };
}
interface Oracle {
  labels: string[];
  confusion_matrix: number[][];
  precision: (number | null)[];
  recall: (number | null)[];
  f1: (number | null)[];
  support: number[];
  classes: Record<string, OracleClass>;
}

interface Case {
  name: string;
  predictions: Predictions;
  expected: Oracle;
}
/** A class of one case: plots of scores are about one. */
interface ClassCase extends Case {
  label: PlotLabel;
  of: OracleClass;
}

let store: string;
let cases: Case[] = [];
let classCases: ClassCase[] = [];

beforeAll(async () => {
  store = await mkdtemp(join(tmpdir(), "ml-tracking-plots-"));
  const python = oraclePython({ skip: () => "" as never });
  if (!python) return;
  const real = (JSON.parse(await runPython(python, [oracleScript, "data"])) as Record<string, unknown>[])
    .filter((given) => given["kind"] === "classification")
    .map(
      (given) =>
        ({
          name: given["name"],
          kind: "classification",
          yTrue: given["y_true"],
          yPred: given["y_pred"],
          yScore: given["y_score"],
        }) as Logged,
    );
  const given = [...real, ...classificationCases()];
  const paths: string[] = [];
  for (const each of given) paths.push(await logged(store, each));
  const questions = paths.map((path) => ({ path, kind: "classification" }));
  const answers = JSON.parse(
    await runPython(python, [oracleScript, "plots"], JSON.stringify(questions)),
  ) as Oracle[];
  cases = await Promise.all(
    given.map(async ({ name }, i) => ({
      name,
      predictions: await openPredictions({ connect, path: paths[i]! }),
      expected: answers[i]!,
    })),
  );
  classCases = cases.flatMap((each) =>
    Object.entries(each.expected.classes).map(([label, of]) => Object.assign({ label, of }, each)),
  );
}, 180_000);

afterAll(() => rm(store, { recursive: true, force: true }));

function total(numbers: number[]): number {
  return numbers.reduce((sum, count) => sum + count, 0);
}

/** What differs in any case, with the case's name before it. */
async function differing<T extends Case>(
  among: readonly T[],
  compare: (each: T) => Promise<string[]>,
): Promise<string[]> {
  const found: string[] = [];
  for (const each of among) {
    const label = "label" in each ? `, class ${String(each.label)}` : "";
    for (const difference of await compare(each)) found.push(`${each.name}${label}: ${difference}`);
  }
  return found;
}

/** An integer class is asked for by its digits here, a class of text by its text. */
const asked = ({ label }: ClassCase) => ({ class: label });

describe("on real and generated classifications", () => {
  it("there are cases of every sort, or the tests below would say nothing", (context) => {
    oraclePython(context);
    expect(cases.length).toBeGreaterThan(24);
    expect(classCases.filter(({ of }) => of.roc === undefined).length).toBeGreaterThan(3);
    expect(classCases.filter(({ of }) => (of.roc?.fpr.length ?? 0) > 2000).length).toBeGreaterThan(0);
    expect(classCases.filter(({ of }) => (of.roc?.fpr.length ?? 9999) < 2000).length).toBeGreaterThan(40);
    expect(cases.filter(({ expected }) => expected.labels.length > 200)).toHaveLength(1);
  });

  it("the confusion matrix is scikit-learn's, and its totals add up", async (context) => {
    oraclePython(context);
    const small = cases.filter(({ expected }) => expected.labels.length <= 200);
    const found = await differing(small, async ({ predictions, expected }) => {
      const data = await confusionMatrix(predictions);
      return [
        ...differences(data.counts, expected.confusion_matrix),
        ...differences(data.labels.map(String), expected.labels, 0, "labels"),
        ...differences(data.row_totals, data.counts.map(total), 0, "row totals"),
        ...differences(total(data.column_totals), predictions.samples, 0, "column totals"),
        ...differences(data.other_labels, 0),
      ];
    });
    expect(found).toEqual([]);
  });

  it("of more than 200 classes the confusion matrix shows the most frequent, and the others together", async (context) => {
    oraclePython(context);
    const { predictions, expected } = cases.find((each) => each.expected.labels.length > 200)!;
    const data = await confusionMatrix(predictions);
    expect(data.labels).toHaveLength(200);
    expect(data.other_labels).toBe(50);
    expect(data.counts).toHaveLength(201);
    const codes = data.labels.map((label) => expected.labels.indexOf(String(label)));
    const rest = expected.labels.map((_, code) => code).filter((code) => !codes.includes(code));
    const at = (rows: number[], columns: number[]) =>
      rows.reduce(
        (sum, row) => sum + columns.reduce((s, column) => s + expected.confusion_matrix[row]![column]!, 0),
        0,
      );
    const groups = [...codes.map((code) => [code]), rest];
    const folded = groups.map((rows) => groups.map((columns) => at(rows, columns)));
    expect(differences(data.counts, folded)).toEqual([]);
    const least = Math.min(...codes.map((code) => expected.support[code]!));
    expect(Math.max(...rest.map((code) => expected.support[code]!))).toBeLessThanOrEqual(least);
  });

  it("precision, recall, F1 and support of each class are scikit-learn's; what it calls undefined is null with a reason", async (context) => {
    oraclePython(context);
    let undefinedScores = 0;
    const found = await differing(cases, async ({ predictions, expected }) => {
      const { classes } = await perClass(predictions);
      for (const each of classes) {
        for (const name of ["precision", "recall", "f1"] as const) {
          expect(each.reasons[name] === undefined, `${name} of ${each.label}`).toBe(each[name] !== null);
          if (each[name] === null) undefinedScores += 1;
        }
      }
      return differences(
        {
          precision: classes.map((each) => each.precision),
          recall: classes.map((each) => each.recall),
          f1: classes.map((each) => each.f1),
          support: classes.map((each) => each.support),
        },
        {
          precision: expected.precision,
          recall: expected.recall,
          f1: expected.f1,
          support: expected.support,
        },
      );
    });
    expect(found).toEqual([]);
    expect(undefinedScores).toBeGreaterThan(5);
  });

  it("the ROC curve is scikit-learn's point by point, or where it has more than 2,000 corners a part of it", async (context) => {
    oraclePython(context);
    const found = await differing(classCases, async (each) => {
      const data = await rocCurve(each.predictions, asked(each));
      const { roc } = each.of;
      if (!roc) {
        return [
          ...differences([data.auc, data.fpr, data.tpr, data.threshold], [null, [], [], []]),
          ...(data.reasons["auc"] ? [] : ["no reason"]),
        ];
      }
      const curve = { fpr: data.fpr, tpr: data.tpr, threshold: data.threshold };
      const whole = { fpr: roc.fpr, tpr: roc.tpr, threshold: roc.threshold };
      return [
        ...differences(data.auc, roc.auc, 1e-12, "auc"),
        ...differences(data.auc_error_bound, 0, 0, "bound"),
        ...differences(data.exactness, { exact: true }),
        ...differences(data.thinning.points_of_curve, roc.fpr.length, 0, "points"),
        ...(roc.fpr.length <= 2000
          ? differences(curve, whole)
          : badlyThinned(curve, whole, data.thinning.max_deviation)),
      ];
    });
    expect(found).toEqual([]);
  });

  it("the precision-recall curve and the average precision are scikit-learn's", async (context) => {
    oraclePython(context);
    const found = await differing(classCases, async (each) => {
      const data = await precisionRecallCurve(each.predictions, asked(each));
      const curve = { recall: data.recall, precision: data.precision, threshold: data.threshold };
      if (!each.of.precision_recall) {
        return [
          ...differences([data.average_precision, curve.precision], [null, []]),
          ...(data.reasons["average_precision"] ? [] : ["no reason"]),
        ];
      }
      const { average_precision, recall, precision, threshold } = each.of.precision_recall;
      const whole = { recall, precision, threshold };
      return [
        ...differences(data.average_precision, average_precision, 1e-12, "average precision"),
        ...differences(data.average_precision_error_bound, 0, 0, "bound"),
        ...(whole.recall.length <= 2000
          ? differences(curve, whole)
          : badlyThinned(curve, whole, data.thinning.max_deviation)),
      ];
    });
    expect(found).toEqual([]);
  });

  it("the calibration is scikit-learn's for bins of equal width and of equally many samples, and no sample is lost", async (context) => {
    oraclePython(context);
    const found = await differing(classCases, async (each) => {
      const problems: string[] = [];
      for (const [name, expected] of Object.entries(each.of.calibration)) {
        const [strategy, bins] = name.split(" ") as ["uniform" | "quantile", string];
        const data = await calibration(each.predictions, { ...asked(each), strategy, bins: Number(bins) });
        const filled = data.bins.filter(({ samples }) => samples > 0);
        const points = {
          positive_share: filled.map((bin) => bin.positive_share),
          mean_score: filled.map((bin) => bin.mean_score),
        };
        const counted = data.bins.reduce((sum, bin) => sum + bin.samples, 0);
        problems.push(...differences(points, expected, 1e-12, name));
        problems.push(...differences([data.bins.length, counted], [Number(bins), each.of.samples], 0, name));
      }
      return problems;
    });
    expect(found).toEqual([]);
  });

  it("the calibration's tests are Spiegelhalter's and Cox's, and its error is that of the bins", async (context) => {
    oraclePython(context);
    let slopes = 0;
    const found = await differing(classCases, async (each) => {
      const { spiegelhalter, slope, error, bins } = await calibration(each.predictions, asked(each));
      const { z, slope: expected } = each.of.calibration_tests;
      const gaps = bins.map((bin) =>
        bin.samples === 0 ? 0 : bin.samples * Math.abs(bin.positive_share! - bin.mean_score!),
      );
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / each.of.samples;
      const problems = [
        ...differences(spiegelhalter?.z ?? null, z, 1e-9, "z"),
        ...differences(1 + error.value, 1 + mean, 1e-12, "error"),
      ];
      if (!(error.low >= 0 && error.low <= error.value + 1e-12 && error.high <= 1)) problems.push("interval");
      if (expected && slope) {
        slopes += 1;
        problems.push(
          ...differences([slope.slope, slope.low, slope.high, slope.intercept], expected, 1e-6, "slope"),
        );
      }
      return problems;
    });
    expect(found).toEqual([]);
    expect(slopes).toBeGreaterThan(3);
  });

  it("the distribution of scores is numpy's histogram of either side", async (context) => {
    oraclePython(context);
    const found = await differing(classCases, async (each) => {
      const { edges, positive_counts, negative_counts } = await scoreDistribution(
        each.predictions,
        asked(each),
      );
      return differences({ edges, positive_counts, negative_counts }, each.of.distribution);
    });
    expect(found).toEqual([]);
  });

  it("the gain curve goes through every score's counts to 1, and its deciles divide ties in proportion", async (context) => {
    oraclePython(context);
    const found = await differing(classCases, async (each) => {
      const data = await gainCurve(each.predictions, asked(each));
      const { deciles, gain, sample_share } = each.of.gain;
      const problems = differences(data.deciles, deciles, 1e-12, "deciles");
      if (gain === null)
        return [...problems, ...differences(data.gain, []), ...(data.reasons["gain"] ? [] : ["no reason"])];
      const curve = { sample_share: data.sample_share, gain: data.gain };
      problems.push(
        ...(gain.length <= 2000
          ? differences(curve, { sample_share, gain })
          : badlyThinned(curve, { sample_share, gain }, data.thinning.max_deviation)),
      );
      problems.push(
        ...differences([data.gain.at(-1), data.sample_share.at(-1), data.lift.at(-1)], [1, 1, 1]),
      );
      problems.push(
        ...differences(
          data.lift.slice(1),
          data.gain.slice(1).map((value, i) => value / data.sample_share[i + 1]!),
        ),
      );
      return problems;
    });
    expect(found).toEqual([]);
  });

  it("the threshold table has exact counts at scores that occur, all of them where there are fewer than 1,000", async (context) => {
    oraclePython(context);
    const found = await differing(classCases, async (each) => {
      const data = await thresholdTable(each.predictions, asked(each));
      const { positives, negatives, samples, thresholds } = each.of;
      const table = {
        threshold: data.threshold.slice(1),
        true_positives: data.true_positives.slice(1),
        false_positives: data.false_positives.slice(1),
      };
      const complete = thresholds.threshold.length < 1000;
      const sums = data.threshold.map((_, i) => [
        data.true_positives[i]! + data.false_negatives[i]!,
        data.false_positives[i]! + data.true_negatives[i]!,
      ]);
      return [
        ...(complete ? differences(table, thresholds) : badlyThinned(withNone(table), withNone(thresholds))),
        ...differences(data.complete, complete),
        ...differences(
          sums,
          data.threshold.map(() => [positives, negatives]),
          0,
          "sums",
        ),
        ...differences([data.threshold[0], data.true_positives[0], data.false_positives[0]], [null, 0, 0]),
        ...differences([data.true_positives.at(-1), data.false_positives.at(-1)], [positives, negatives]),
        ...(data.threshold.length > 1001 ? ["too many thresholds"] : []),
        ...(samples > 10_000 && data.largest_step > 0.0011 ? [`a step of ${data.largest_step}`] : []),
      ];
    });
    expect(found).toEqual([]);
  });

  it("the counts at any threshold are those of the samples scored at least as high", async (context) => {
    oraclePython(context);
    const found = await differing(classCases, async (each) => {
      const { threshold, true_positives, false_positives } = each.of.thresholds;
      const middle = Math.floor(threshold.length / 2);
      const problems: string[] = [];
      // Entry `place` of the table is the lowest score that is still called positive; before the first none
      // is.
      const asking: [threshold: number, place: number][] = [
        [threshold[middle]!, middle],
        [Infinity, -1],
        [1.5, -1],
        [-1, threshold.length - 1],
      ];
      const between = (threshold[middle]! + (threshold[middle - 1] ?? 2)) / 2;
      if (between > threshold[middle]!) asking.push([between, middle - 1]);
      for (const [at, place] of asking) {
        const data = await thresholdCounts(each.predictions, { ...asked(each), threshold: at });
        const counted = [data.true_positives, data.false_positives];
        const expected = [true_positives[place] ?? 0, false_positives[place] ?? 0];
        problems.push(...differences(counted, expected, 0, `at ${at}`));
      }
      return problems;
    });
    expect(found).toEqual([]);
  });
});

/**
 * What is wrong with a thinned curve: rows that are none of the whole's, a lost end, or a row left out that
 * is farther away than it says.
 */
function badlyThinned(part: Curve, whole: Curve, deviation?: number): string[] {
  const row = (curve: Curve, i: number) => JSON.stringify(Object.keys(part).map((key) => curve[key]![i]));
  const [partLength, length] = [part, whole].map((curve) => Object.values(curve)[0]!.length) as [
    number,
    number,
  ];
  const placeOf = new Map(Array.from({ length }, (_, i) => [row(whole, i), i]));
  const places = Array.from({ length: partLength }, (_, i) => placeOf.get(row(part, i)) ?? -1);
  const problems: string[] = [];
  if (places[0] !== 0 || places.at(-1) !== length - 1) problems.push("an end is missing");
  if (places.some((place, i) => i > 0 && place <= places[i - 1]!))
    problems.push("a row is none of the whole's, or in another order");
  if (deviation === undefined || problems.length > 0) return problems;
  const [x, y] = Object.values(whole) as [number[], number[]];
  let largest = 0;
  for (let i = 1; i < places.length; i++) {
    const [from, to] = [places[i - 1]!, places[i]!];
    for (let at = from + 1; at < to; at++) largest = Math.max(largest, distance(x, y, at, from, to));
  }
  if (Math.abs(largest - deviation) > 1e-9 * largest)
    problems.push(`a row is ${largest} away, not ${deviation}`);
  if (!(largest < 0.002)) problems.push(`a row is ${largest} away`);
  return problems;
}

/** A threshold table with the first row, at which none is called positive. */
function withNone({ threshold, true_positives, false_positives }: Curve): Curve {
  return {
    true_positives: [0, ...true_positives!],
    false_positives: [0, ...false_positives!],
    threshold: [null, ...threshold!],
  };
}

type Curve = Record<string, (number | null)[]>;

/** From a point to the segment between two others. */
function distance(x: number[], y: number[], at: number, from: number, to: number): number {
  const [dx, dy] = [x[to]! - x[from]!, y[to]! - y[from]!];
  const [px, py] = [x[at]! - x[from]!, y[at]! - y[from]!];
  const along = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(px - along * dx, py - along * dy);
}
