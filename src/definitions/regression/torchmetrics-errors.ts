import { meanAbsoluteError } from "../../scores/mean-absolute-error.js";
import { meanSquaredError, rootMeanSquaredError } from "../../scores/mean-squared-error.js";
import type { RegressionSample } from "../../scores/sample.js";
import type { RegressionDefinition } from "../definition.js";
import { noInterval } from "../no-interval.js";
import { extent } from "./extent.js";
import { absoluteError, isTweedie, squaredLogError, tweedieDeviance } from "./losses.js";
import { every, meanLoss, sumOfLosses } from "./mean-loss.js";
import { names } from "./names.js";
import { error, signed } from "./ranges.js";
import { torchMean, torchSum } from "./torch-sum.js";

export const torchmetrics = {
  library: "TorchMetrics",
  version: "1.9.0",
  traits: { argumentOrder: "the predictions first" },
  precision: "float64",
  comparedWith: "library",
  kind: "regression",
} as const;

type Asked = Pick<RegressionDefinition, "names" | "formula" | "of"> & Partial<RegressionDefinition>;

/** What smaller divisors are replaced by. */
const leastDivisor = 1.17e-6;

/** torchmetrics' errors of numbers, on float64 tensors. */
export const torchmetricsErrors: readonly RegressionDefinition[] = [
  metric("mean_absolute_error", {
    names: names.mae,
    formula: "The mean of |y_true - y_pred|.",
    of: ({ yTrue, yPred }) => meanAbsoluteError(yTrue, yPred),
  }),
  metric("mean_squared_error", {
    names: names.mse,
    formula: "The mean of (y_true - y_pred)².",
    of: ({ yTrue, yPred }) => meanSquaredError(yTrue, yPred),
  }),
  metric("mean_squared_error(squared=False)", {
    names: names.rmse,
    formula: "The square root of the mean of (y_true - y_pred)².",
    of: ({ yTrue, yPred }) => rootMeanSquaredError(yTrue, yPred),
  }),
  metric("mean_absolute_percentage_error", {
    names: names.mape,
    formula: "The mean of |y_true - y_pred| / max(1.17e-6, |y_true|), a fraction.",
    traits: { ...torchmetrics.traits, zeros: "count as 1.17e-6, so that one makes the mean huge" },
    of: (sample) =>
      meanLoss(
        sample,
        (truth, prediction) => absoluteError(truth, prediction) / Math.max(leastDivisor, Math.abs(truth)),
      ),
  }),
  metric("symmetric_mean_absolute_percentage_error", {
    names: names.smape,
    range: [0, 2],
    formula: "Twice the mean of |y_true - y_pred| / max(1.17e-6, |y_true| + |y_pred|): 0 to 2.",
    of: (sample) =>
      meanLoss(
        sample,
        (truth, prediction) =>
          (2 * absoluteError(truth, prediction)) /
          Math.max(leastDivisor, Math.abs(truth) + Math.abs(prediction)),
      ),
  }),
  metric("weighted_mean_absolute_percentage_error", {
    names: names.wmape,
    formula: "Σ|y_true - y_pred| / Σ|y_true|, a fraction.",
    of: (sample) =>
      sumOfLosses(sample, absoluteError) / Math.max(leastDivisor, sumOfLosses(sample, Math.abs)),
  }),
  metric("mean_squared_log_error", {
    names: names.msle,
    formula: "The mean of (ln(1 + y_true) - ln(1 + y_pred))²; NaN if a value is below -1.",
    of: (sample) => meanLoss(sample, squaredLogError),
  }),
  metric("log_cosh_error", {
    names: names.logCosh,
    formula: "The mean of ln((exp(error) + exp(-error)) / 2): infinite if an error is above 709.",
    of: (sample) =>
      meanLoss(sample, (truth, prediction) =>
        Math.log((Math.exp(prediction - truth) + Math.exp(truth - prediction)) / 2),
      ),
  }),
  ...[1, 2].map((power) =>
    metric(`tweedie_deviance_score(power=${power})`, {
      names: power === 1 ? names.poisson : names.gamma,
      formula: `The mean Tweedie deviance of power ${power}; none if a prediction is not above 0, or a true value is ${power < 2 ? "below 0" : "not"}.`,
      of: (sample) =>
        every(sample, isTweedie(power)) ? meanLoss(sample, tweedieDeviance(power)) : undefined,
    }),
  ),
  normalized("mean", "the mean of y_true", ({ yTrue }) => torchMean(yTrue)),
  normalized("range", "the largest less the smallest y_true", ({ yTrue }) => extent(yTrue)),
  normalized("std", "the standard deviation of y_true, by n", ({ yTrue }) => {
    const mean = torchMean(yTrue);
    return Math.sqrt(torchMean(yTrue.map((truth) => (truth - mean) ** 2)));
  }),
  normalized("l2", "the square root of Σ y_true²", ({ yTrue }) =>
    Math.sqrt(torchSum(yTrue.map((truth) => truth * truth))),
  ),
];

export function metric(name: string, asked: Asked): RegressionDefinition {
  const [plain, options] = name.split(/[()]/);
  return {
    ...torchmetrics,
    ...error,
    id: `torchmetrics:${name}`,
    call: `functional.${plain}(y_pred, y_true${options ? `, ${options}` : ""}), of float64 tensors`,
    ...asked,
  };
}

function normalized(by: string, divisor: string, of: (sample: RegressionSample) => number) {
  return metric(`normalized_root_mean_squared_error(normalization='${by}')`, {
    ...signed,
    direction: "lower",
    names: ["nrmse", "normalized_root_mean_squared_error"],
    formula: `The root mean squared error / ${divisor}.`,
    ...(by === "range" ? { noInterval: noInterval.ofRange } : {}),
    of: (sample) => rootMeanSquaredError(sample.yTrue, sample.yPred) / of(sample),
  });
}
