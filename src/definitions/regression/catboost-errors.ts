import { medianAbsoluteError } from "../../scores/median-absolute-error.js";
import type { RegressionDefinition } from "../definition.js";
import { float32Truth } from "./float32-sample.js";
import { fair } from "./lightgbm-errors.js";
import { absoluteError, huber, type Loss, pinball, squaredError, squaredLogError } from "./losses.js";
import { meanLoss, sumOf, sumOfLosses } from "./mean-loss.js";
import { names } from "./names.js";
import { error, share } from "./ranges.js";

const catboost = {
  library: "CatBoost",
  version: "1.2.10",
  traits: {},
  precision: "float32",
  comparedWith: "library",
  kind: "regression",
} as const;

type Sample = Parameters<RegressionDefinition["of"]>[0];
type Asked = Pick<RegressionDefinition, "names" | "formula" | "of"> & Partial<RegressionDefinition>;

/** What `eval_metric` of catboost.utils says of numbers. */
export const catboostErrors: readonly RegressionDefinition[] = [
  metric("RMSE", {
    names: names.rmse,
    formula: "The square root of the mean of (y_true - y_pred)².",
    of: (sample) => Math.sqrt(mean(sample, squaredError)),
  }),
  metric("MAE", {
    names: names.mae,
    formula: "The mean of |y_true - y_pred|.",
    of: (sample) => mean(sample, absoluteError),
  }),
  metric("MedianAbsoluteError", {
    names: names.medianError,
    formula: "The median of |y_true - y_pred|; of an even number of samples the mean of the middle two.",
    of(sample) {
      const { yTrue, yPred } = float32Truth(sample);
      return medianAbsoluteError(yTrue, yPred);
    },
  }),
  metric("MAPE", {
    names: names.mape,
    formula: "The mean of |y_true - y_pred| / max(1, |y_true|), a fraction: true values below 1 count as 1.",
    traits: { zeros: "count as 1" },
    of: (sample) => mean(sample, errorOfOneAtLeast),
  }),
  metric("RMSPE", {
    names: names.rmspe,
    formula: "The square root of the mean of (error / max(1, |y_true|))²: true values below 1 count as 1.",
    traits: { zeros: "count as 1" },
    of: (sample) => Math.sqrt(mean(sample, (truth, p) => errorOfOneAtLeast(truth, p) ** 2)),
  }),
  metric("SMAPE", {
    names: names.smape,
    formula: "100 times the mean of |y_true - y_pred| / ((|y_true| + |y_pred|) / 2): 0 to 200.",
    range: [0, 200],
    traits: { zeros: "where both are 0 the error is 0" },
    of: (sample) => mean(sample, symmetricPercent),
  }),
  metric("R2", {
    ...share,
    names: names.r2,
    formula: "1 - Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)².",
    traits: { constants: "a constant y_true gives 1, whatever the predictions" },
    of(sample) {
      const rounded = float32Truth(sample);
      const { yTrue } = rounded;
      const centre = sumOf(yTrue.length, (i) => yTrue[i]!) / yTrue.length;
      const total = sumOfLosses(rounded, (truth) => (truth - centre) ** 2);
      return total === 0 ? 1 : 1 - sumOfLosses(rounded, squaredError) / total;
    },
  }),
  metric("MSLE", {
    names: names.msle,
    formula: "The mean of (ln(1 + y_true) - ln(1 + y_pred))²; NaN if a value is below -1.",
    of: (sample) => mean(sample, squaredLogError),
  }),
  metric("Huber:delta=1", {
    names: names.huber,
    formula: "The mean of error² / 2 up to 1, of |error| - 1/2 from there on.",
    of: (sample) => mean(sample, huber(1)),
  }),
  metric("FairLoss:smoothness=1", {
    names: ["fair", "fair_loss"],
    formula: "The mean of |error| - ln(1 + |error|).",
    of: (sample) => mean(sample, fair),
  }),
  metric("Quantile", {
    names: names.pinball,
    formula: "Half the mean of |y_true - y_pred|: alpha is 0.5 unless given.",
    of: (sample) => mean(sample, pinball(0.5)),
  }),
  metric("Quantile:alpha=0.9", {
    names: names.pinball,
    formula: "The mean of the error, times 0.9 where y_pred is too low and 0.1 where it is too high.",
    of: (sample) => mean(sample, pinball(0.9)),
  }),
  metric("Expectile:alpha=0.9", {
    names: ["expectile", "expectile_loss"],
    formula: "The mean of error², times 0.9 where y_pred is too low and 0.1 where it is too high.",
    of: (sample) =>
      mean(sample, (truth, prediction) => (prediction < truth ? 0.9 : 0.1) * (truth - prediction) ** 2),
  }),
  metric("Lq:q=1.5", {
    names: ["lq", "lq_loss"],
    formula: "The mean of |error|^1.5.",
    of: (sample) => mean(sample, (truth, prediction) => Math.abs(truth - prediction) ** 1.5),
  }),
  metric("NumErrors:greater_than=1", {
    names: ["numerrors", "num_errors", "share_of_large_errors"],
    formula: "The share, not the number, of samples with |y_true - y_pred| above 1.",
    range: [0, 1],
    of: (sample) => mean(sample, (truth, prediction) => (Math.abs(truth - prediction) > 1 ? 1 : 0)),
  }),
  metric("Poisson", {
    names: names.poisson,
    formula: "The mean of exp(y_pred) - y_true y_pred: a prediction is the logarithm of the mean.",
    range: [-Infinity, Infinity],
    of: (sample) => mean(sample, (truth, prediction) => Math.exp(prediction) - truth * prediction),
  }),
];

function metric(name: string, asked: Asked): RegressionDefinition {
  return {
    ...catboost,
    ...error,
    id: `catboost:${name}`,
    call: `eval_metric(y_true, y_pred, '${name}')`,
    ...asked,
  };
}

const errorOfOneAtLeast: Loss = (truth, prediction) =>
  Math.abs(truth - prediction) / Math.max(1, Math.abs(truth));

const symmetricPercent: Loss = (truth, prediction) => {
  const size = Math.abs(truth) + Math.abs(prediction);
  return size === 0 ? 0 : (200 * Math.abs(truth - prediction)) / size;
};

function mean(sample: Sample, loss: Loss): number {
  return meanLoss(float32Truth(sample), loss);
}
