import { maxError } from "../../scores/max-error.js";
import { meanAbsoluteError } from "../../scores/mean-absolute-error.js";
import { meanAbsolutePercentageError } from "../../scores/mean-absolute-percentage-error.js";
import { meanSquaredError, rootMeanSquaredError } from "../../scores/mean-squared-error.js";
import { medianAbsoluteError } from "../../scores/median-absolute-error.js";
import type { RegressionDefinition } from "../definition.js";
import { noInterval } from "../no-interval.js";
import { isTweedie, pinball, squaredLogError, tweedieDeviance } from "./losses.js";
import { every, meanLoss } from "./mean-loss.js";
import { names } from "./names.js";
import { error } from "./ranges.js";
import { sklearn } from "./sklearn-shares.js";

const facts = { ...sklearn, ...error };

/** scikit-learn's errors of numbers. */
export const sklearnErrors: readonly RegressionDefinition[] = [
  {
    ...facts,
    id: "sklearn:mean_absolute_error",
    names: names.mae,
    call: "mean_absolute_error(y_true, y_pred)",
    formula: "The mean of |y_true - y_pred|.",
    of: ({ yTrue, yPred }) => meanAbsoluteError(yTrue, yPred),
  },
  {
    ...facts,
    id: "sklearn:mean_squared_error",
    names: names.mse,
    call: "mean_squared_error(y_true, y_pred)",
    formula: "The mean of (y_true - y_pred)².",
    of: ({ yTrue, yPred }) => meanSquaredError(yTrue, yPred),
  },
  {
    ...facts,
    id: "sklearn:root_mean_squared_error",
    names: names.rmse,
    call: "root_mean_squared_error(y_true, y_pred)",
    formula: "The square root of the mean of (y_true - y_pred)².",
    of: ({ yTrue, yPred }) => rootMeanSquaredError(yTrue, yPred),
  },
  {
    ...facts,
    id: "sklearn:median_absolute_error",
    names: names.medianError,
    call: "median_absolute_error(y_true, y_pred)",
    formula: "The median of |y_true - y_pred|; of an even number of samples the mean of the middle two.",
    of: ({ yTrue, yPred }) => medianAbsoluteError(yTrue, yPred),
  },
  {
    ...facts,
    id: "sklearn:max_error",
    names: names.maxError,
    call: "max_error(y_true, y_pred)",
    formula: "The largest |y_true - y_pred|.",
    noInterval: noInterval.ofLargest,
    of: ({ yTrue, yPred }) => maxError(yTrue, yPred),
  },
  {
    ...facts,
    id: "sklearn:mean_absolute_percentage_error",
    names: names.mape,
    call: "mean_absolute_percentage_error(y_true, y_pred)",
    formula: "The mean of |y_true - y_pred| / max(2.2e-16, |y_true|), a fraction: 0.05 is five percent.",
    traits: { zeros: "count as 2.2e-16, so that one makes the mean huge" },
    of: ({ yTrue, yPred }) => meanAbsolutePercentageError(yTrue, yPred),
  },
  {
    ...facts,
    id: "sklearn:mean_squared_log_error",
    names: names.msle,
    call: "mean_squared_log_error(y_true, y_pred)",
    formula: "The mean of (ln(1 + y_true) - ln(1 + y_pred))²; no answer if a value is -1 or less.",
    of: (sample) => meanSquaredLogError(sample),
  },
  {
    ...facts,
    id: "sklearn:root_mean_squared_log_error",
    names: names.rmsle,
    call: "root_mean_squared_log_error(y_true, y_pred)",
    formula:
      "The square root of the mean of (ln(1 + y_true) - ln(1 + y_pred))²; none if a value is -1 or less.",
    of(sample) {
      const mean = meanSquaredLogError(sample);
      return mean === undefined ? undefined : Math.sqrt(mean);
    },
  },
  ...[0.5, 0.1, 0.9].map(pinballOf),
  tweedieOf(1, "sklearn:mean_poisson_deviance", "mean_poisson_deviance(y_true, y_pred)", names.poisson),
  tweedieOf(2, "sklearn:mean_gamma_deviance", "mean_gamma_deviance(y_true, y_pred)", names.gamma),
  ...[1.5, 3].map((power) =>
    tweedieOf(
      power,
      `sklearn:mean_tweedie_deviance(${power})`,
      `mean_tweedie_deviance(y_true, y_pred, power=${power})`,
      names.tweedie,
    ),
  ),
];

type Sample = Parameters<RegressionDefinition["of"]>[0];

function meanSquaredLogError(sample: Sample): number | undefined {
  if (!every(sample, (truth, prediction) => truth > -1 && prediction > -1)) return undefined;
  return meanLoss(sample, squaredLogError);
}

function pinballOf(alpha: number): RegressionDefinition {
  return {
    ...facts,
    id: `sklearn:mean_pinball_loss(${alpha})`,
    names: names.pinball,
    call: `mean_pinball_loss(y_true, y_pred, alpha=${alpha})`,
    formula: `The mean of the error, times ${alpha} where y_pred is too low and ${(1 - alpha).toFixed(1)} where it is too high.`,
    of: (sample) => meanLoss(sample, pinball(alpha)),
  };
}

function tweedieOf(power: number, id: string, call: string, called: readonly string[]): RegressionDefinition {
  return {
    ...facts,
    id,
    names: called,
    call,
    formula: `The mean Tweedie deviance of power ${power}, 0 for exact predictions; none if a prediction is not above 0, or a true value is ${power < 2 ? "below 0" : "not"}.`,
    of: (sample) => (every(sample, isTweedie(power)) ? meanLoss(sample, tweedieDeviance(power)) : undefined),
  };
}
