import { errors } from "../../scores/errors.js";
import { maxError } from "../../scores/max-error.js";
import { meanAbsoluteError } from "../../scores/mean-absolute-error.js";
import { meanError } from "../../scores/mean-error.js";
import { meanSquaredError, rootMeanSquaredError } from "../../scores/mean-squared-error.js";
import { median } from "../../scores/median.js";
import { medianAbsoluteError } from "../../scores/median-absolute-error.js";
import { sortNumbers } from "../../scores/sort-numbers.js";
import { variation } from "../../scores/variation.js";
import type { RegressionDefinition } from "../definition.js";
import { noInterval } from "../no-interval.js";
import { sumOf } from "./mean-loss.js";
import { names } from "./names.js";
import { error, signed } from "./ranges.js";

const statsmodels = {
  library: "statsmodels",
  version: "0.15.0",
  traits: {},
  precision: "float64",
  comparedWith: "library",
  kind: "regression",
} as const;

type Asked = Pick<RegressionDefinition, "names" | "formula" | "of"> & Partial<RegressionDefinition>;

/** The errors of numbers in statsmodels.tools.eval_measures. */
export const statsmodelsErrors: readonly RegressionDefinition[] = [
  measure("mse", {
    names: names.mse,
    formula: "The mean of (y_true - y_pred)².",
    of: ({ yTrue, yPred }) => meanSquaredError(yTrue, yPred),
  }),
  measure("rmse", {
    names: names.rmse,
    formula: "The square root of the mean of (y_true - y_pred)².",
    of: ({ yTrue, yPred }) => rootMeanSquaredError(yTrue, yPred),
  }),
  measure("rmspe", {
    names: names.rmspe,
    formula:
      "The square root of 100 times the mean of (error / y_true)²: ten times the fraction, a tenth of the percentage.",
    traits: { zeros: "samples with a true value of 0 are left out" },
    of({ yTrue, yPred }) {
      const known = yTrue.reduce((count, truth) => count + (truth === 0 ? 0 : 1), 0);
      const squares = sumOf(yTrue.length, (i) =>
        yTrue[i] === 0 ? 0 : ((yTrue[i]! - yPred[i]!) / yTrue[i]!) ** 2,
      );
      return Math.sqrt((100 * squares) / known);
    },
  }),
  measure("maxabs", {
    names: names.maxError,
    formula: "The largest |y_true - y_pred|.",
    noInterval: noInterval.ofLargest,
    of: ({ yTrue, yPred }) => maxError(yTrue, yPred),
  }),
  measure("meanabs", {
    names: names.mae,
    formula: "The mean of |y_true - y_pred|.",
    of: ({ yTrue, yPred }) => meanAbsoluteError(yTrue, yPred),
  }),
  measure("medianabs", {
    names: names.medianError,
    formula: "The median of |y_true - y_pred|; of an even number of samples the mean of the middle two.",
    of: ({ yTrue, yPred }) => medianAbsoluteError(yTrue, yPred),
  }),
  measure("bias", {
    ...signed,
    names: names.bias,
    formula: "The mean of y_true - y_pred: above 0 the model predicts too low.",
    traits: { argumentOrder: "the first less the second" },
    of: ({ yTrue, yPred }) => -meanError(yTrue, yPred),
  }),
  measure("medianbias", {
    ...signed,
    names: ["medianbias", "median_bias", "median_error"],
    formula: "The median of y_true - y_pred: above 0 the model predicts too low.",
    traits: { argumentOrder: "the first less the second" },
    of: (sample) => -median(errors(sample)),
  }),
  measure("vare", {
    names: ["vare", "variance_of_errors", "error_variance"],
    formula: "The variance of the errors, by n.",
    of: (sample) => variation(errors(sample)) / sample.yTrue.length,
  }),
  measure("stde", {
    names: ["stde", "standard_deviation_of_errors", "error_std"],
    formula: "The standard deviation of the errors, by n.",
    of: (sample) => Math.sqrt(variation(errors(sample)) / sample.yTrue.length),
  }),
  measure("iqr", {
    names: ["iqr", "interquartile_range"],
    formula:
      "The distance of two of the sorted errors: those nearest to a quarter and three quarters of the way.",
    traits: { ties: "half a place is rounded to the even one" },
    of(sample) {
      const sorted = errors(sample);
      sortNumbers(sorted);
      const last = sorted.length - 1;
      return sorted[toEven(0.75 * last)]! - sorted[toEven(0.25 * last)]!;
    },
  }),
];

function measure(name: string, asked: Asked): RegressionDefinition {
  return {
    ...statsmodels,
    ...error,
    id: `statsmodels:${name}`,
    call: `statsmodels.tools.eval_measures.${name}(y_true, y_pred)`,
    ...asked,
  };
}

function toEven(place: number): number {
  const below = Math.floor(place);
  if (place - below === 0.5) return below + (below % 2);
  return Math.round(place);
}
