import { absoluteErrors, errors } from "../../scores/errors.js";
import { maxError } from "../../scores/max-error.js";
import { meanAbsoluteError } from "../../scores/mean-absolute-error.js";
import { meanError } from "../../scores/mean-error.js";
import { meanSquaredError, rootMeanSquaredError } from "../../scores/mean-squared-error.js";
import { median } from "../../scores/median.js";
import type { RegressionSample } from "../../scores/sample.js";
import { sortNumbers } from "../../scores/sort-numbers.js";
import { isConstant, variation } from "../../scores/variation.js";
import type { DefinitionFacts, RegressionDefinition } from "../definition.js";
import { noInterval } from "../no-interval.js";
import { remembered } from "../remembered.js";
import { relativeError } from "./losses.js";
import { meanLoss } from "./mean-loss.js";
import { names } from "./names.js";
import { numpyMoments } from "./numpy-moments.js";
import { linearQuantile, steppedQuantile } from "./quantiles.js";
import { error, signed } from "./ranges.js";

/** What a definition is, whichever program has it, and whatever it calls it. */
export type Measure = Pick<RegressionDefinition, "names" | "formula" | "direction" | "range" | "of"> &
  Partial<Pick<RegressionDefinition, "traits" | "noInterval">>;

/** Of a library: what its definitions have in common. */
type LibraryFacts = Pick<DefinitionFacts, "library" | "version" | "precision" | "comparedWith" | "traits">;

/** A definition a measure, with the call that gives it. */
export function definitionsOf(
  prefix: string,
  facts: LibraryFacts,
  measures: readonly (readonly [name: string, call: string, measure: Measure])[],
): readonly RegressionDefinition[] {
  return measures.map(([name, call, measure]) => ({
    ...facts,
    kind: "regression",
    id: `${prefix}:${name}`,
    call,
    ...measure,
  }));
}

/** |y - p|, ascending. */
export const sortedSizes = remembered((sample: RegressionSample) => {
  const sizes = absoluteErrors(sample);
  sortNumbers(sizes);
  return sizes;
});

/** Moments of y and p; the squares of equal numbers sum to exactly 0. */
export function exactMoments(sample: RegressionSample) {
  const moments = numpyMoments(sample);
  const truths = isConstant(sample.yTrue) ? 0 : moments.truths;
  const predictions = isConstant(sample.yPred) ? 0 : moments.predictions;
  return { ...moments, truths, predictions, products: truths && predictions && moments.products };
}

export const meanOfSizes: Measure = {
  ...error,
  names: names.mae,
  formula: "The mean of |y_true - y_pred|.",
  of: ({ yTrue, yPred }) => meanAbsoluteError(yTrue, yPred),
};

export const meanOfSquares: Measure = {
  ...error,
  names: names.mse,
  formula: "The mean of (y_true - y_pred)².",
  of: ({ yTrue, yPred }) => meanSquaredError(yTrue, yPred),
};

export const rootOfSquares: Measure = {
  ...error,
  names: names.rmse,
  formula: "The square root of the mean of (y_true - y_pred)².",
  of: ({ yTrue, yPred }) => rootMeanSquaredError(yTrue, yPred),
};

export const meanOfErrors: Measure = {
  ...signed,
  names: names.bias,
  formula: "The mean of y_pred - y_true: above 0 the model predicts too high.",
  of: ({ yTrue, yPred }) => meanError(yTrue, yPred),
};

export const largestSize: Measure = {
  ...error,
  names: names.maxError,
  formula: "The largest |y_true - y_pred|.",
  noInterval: noInterval.ofLargest,
  of: ({ yTrue, yPred }) => maxError(yTrue, yPred),
};

export const meanOfRatios: Measure = {
  ...error,
  names: names.mape,
  formula: "The mean of |y_true - y_pred| / |y_true|, a fraction.",
  traits: { zeros: "a true value of 0 makes it infinite, or NaN if its prediction is 0 too" },
  of: (sample) => meanLoss(sample, relativeError),
};

/** The standard deviation of the errors, by n - `lost`. */
export function spread(lost: 0 | 1): Measure {
  return {
    ...error,
    names: ["std_of_errors", "error_std", "stde", "sdep", "standard_deviation_of_errors"],
    formula: `The standard deviation of the errors, by ${lost ? "n - 1" : "n"}: a constant offset is forgiven.`,
    of: (sample) => Math.sqrt(variation(errors(sample)) / (sample.yTrue.length - lost)),
  };
}

export function quantileNames(share: number): readonly string[] {
  const percent = Math.round(100 * share);
  return [
    `p${percent}`,
    `q${percent}`,
    `quantile_of_absolute_errors`,
    ...(share === 0.5 ? names.medianError : []),
  ];
}

/** On the line between the two nearest: the mean of the middle two, for the median of an even number. */
export function continuousQuantile(share: number): Measure {
  return {
    ...error,
    names: quantileNames(share),
    formula: `The ${share}-quantile of |y_true - y_pred|, on the line between the two nearest: R's type 7.`,
    of: (sample) => linearQuantile(sortedSizes(sample), share),
  };
}

/** One of the values: of the middle two the lower, for the median of an even number. */
export function discreteQuantile(share: number): Measure {
  return {
    ...error,
    names: quantileNames(share),
    formula: `The ${share}-quantile of |y_true - y_pred|, the least that this share of them does not exceed: of the middle two the lower.`,
    of: (sample) => steppedQuantile(sortedSizes(sample), share),
  };
}

/** `scale` times the median distance of the errors from their median. */
export function medianDeviation(scale: number): Measure {
  return {
    ...error,
    names: ["mad", "median_absolute_deviation"],
    formula: `${scale === 1 ? "The" : `${scale} times the`} median distance of the errors from their median: not the median absolute error.`,
    of(sample) {
      const found = errors(sample);
      const middle = median(found);
      return scale * median(found.map((value) => Math.abs(value - middle)));
    },
  };
}
