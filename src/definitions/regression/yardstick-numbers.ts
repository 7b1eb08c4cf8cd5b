import type { RegressionDefinition } from "../definition.js";
import { noInterval } from "../no-interval.js";
import { huber, type Loss } from "./losses.js";
import { meanLoss, sumOf } from "./mean-loss.js";
import { ratioOfSquares } from "./measured-shares.js";
import { definitionsOf, exactMoments, type Measure, meanOfSizes, rootOfSquares } from "./measures.js";
import { names } from "./names.js";
import { linearQuantile } from "./quantiles.js";
import { correlation, error, signed } from "./ranges.js";

const yardstick = {
  library: "yardstick",
  version: "1.3.2",
  precision: "float64",
  comparedWith: "documentation",
  traits: {},
} as const;

const percentage = (loss: Loss, measure: Omit<Measure, "of">): Measure => ({
  ...measure,
  of: (sample) => 100 * meanLoss(sample, loss),
});

const meanDifference: Measure = {
  ...signed,
  names: [...names.bias, "msd", "mean_signed_deviation"],
  formula: "The mean of y_true - y_pred: above 0 the model predicts too low.",
  of: (sample) => meanLoss(sample, (truth, prediction) => truth - prediction),
};
const mape = percentage((truth, prediction) => Math.abs((truth - prediction) / truth), {
  ...error,
  names: names.mape,
  formula: "100 times the mean of |y_true - y_pred| / |y_true|: percent.",
  traits: { zeros: "make it infinite" },
});
const mpe = percentage((truth, prediction) => (truth - prediction) / truth, {
  ...signed,
  names: ["mpe", "mean_percentage_error"],
  formula: "100 times the mean of (y_true - y_pred) / y_true: percent.",
  traits: { zeros: "make it infinite" },
});
const smape = percentage(
  (truth, prediction) => Math.abs(prediction - truth) / ((Math.abs(truth) + Math.abs(prediction)) / 2),
  {
    ...error,
    names: names.smape,
    formula: "100 times the mean of |y_pred - y_true| / ((|y_true| + |y_pred|) / 2): percent, up to 200.",
    traits: { zeros: "NaN where both are 0" },
  },
);

const scaledError: Measure = {
  ...error,
  noInterval: noInterval.ofOrder,
  names: ["mase", "mean_absolute_scaled_error"],
  formula:
    "The mean of |y_true - y_pred| over that of |y_true less the one before it|, in the order of the samples.",
  of: (sample) => {
    const { yTrue } = sample;
    const steps = sumOf(yTrue.length - 1, (i) => Math.abs(yTrue[i + 1]! - yTrue[i]!)) / (yTrue.length - 1);
    return meanLoss(sample, (truth, prediction) => Math.abs(truth - prediction)) / steps;
  },
};

const squaredCorrelation: Measure = {
  direction: "higher",
  range: [0, 1],
  names: names.r2,
  formula:
    "The square of Pearson's correlation, which is not R²: a wrong scale, offset or sign costs nothing.",
  traits: { constants: "NA, with a warning" },
  of: (sample) => {
    const { truths, predictions, products } = exactMoments(sample);
    return truths === 0 || predictions === 0 ? undefined : products ** 2 / (truths * predictions);
  },
};

const concordance: Measure = {
  ...correlation,
  names: ["concordance", "ccc", "concordance_corrcoef", "lin_concordance"],
  formula: "2 Cov(y_true, y_pred) / (Var(y_true) + Var(y_pred) + (difference of the means)²), each by n - 1.",
  of: (sample) => {
    const { n, truths, predictions, products, truthMean, predictionMean } = exactMoments(sample);
    return (2 * products) / (truths + predictions + (n - 1) * (truthMean - predictionMean) ** 2);
  },
};

/** A spread of y_true over the root of the mean squared error. */
const overRmse = (
  own: readonly string[],
  what: string,
  spread: (truths: Float64Array) => number,
): Measure => ({
  direction: "higher",
  range: [0, Infinity],
  names: own,
  formula: `${what} of y_true over the root mean squared error.`,
  of: (sample) => spread(sample.yTrue) / (rootOfSquares.of(sample) ?? NaN),
});

const deviation = (truths: Float64Array) => {
  const mean = sumOf(truths.length, (i) => truths[i]!) / truths.length;
  return Math.sqrt(sumOf(truths.length, (i) => (truths[i]! - mean) ** 2) / (truths.length - 1));
};
const middleHalf = (truths: Float64Array) => {
  const sorted = truths.slice().sort();
  return linearQuantile(sorted, 0.75) - linearQuantile(sorted, 0.25);
};

const huberLoss: Measure = {
  ...error,
  names: names.huber,
  formula: "The mean of error² / 2 up to an error of 1, and of |error| - 1/2 beyond.",
  of: (sample) => meanLoss(sample, huber(1)),
};

/** What R's yardstick says of numbers, as it is documented. */
export const yardstickNumbers: readonly RegressionDefinition[] = definitionsOf("yardstick", yardstick, [
  ["rmse", "rmse(data, truth, estimate)", rootOfSquares],
  ["mae", "mae(data, truth, estimate)", meanOfSizes],
  ["msd", "msd(data, truth, estimate)", meanDifference],
  ["mape", "mape(data, truth, estimate)", mape],
  ["mpe", "mpe(data, truth, estimate)", mpe],
  ["smape", "smape(data, truth, estimate)", smape],
  ["mase", "mase(data, truth, estimate)", scaledError],
  ["rsq", "rsq(data, truth, estimate)", squaredCorrelation],
  ["rsq_trad", "rsq_trad(data, truth, estimate)", ratioOfSquares("NA")],
  ["ccc", "ccc(data, truth, estimate)", concordance],
  ["rpd", "rpd(data, truth, estimate)", overRmse(["rpd"], "The standard deviation, by n - 1,", deviation)],
  ["rpiq", "rpiq(data, truth, estimate)", overRmse(["rpiq"], "The interquartile range", middleHalf)],
  ["huber_loss", "huber_loss(data, truth, estimate)", huberLoss],
]);
