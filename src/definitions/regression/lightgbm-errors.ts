import { explainedShare } from "../../scores/variation.js";
import type { RegressionDefinition } from "../definition.js";
import { float32Truth } from "./float32-sample.js";
import { absoluteError, huber, type Loss, pinball, squaredError } from "./losses.js";
import { every, meanLoss, sumOf, sumOfLosses } from "./mean-loss.js";
import { names } from "./names.js";
import { error, share, signed } from "./ranges.js";

const lightgbm = {
  library: "LightGBM",
  version: "4.7.0",
  traits: {},
  precision: "float32",
  comparedWith: "library",
  kind: "regression",
} as const;

const facts = { ...lightgbm, ...error };
/** A likelihood without its constant, which can be below 0. */
const likelihood = { ...lightgbm, ...signed, direction: "lower" } as const;

/** What LightGBM's `metric` says of numbers. */
export const lightgbmErrors: readonly RegressionDefinition[] = [
  {
    ...facts,
    id: "lightgbm:l1",
    names: names.mae,
    call: "metric='l1'",
    formula: "The mean of |y_true - y_pred|, y_true rounded to float32.",
    of: (sample) => mean(sample, absoluteError),
  },
  {
    ...facts,
    id: "lightgbm:l2",
    names: names.mse,
    call: "metric='l2'",
    formula: "The mean of (y_true - y_pred)², y_true rounded to float32.",
    of: (sample) => mean(sample, squaredError),
  },
  {
    ...facts,
    id: "lightgbm:rmse",
    names: names.rmse,
    call: "metric='rmse'",
    formula: "The square root of the mean of (y_true - y_pred)², y_true rounded to float32.",
    of: (sample) => Math.sqrt(mean(sample, squaredError)),
  },
  {
    ...facts,
    id: "lightgbm:mape",
    names: names.mape,
    call: "metric='mape'",
    formula: "The mean of |y_true - y_pred| / max(1, |y_true|), a fraction: true values below 1 count as 1.",
    traits: { zeros: "count as 1" },
    of: (sample) =>
      mean(sample, (truth, prediction) => Math.abs(truth - prediction) / Math.max(1, Math.abs(truth))),
  },
  {
    ...lightgbm,
    ...share,
    id: "lightgbm:r2",
    names: names.r2,
    call: "metric='r2'",
    formula: "1 - Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)².",
    traits: { constants: "a constant y_true gives 1 if every prediction is exact, else 0" },
    of(sample) {
      const rounded = float32Truth(sample);
      const { yTrue } = rounded;
      const centre = sumOf(yTrue.length, (i) => yTrue[i]!) / yTrue.length;
      const total = sumOfLosses(rounded, (truth) => (truth - centre) ** 2);
      return explainedShare(sumOfLosses(rounded, squaredError), total);
    },
  },
  {
    ...facts,
    id: "lightgbm:quantile",
    names: names.pinball,
    call: "metric='quantile'",
    formula:
      "The mean of the error, times 0.9 where y_pred is too low and 0.1 where it is too high: alpha is 0.9 unless given.",
    of: (sample) => mean(sample, pinball(0.9)),
  },
  {
    ...facts,
    id: "lightgbm:huber",
    names: names.huber,
    call: "metric='huber'",
    formula:
      "The mean of error² / 2 up to 0.9, of 0.9 (|error| - 0.45) from there on: alpha is 0.9 unless given.",
    of: (sample) => mean(sample, huber(0.9)),
  },
  {
    ...facts,
    id: "lightgbm:fair",
    names: ["fair", "fair_loss"],
    call: "metric='fair'",
    formula: "The mean of |error| - ln(1 + |error|).",
    of: (sample) => mean(sample, fair),
  },
  {
    ...likelihood,
    id: "lightgbm:poisson",
    names: names.poisson,
    call: "metric='poisson'",
    formula: "The mean of y_pred - y_true ln(y_pred), a likelihood that leaves out its constant.",
    traits: { zeros: "predictions below 1e-10 count as 1e-10" },
    of: (sample) =>
      mean(sample, (truth, prediction) => {
        const above = Math.max(prediction, 1e-10);
        return above - truth * Math.log(above);
      }),
  },
  {
    ...likelihood,
    id: "lightgbm:gamma",
    names: names.gamma,
    call: "metric='gamma'",
    formula: "The mean of y_true / y_pred + ln(y_pred), a likelihood; none if a true value is not above 0.",
    of: (sample) =>
      every(sample, isAboveZero)
        ? mean(sample, (truth, prediction) => truth / prediction - safeLog(1 / prediction))
        : undefined,
  },
  {
    ...facts,
    id: "lightgbm:gamma_deviance",
    names: names.gamma,
    call: "metric='gamma_deviance'",
    formula:
      "Twice the sum, not the mean, of y_true / y_pred - ln(y_true / y_pred) - 1; none if a true value is not above 0.",
    of: (sample) =>
      every(sample, isAboveZero)
        ? 2 *
          sumOfLosses(float32Truth(sample), (truth, prediction) => {
            const ratio = truth / (prediction + 1e-9);
            return ratio - safeLog(ratio) - 1;
          })
        : undefined,
  },
  {
    ...likelihood,
    id: "lightgbm:tweedie",
    names: names.tweedie,
    call: "metric='tweedie'",
    formula: "The mean of 2 y_true / √y_pred + 2 √y_pred, the likelihood of power 1.5 without its constant.",
    traits: { zeros: "predictions below 1e-10 count as 1e-10" },
    of: (sample) =>
      mean(sample, (truth, prediction) => {
        const root = Math.sqrt(Math.max(prediction, 1e-10));
        return (2 * truth) / root + 2 * root;
      }),
  },
];

export const fair: Loss = (truth, prediction) => {
  const size = Math.abs(truth - prediction);
  return size - Math.log1p(size);
};

function isAboveZero(truth: number): boolean {
  return truth > 0;
}

function safeLog(value: number): number {
  return value > 0 ? Math.log(value) : -Infinity;
}

function mean(sample: Parameters<RegressionDefinition["of"]>[0], loss: Loss): number {
  return meanLoss(float32Truth(sample), loss);
}
