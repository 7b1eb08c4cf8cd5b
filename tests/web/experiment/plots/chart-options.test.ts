import { describe, expect, it } from "vitest";

import type { PlotDataOf } from "../../../../web/src/api/types.js";
import { marksOf } from "../../../../web/src/experiment/plots/chosen-threshold.js";
import {
  cloudSamples,
  predictedVsActualOption,
  residualsOption,
} from "../../../../web/src/experiment/plots/cloud-options.js";
import {
  confusionOption,
  drawnCell,
  filledCells,
  type Matrix,
} from "../../../../web/src/experiment/plots/confusion-option.js";
import {
  calibrationOption,
  gainOption,
  precisionRecallOption,
  rocOption,
} from "../../../../web/src/experiment/plots/curve-options.js";
import { errorByDecileOption } from "../../../../web/src/experiment/plots/error-by-decile-option.js";
import {
  binSamples,
  binTable,
  residualHistogramOption,
  scoreDistributionOption,
} from "../../../../web/src/experiment/plots/histogram-options.js";
import { normalQqOption } from "../../../../web/src/experiment/plots/normal-qq-option.js";
import { perClassOption } from "../../../../web/src/experiment/plots/per-class-option.js";
import { thresholdOption } from "../../../../web/src/experiment/plots/threshold-option.js";
import { textsDrawn, tooltipText } from "../../draw.js";

const scored = {
  label_type: "string",
  positive_label: "cat",
  samples: 4,
  positives: 2,
  negatives: 2,
} as const;
const whole = {
  exactness: { exact: true },
  thinning: { points_of_curve: 3, max_deviation: 0 },
  reasons: {},
} as const;

const roc: PlotDataOf<"roc_curve"> = {
  plot: "roc_curve",
  ...scored,
  ...whole,
  fpr: [0, 0.5, 1],
  tpr: [0, 1, 1],
  threshold: [null, 0.6, 0.1],
  auc: 0.75,
  auc_error_bound: 0,
};
const precisionRecall: PlotDataOf<"precision_recall_curve"> = {
  plot: "precision_recall_curve",
  ...scored,
  ...whole,
  recall: [1, 0.5, 0],
  precision: [0.5, 1, 1],
  threshold: [0.1, 0.6, null],
  average_precision: 0.8,
  average_precision_error_bound: 0,
};
const calibration: PlotDataOf<"calibration"> = {
  plot: "calibration",
  ...scored,
  strategy: "uniform",
  bins: [
    { lower: 0, upper: 0.5, samples: 2, positives: 0, mean_score: 0.25, positive_share: 0 },
    { lower: 0.5, upper: 0.75, samples: 0, positives: 0, mean_score: null, positive_share: null },
    { lower: 0.75, upper: 1, samples: 2, positives: 2, mean_score: 0.9, positive_share: 1 },
  ],
};
const gain: PlotDataOf<"gain_curve"> = {
  plot: "gain_curve",
  ...scored,
  ...whole,
  sample_share: [0, 0.5, 1],
  gain: [0, 1, 1],
  lift: [null, 2, 1],
  threshold: [null, 0.6, 0.1],
  deciles: [],
};
const scoreDistribution: PlotDataOf<"score_distribution"> = {
  plot: "score_distribution",
  ...scored,
  edges: [0, 0.5, 1],
  positive_counts: [0, 2],
  negative_counts: [2, 0],
};
const thresholds: PlotDataOf<"threshold_table"> = {
  plot: "threshold_table",
  ...scored,
  threshold: [null, 0.6, 0.1],
  true_positives: [0, 2, 2],
  false_positives: [0, 0, 2],
  false_negatives: [2, 0, 0],
  true_negatives: [2, 2, 0],
  complete: true,
  largest_step: 0,
};
const matrix: Matrix = {
  plot: "confusion_matrix",
  samples: 10,
  label_type: "string",
  labels: ["cat", "dog"],
  other_labels: 0,
  counts: [
    [4, 1],
    [0, 5],
  ],
  row_totals: [5, 5],
  column_totals: [4, 6],
};
const perClass: PlotDataOf<"per_class"> = {
  plot: "per_class",
  samples: 10,
  label_type: "string",
  other_labels: 0,
  classes: [
    {
      label: "cat",
      precision: 1,
      recall: 0.8,
      f1: 0.9,
      support: 5,
      predicted: 4,
      correct: 4,
      reasons: {},
    },
    {
      label: "dog",
      precision: null,
      recall: 0,
      f1: 0,
      support: 5,
      predicted: 0,
      correct: 0,
      reasons: { precision: "never predicted" },
    },
  ],
};
const points = { form: "points", x: [1, 2], y: [1.5, 2], row: [0, 1], sample_id: ["a", null] } as const;
const cloud = { ...points, x: [...points.x], y: [...points.y], row: [0, 1], sample_id: ["a", null] };
const density = {
  form: "density" as const,
  x_edges: [0, 1, 2],
  y_edges: [-1, 0, 1],
  x_bin: [0, 1],
  y_bin: [0, 1],
  count: [3, 4],
};
const predictedVsActual: PlotDataOf<"predicted_vs_actual"> = {
  plot: "predicted_vs_actual",
  samples: 2,
  data: cloud,
  y_true: { min: 1, max: 2 },
  y_pred: { min: 1.5, max: 2 },
  identity: { min: 1, max: 2 },
};
const residuals: PlotDataOf<"residuals"> = {
  plot: "residuals",
  samples: 7,
  data: density,
  y_pred: { min: 0, max: 2 },
  error: { min: -1, max: 1 },
};
const residualHistogram: PlotDataOf<"residual_histogram"> = {
  plot: "residual_histogram",
  samples: 7,
  edges: [-1, 0, 1],
  counts: [3, 4],
  bins: "auto",
  bins_wanted: 2,
  mean_error: 0.1,
  median_error: 0,
};
const normalQq: PlotDataOf<"normal_qq"> = {
  plot: "normal_qq",
  samples: 3,
  ...whole,
  theoretical_quantile: [-1, 0, 1],
  ordered_error: [-2, 0, 2],
  slope: 2,
  intercept: 0,
  r: 1,
  slope_error_bound: 0,
  r_error_bound: 0,
};
const errorByDecile: PlotDataOf<"error_by_decile"> = {
  plot: "error_by_decile",
  samples: 2,
  deciles: [
    {
      decile: 1,
      lower: 0,
      upper: 1,
      samples: 2,
      mean_absolute_error: 0.5,
      root_mean_squared_error: 0.6,
      mean_error: -0.1,
      median_absolute_error: 0.5,
    },
  ],
};

const charts = {
  "a ROC curve": { option: rocOption(roc), texts: ["False positive rate"] },
  "a precision-recall curve": { option: precisionRecallOption(precisionRecall), texts: ["Recall"] },
  "a calibration curve": { option: calibrationOption(calibration), texts: ["Mean score"] },
  "a gain curve": { option: gainOption(gain, false), texts: ["Share of all positives found"] },
  "a lift curve": { option: gainOption(gain, true), texts: ["Lift over chance"] },
  "scores by class": { option: scoreDistributionOption(scoreDistribution), texts: ["cat", "all others"] },
  "scores over thresholds": { option: thresholdOption(thresholds), texts: ["Precision", "Recall", "F1"] },
  "a confusion matrix": { option: confusionOption(matrix, "counts"), texts: ["cat", "dog", "true"] },
  "a confusion matrix of shares": { option: confusionOption(matrix, "true"), texts: ["predicted"] },
  "scores of each class": { option: perClassOption(perClass), texts: ["precision", "cat", "dog"] },
  "predicted against actual": { option: predictedVsActualOption(predictedVsActual), texts: ["Actual"] },
  "errors against predicted, as density": { option: residualsOption(residuals), texts: ["Predicted"] },
  "a histogram of errors": {
    option: residualHistogramOption(residualHistogram),
    texts: ["Predicted - actual", "-0.5"],
  },
  "a normal Q-Q plot": { option: normalQqOption(normalQq), texts: ["Normal quantile"] },
  "errors by decile": {
    option: errorByDecileOption(errorByDecile),
    texts: ["Mean absolute error", "0 to 1"],
  },
};

describe("the charts of an experiment", () => {
  for (const [name, { option, texts }] of Object.entries(charts)) {
    it(`show ${name}`, () => {
      expect(option).toMatchSnapshot();
      expect(textsDrawn(option)).toEqual(expect.arrayContaining(texts));
    });
  }

  it("say in a tooltip what is under the pointer", () => {
    expect(tooltipText(charts["a ROC curve"].option, 0)).toBe(
      "false positive rate 0\ntrue positive rate 0\nthreshold above all",
    );
    expect(tooltipText(charts["a ROC curve"].option, 0, 1)).toBe(""); // the line of comparison
    expect(tooltipText(charts["a precision-recall curve"].option, 1)).toBe(
      "recall 0.5\nprecision 1\nthreshold 0.6",
    );
    expect(tooltipText(charts["a calibration curve"].option, 1)).toBe(
      "mean score 0.9\npositive 1\n2 samples",
    );
    // The first point has no lift, and so the second of the data is the first of the curve.
    expect(tooltipText(charts["a lift curve"].option, 0)).toBe(
      "50 % of the samples\n100 % of the positives\nlift 2",
    );
    expect(tooltipText(charts["scores by class"].option, 1)).toBe("score 0.5 to 1\ncat: 2\nall others: 0");
    expect(tooltipText(charts["a confusion matrix"].option, 0, 1)).toBe("true cat\npredicted dog\n1 samples");
    expect(tooltipText(charts["a confusion matrix of shares"].option, 0, 1)).toBe(
      "true cat\npredicted dog\n20 %",
    );
    expect(tooltipText(charts["predicted against actual"].option, 0)).toBe(
      "sample a\nActual 1\nPredicted 1.5",
    );
    expect(tooltipText(charts["predicted against actual"].option, 1)).toBe("row 1\nActual 2\nPredicted 2");
    expect(tooltipText(charts["errors against predicted, as density"].option, 1)).toBe(
      "Predicted 1 to 2\nPredicted - actual 0 to 1\n4 samples",
    );
    expect(tooltipText(charts["a histogram of errors"].option, 0)).toBe("error -1 to 0\n3 samples");
    expect(tooltipText(charts["a normal Q-Q plot"].option, 2)).toBe("normal quantile 1\nerror 2");
  });
});

describe("a click on a chart", () => {
  it("opens the samples of a cell, whose upper ends belong to the next cells but for the last", () => {
    expect(cloudSamples(density, 0, "y_pred", "error")).toEqual({
      y_pred_min: "0",
      y_pred_max: "1",
      error_min: "-1",
      error_max: "0",
      open: ["y_pred_max", "error_max"],
    });
    expect(cloudSamples(density, 1, "y_pred", "error")?.open).toEqual([]);
    expect(cloudSamples(cloud, 1, "y_true", "y_pred")).toMatchObject({ y_true_min: "2", y_true_max: "2" });
    expect(cloudSamples(cloud, 2, "y_true", "y_pred")).toBeUndefined();
  });

  it("opens the samples of a bin", () => {
    expect(binSamples([-1, 0, 1], 0, "error")).toEqual({
      error_min: "-1",
      error_max: "0",
      open: ["error_max"],
    });
    expect(binSamples([-1, 0, 1], 1, "error")).toEqual({ error_min: "0", error_max: "1", open: undefined });
    expect(binTable([-1, 0, 1], [3, 4], [5, 6])).toEqual([
      [-1, 0, 3, 5],
      [0, 1, 4, 6],
    ]);
  });

  it("knows the cell of a matrix by its place among those that are drawn", () => {
    expect(filledCells(matrix)).toEqual([
      { row: 0, column: 0, count: 4 },
      { row: 0, column: 1, count: 1 },
      { row: 1, column: 1, count: 5 },
    ]);
    expect(drawnCell(matrix, 0, 1)).toMatchObject({ row: 1, column: 1 });
    expect(drawnCell(matrix, 1, 0)).toMatchObject({ row: 0, column: 1 });
    expect(drawnCell(matrix, 1, 1)).toBeUndefined();
  });

  it("marks a threshold where each curve passes", () => {
    const counts = { true_positives: 3, false_positives: 1, false_negatives: 1, true_negatives: 5 };
    expect(marksOf({ threshold: 0.25, counts })).toEqual({
      roc: { x: 1 / 6, y: 0.75, name: "0.25" },
      precisionRecall: { x: 0.75, y: 0.75, name: "0.25" },
      gain: { x: 0.4, y: 0.75, name: "0.25" },
      lift: { x: 0.4, y: 0.75 / 0.4, name: "0.25" },
      score: { x: 0.25, name: "0.25" },
    });
    const none = { true_positives: 0, false_positives: 0, false_negatives: 4, true_negatives: 6 };
    expect(marksOf({ threshold: 1, counts: none })).toMatchObject({
      roc: { x: 0, y: 0 },
      precisionRecall: undefined, // no precision where nothing is called positive
      lift: undefined,
    });
    expect(marksOf({ threshold: 1, counts: undefined })).toBeUndefined();
    const point = { x: 0.2, y: 0.8, name: "0.25" };
    expect(textsDrawn(rocOption(roc, point))).toContain("0.25");
    expect(textsDrawn(calibrationOption(calibration, { x: 0.25, name: "0.25" }))).toContain("0.25");
  });
});
