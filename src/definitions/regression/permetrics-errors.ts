import { absoluteErrors } from "../../scores/errors.js";
import { maxError } from "../../scores/max-error.js";
import { meanAbsoluteError } from "../../scores/mean-absolute-error.js";
import { meanError } from "../../scores/mean-error.js";
import { meanSquaredError, rootMeanSquaredError } from "../../scores/mean-squared-error.js";
import { medianAbsoluteError } from "../../scores/median-absolute-error.js";
import { sortNumbers } from "../../scores/sort-numbers.js";
import type { RegressionDefinition } from "../definition.js";
import { noInterval } from "../no-interval.js";
import { absoluteError, type Loss, relativeError } from "./losses.js";
import { meanLoss, sumOf, sumOfLosses } from "./mean-loss.js";
import { names } from "./names.js";
import { numpyMean, numpySum } from "./numpy-sum.js";
import { error, signed } from "./ranges.js";

export const permetrics = {
  library: "permetrics",
  version: "2.1.0",
  traits: {},
  precision: "float64",
  comparedWith: "library",
  kind: "regression",
} as const;

type Asked = Pick<RegressionDefinition, "names" | "formula" | "of"> & Partial<RegressionDefinition>;

const orOne = { zeros: "1 where the mean is not finite, as for a true value of 0" };

/**
 * permetrics' errors of numbers, with its defaults: what is not finite is replaced by a number of each
 * measure's own.
 */
export const permetricsErrors: readonly RegressionDefinition[] = [
  measure("ME", {
    names: [...names.maxError, "me"],
    formula: "The largest |y_true - y_pred|: max_error, not the mean error.",
    noInterval: noInterval.ofLargest,
    of: ({ yTrue, yPred }) => maxError(yTrue, yPred),
  }),
  measure("MAE", {
    names: names.mae,
    formula: "The mean of |y_true - y_pred|.",
    of: ({ yTrue, yPred }) => meanAbsoluteError(yTrue, yPred),
  }),
  measure("MBE", {
    ...signed,
    names: names.bias,
    formula: "The mean of y_pred - y_true: above 0 the model predicts too high.",
    of: ({ yTrue, yPred }) => meanError(yTrue, yPred),
  }),
  measure("MSE", {
    names: names.mse,
    formula: "The mean of (y_true - y_pred)².",
    of: ({ yTrue, yPred }) => meanSquaredError(yTrue, yPred),
  }),
  measure("RMSE", {
    names: names.rmse,
    formula: "The square root of the mean of (y_true - y_pred)².",
    of: ({ yTrue, yPred }) => rootMeanSquaredError(yTrue, yPred),
  }),
  measure("MedAE", {
    names: names.medianError,
    formula: "The median of |y_true - y_pred|; of an even number of samples the mean of the middle two.",
    of: ({ yTrue, yPred }) => medianAbsoluteError(yTrue, yPred),
  }),
  measure("MSLE", {
    names: names.msle,
    formula: "The mean of ln((1 + y_true) / (1 + y_pred))², defined too where both are below -1.",
    traits: { zeros: "1 where the mean is not finite, as for a value of -1" },
    of: (sample) =>
      orElse(
        1,
        meanLoss(sample, (truth, prediction) => Math.log((truth + 1) / (prediction + 1)) ** 2),
      ),
  }),
  measure("MPE", {
    ...signed,
    names: ["mpe", "mean_percentage_error"],
    formula: "The mean of (y_true - y_pred) / y_true, a fraction.",
    traits: orOne,
    of: (sample) =>
      orElse(
        1,
        meanLoss(sample, (truth, prediction) => (truth - prediction) / truth),
      ),
  }),
  measure("MAPE", {
    names: [...names.mape, "mre", "mean_relative_error"],
    formula: "The mean of |y_true - y_pred| / |y_true|, a fraction.",
    traits: orOne,
    of: (sample) => orElse(1, meanLoss(sample, relativeError)),
  }),
  ...(
    [
      ["SMAPE", 200, "percent, 0 to 200"],
      ["SMAPE_NP", 2, "0 to 2"],
      ["SMAPE_S", 1, "0 to 1"],
    ] as const
  ).map(([name, most, unit]) =>
    measure(name, {
      names: names.smape,
      range: [0, most],
      formula: `${most} times the mean of |y_true - y_pred| / (|y_true| + |y_pred|): ${unit}.`,
      traits: { zeros: "where both are 0 the error is 0" },
      of: (sample) => most * meanLoss(sample, symmetric),
    }),
  ),
  measure("MAAPE", {
    names: ["maape", "mean_arctangent_absolute_percentage_error"],
    range: [0, Math.PI / 2],
    formula: "The mean of arctan(|y_true - y_pred| / |y_true|).",
    traits: { zeros: "count π/2; 1 in all where a prediction of a 0 is 0 too" },
    of: (sample) =>
      orElse(
        1,
        meanLoss(sample, (truth, prediction) => Math.atan(relativeError(truth, prediction))),
      ),
  }),
  measure("RAE", {
    names: ["rae", "relative_absolute_error"],
    formula: "Σ|y_true - y_pred| / Σ|y_true - mean of y_true|.",
    traits: { constants: "a constant y_true gives 10,000,000,000" },
    of(sample) {
      const mean = numpyMean(sample.yTrue);
      return orElse(
        1e10,
        sumOfLosses(sample, absoluteError) / sumOfLosses(sample, (truth) => absoluteError(truth, mean)),
      );
    },
  }),
  measure("NRMSE", {
    ...signed,
    direction: "lower",
    names: ["nrmse", "normalized_root_mean_square_error", "normalized_root_mean_squared_error"],
    formula: "The root mean squared error / the mean of y_true.",
    of({ yTrue, yPred }) {
      const size = rootMeanSquaredError(yTrue, yPred);
      const mean = numpyMean(yTrue);
      return orElse(1e10, mean === 0 && size === 0 ? 0 : mean === 0 ? Infinity : size / mean);
    },
  }),
  measure("CRM", {
    ...signed,
    names: ["crm", "coefficient_of_residual_mass"],
    formula: "(Σ y_pred - Σ y_true) / Σ y_true.",
    traits: { zeros: "-1 where y_true sums to 0" },
    of({ yTrue, yPred }) {
      const sum = numpySum(yTrue);
      return orElse(-1, (numpySum(yPred) - sum) / sum);
    },
  }),
  measure("RGINI", {
    names: ["rgini", "residual_gini_index"],
    range: [0, 1],
    formula: "The Gini index of |y_true - y_pred|: 0 where all errors are of one size.",
    of(sample) {
      const sizes = absoluteErrors(sample);
      sortNumbers(sizes);
      const n = sizes.length;
      const sum = numpySum(sizes);
      if (sum === 0) return 0;
      return (2 * sumOf(n, (i) => (i + 1) * sizes[i]!)) / (n * sum) - (n + 1) / n;
    },
  }),
];

const symmetric: Loss = (truth, prediction) =>
  truth === 0 && prediction === 0
    ? 0
    : absoluteError(truth, prediction) / (Math.abs(truth) + Math.abs(prediction));

export function measure(name: string, asked: Asked): RegressionDefinition {
  return {
    ...permetrics,
    ...error,
    id: `permetrics:${name}`,
    call: `RegressionMetric(y_true, y_pred).${name}()`,
    ...asked,
  };
}

export function orElse(otherwise: number, value: number): number {
  return Number.isFinite(value) ? value : otherwise;
}
