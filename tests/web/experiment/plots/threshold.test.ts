import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { accuracy } from "../../../../src/scores/accuracy.js";
import { balancedAccuracy } from "../../../../src/scores/balanced-accuracy.js";
import { confusionTable } from "../../../../src/scores/confusion-table.js";
import { f1 } from "../../../../src/scores/f1.js";
import { matthewsCorrcoef } from "../../../../src/scores/matthews-corrcoef.js";
import { precision } from "../../../../src/scores/precision.js";
import { recall } from "../../../../src/scores/recall.js";
import { thresholdScores } from "../../../../web/src/experiment/plots/threshold-scores.js";
import {
  countsAt,
  indexOf,
  type ThresholdTable,
} from "../../../../web/src/experiment/plots/threshold-table.js";

describe("the scores at a threshold", () => {
  it("are those of the library, which are scikit-learn's", () => {
    const count = fc.nat({ max: 20 });
    fc.assert(
      fc.property(count, count, count, count, (tp, fp, fn, tn) => {
        fc.pre(tp + fp + fn + tn > 0);
        const samples = [
          ...Array.from({ length: tp }, () => [1, 1]),
          ...Array.from({ length: fp }, () => [0, 1]),
          ...Array.from({ length: fn }, () => [1, 0]),
          ...Array.from({ length: tn }, () => [0, 0]),
        ];
        const table = confusionTable({
          labels: ["no", "yes"],
          yTrue: Int32Array.from(samples, ([truth = 0]) => truth),
          yPred: Int32Array.from(samples, ([, predicted = 0]) => predicted),
        });
        const ours = thresholdScores({
          true_positives: tp,
          false_positives: fp,
          false_negatives: fn,
          true_negatives: tn,
        });
        const theirs = {
          accuracy: accuracy(table),
          precision: precision(table, 1),
          recall: recall(table, 1),
          f1: f1(table, 1),
          balancedAccuracy: balancedAccuracy(table),
          matthewsCorrcoef: matthewsCorrcoef(table),
        };
        for (const [name, value] of Object.entries(theirs)) {
          const own = Object.entries(ours).find(([other]) => other === name)?.[1];
          if (value === undefined) expect(own, name).toBeUndefined();
          else expect(own, name).toBeCloseTo(value, 12);
        }
      }),
    );
  });
});

describe("the table of thresholds", () => {
  const table: ThresholdTable = {
    plot: "threshold_table",
    label_type: "string",
    positive_label: "yes",
    samples: 3,
    positives: 2,
    negatives: 1,
    threshold: [null, 0.9, 0.5, 0.2],
    true_positives: [0, 1, 1, 2],
    false_positives: [0, 0, 1, 1],
    false_negatives: [2, 1, 1, 0],
    true_negatives: [1, 1, 0, 0],
    complete: true,
    largest_step: 0.4,
  };

  it("has the counts of a threshold at the lowest score that is at least as high", () => {
    expect([0.95, 0.9, 0.6, 0.5, 0.1].map((threshold) => indexOf(table, threshold))).toEqual([0, 1, 1, 2, 3]);
    expect(countsAt(table, 2)).toEqual({
      true_positives: 1,
      false_positives: 1,
      false_negatives: 1,
      true_negatives: 0,
    });
  });
});
