import { describe, expect, it } from "vitest";

import type { ClassDifference, ErrorDifference } from "../../../../web/src/api/types.js";
import { differenceHeatmapOption } from "../../../../web/src/pages/comparison/difference-heatmap-option.js";
import {
  errorsOfBothOption,
  nearerByDecileOption,
} from "../../../../web/src/pages/comparison/error-difference-options.js";
import {
  calibrationLine,
  calibrationOverlay,
  errorLine,
  errorsOverlay,
  precisionRecallLine,
  precisionRecallOverlay,
  rocLine,
  rocOverlay,
} from "../../../../web/src/pages/comparison/overlaid-options.js";
import { textsDrawn, tooltipText } from "../../draw.js";

const classes: ClassDifference = {
  kind: "classification",
  n: 10,
  labels: ["cat", "dog"],
  cells: [
    { true: 0, predicted: 0, a: 3, b: 5 },
    { true: 0, predicted: 1, a: 2, b: 0 },
    { true: 1, predicted: 1, a: 5, b: 5 },
  ],
  classes: [],
};
const errors: ErrorDifference = {
  kind: "regression",
  n: 2,
  greatest: 3,
  errors: { form: "points", x: [1, 3], y: [2, 0], row: [0, 1], sample_id: [7, 8] },
  deciles: [{ lower: 0, upper: 9, samples: 2, a_nearer: 1, b_nearer: 1, equally_near: 0, a: 2, b: 1 }],
};
const scored = {
  label_type: "string",
  positive_label: "cat",
  samples: 4,
  positives: 2,
  negatives: 2,
  exactness: { exact: true },
  thinning: { points_of_curve: 3, max_deviation: 0 },
  reasons: {},
} as const;
const roc = rocLine("tree", {
  plot: "roc_curve",
  ...scored,
  fpr: [0, 0.5, 1],
  tpr: [0, 1, 1],
  threshold: [null, 0.6, 0.1],
  auc: 0.75,
  auc_error_bound: 0,
});
const precisionRecall = precisionRecallLine("tree", {
  plot: "precision_recall_curve",
  ...scored,
  recall: [1, 0.5, 0],
  precision: [0.5, 1, 1],
  threshold: [0.1, 0.6, null],
  average_precision: 0.8,
  average_precision_error_bound: 0,
});
const calibration = calibrationLine("tree", {
  plot: "calibration",
  ...scored,
  strategy: "uniform",
  bins: [
    { lower: 0, upper: 0.5, samples: 2, positives: 0, mean_score: 0.25, positive_share: 0 },
    { lower: 0.5, upper: 1, samples: 0, positives: 0, mean_score: null, positive_share: null },
  ],
});
const density = errorLine("tree", {
  plot: "residual_histogram",
  samples: 8,
  edges: [-1, 0, 3],
  counts: [2, 6],
  bins: "auto",
  bins_wanted: 2,
  mean_error: 0.1,
  median_error: 0,
});

const charts = {
  "a large confusion matrix": { option: differenceHeatmapOption(classes), texts: ["cat", "gain", "loss"] },
  "the errors of both": { option: errorsOfBothOption(errors), texts: ["Absolute error of A"] },
  "who is nearer, by decile": { option: nearerByDecileOption(errors), texts: ["A nearer", "0 to 9"] },
  "ROC curves": { option: rocOverlay.option([roc, { ...roc, name: "forest" }]), texts: ["tree", "forest"] },
  "precision-recall curves": { option: precisionRecallOverlay.option([precisionRecall]), texts: ["Recall"] },
  "calibration curves": { option: calibrationOverlay.option([calibration]), texts: ["Mean score"] },
  "densities of errors": { option: errorsOverlay.option([density]), texts: ["Density", "tree"] },
};

describe("the charts of a comparison", () => {
  for (const [name, { option, texts }] of Object.entries(charts)) {
    it(`show ${name}`, () => {
      expect(option).toMatchSnapshot();
      expect(textsDrawn(option)).toEqual(expect.arrayContaining(texts));
    });
  }

  it("say in a tooltip what is under the pointer", () => {
    expect(tooltipText(charts["a large confusion matrix"].option, 1)).toBe(
      "true cat\npredicted dog\nA 2, B 0",
    );
    expect(tooltipText(charts["who is nearer, by decile"].option, 0)).toMatch(/^actual 0 to 9, 2 samples\n/);
    expect(tooltipText(charts["ROC curves"].option, 1, 1)).toBe(
      "forest\nFalse positive rate 0.5\nTrue positive rate 1",
    );
    expect(tooltipText(charts["ROC curves"].option, 1, 2)).toBe(""); // the diagonal
    expect(tooltipText(charts["densities of errors"].option, 1)).toBe("tree\nerror 1.5");
  });
});

describe("a line over others", () => {
  it("says its shape in words, where a number does", () => {
    expect([roc, precisionRecall, calibration, density].map(({ summary }) => summary)).toEqual([
      "AUC 0.75",
      "average precision 0.8",
      "",
      "mean error 0.1",
    ]);
  });

  it("leaves out bins without samples, and turns counts into a density whose area is 1", () => {
    expect(calibration.points).toEqual([[0.25, 0]]);
    expect(density.points).toEqual([
      [-0.5, 0.25],
      [1.5, 0.25],
    ]);
  });
});
