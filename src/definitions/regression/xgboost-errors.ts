import type { RegressionDefinition } from "../definition.js";
import { float32Sample } from "./float32-sample.js";
import { absoluteError, type Loss, pinball, relativeError, squaredError, squaredLogError } from "./losses.js";
import { meanLoss } from "./mean-loss.js";
import { names } from "./names.js";
import { error, signed } from "./ranges.js";

const xgboost = {
  library: "XGBoost",
  version: "3.2.0",
  traits: {},
  precision: "float32",
  comparedWith: "library",
  kind: "regression",
} as const;

const facts = { ...xgboost, ...error };
/** A likelihood without its constant, which can be below 0. */
const likelihood = { ...xgboost, ...signed, direction: "lower" } as const;

/** What XGBoost's `eval_metric` says of numbers, of which it keeps seven digits. */
export const xgboostErrors: readonly RegressionDefinition[] = [
  {
    ...facts,
    id: "xgboost:rmse",
    names: names.rmse,
    call: "eval_metric='rmse'",
    formula: "The square root of the mean of (y_true - y_pred)², of numbers rounded to float32.",
    of: (sample) => Math.sqrt(mean(sample, squaredError)),
  },
  {
    ...facts,
    id: "xgboost:mae",
    names: names.mae,
    call: "eval_metric='mae'",
    formula: "The mean of |y_true - y_pred|, of numbers rounded to float32.",
    of: (sample) => mean(sample, absoluteError),
  },
  {
    ...facts,
    id: "xgboost:rmsle",
    names: names.rmsle,
    call: "eval_metric='rmsle'",
    formula: "The square root of the mean of (ln(1 + y_true) - ln(1 + y_pred))²; NaN if a value is below -1.",
    of: (sample) => Math.sqrt(mean(sample, squaredLogError)),
  },
  {
    ...facts,
    id: "xgboost:mape",
    names: names.mape,
    call: "eval_metric='mape'",
    formula: "The mean of |y_true - y_pred| / |y_true|, a fraction.",
    traits: { zeros: "a true value of 0 makes it infinite, or NaN if its prediction is 0 too" },
    of: (sample) => mean(sample, relativeError),
  },
  {
    ...facts,
    id: "xgboost:mphe",
    names: names.huber,
    call: "eval_metric='mphe'",
    formula: "The mean of √(1 + error²) - 1, the pseudo-Huber loss with huber_slope 1.",
    of: (sample) => mean(sample, (truth, prediction) => Math.sqrt(1 + (truth - prediction) ** 2) - 1),
  },
  ...[0.5, 0.9].map(
    (alpha): RegressionDefinition => ({
      ...facts,
      id: `xgboost:quantile(${alpha})`,
      names: names.pinball,
      call: `eval_metric='quantile', quantile_alpha=${alpha}`,
      formula: `The mean of the error, times ${alpha} where y_pred is too low and ${(1 - alpha).toFixed(1)} where it is too high.`,
      of: (sample) => mean(sample, pinball(alpha)),
    }),
  ),
  {
    ...likelihood,
    id: "xgboost:gamma-nloglik",
    names: names.gamma,
    call: "eval_metric='gamma-nloglik'",
    formula: "The mean of y_true / y_pred + ln(y_pred), a negative log-likelihood, not a deviance.",
    traits: { zeros: "predictions below 1e-6 count as 1e-6" },
    of: (sample) =>
      mean(sample, (truth, prediction) => {
        const above = Math.max(prediction, 1e-6);
        return truth / above + Math.log(above);
      }),
  },
  {
    ...facts,
    id: "xgboost:gamma-deviance",
    names: names.gamma,
    call: "eval_metric='gamma-deviance'",
    formula: "Twice the mean of ln(y_pred / y_true) + y_true / y_pred - 1.",
    traits: { zeros: "1e-6 is added to all values" },
    of: (sample) =>
      2 *
      mean(sample, (truth, prediction) => {
        const [t, p] = [Math.fround(truth + 1e-6), Math.fround(prediction + 1e-6)];
        return Math.fround(Math.log(p / t)) + Math.fround(t / p) - 1;
      }),
  },
  {
    ...likelihood,
    id: "xgboost:tweedie-nloglik@1.5",
    names: names.tweedie,
    call: "eval_metric='tweedie-nloglik@1.5'",
    formula: "The mean of 2 y_true / √y_pred + 2 √y_pred, a negative log-likelihood, not a deviance.",
    of: (sample) =>
      mean(sample, (truth, prediction) => {
        const root = Math.sqrt(prediction + 0); // -0 is 0
        return (2 * truth) / root + 2 * root;
      }),
  },
];

function mean(sample: Parameters<RegressionDefinition["of"]>[0], loss: Loss): number {
  return meanLoss(float32Sample(sample), loss);
}
