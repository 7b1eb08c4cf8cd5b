import type { RegressionSample } from "../../scores/sample.js";
import type { RegressionDefinition } from "../definition.js";
import { float32Sample } from "./float32-sample.js";
import { absoluteError, huber, type Loss, logCosh, squaredError } from "./losses.js";
import { meanLoss, sumOfLosses } from "./mean-loss.js";
import { names } from "./names.js";
import { correlation, error } from "./ranges.js";

const keras = {
  library: "Keras",
  version: "3.15.0",
  traits: {},
  precision: "float32",
  comparedWith: "library",
  kind: "regression",
} as const;

type Asked = Pick<RegressionDefinition, "names" | "formula" | "of"> & Partial<RegressionDefinition>;

/** Keras' metrics of numbers, in float32. */
export const kerasErrors: readonly RegressionDefinition[] = [
  metric("MeanAbsoluteError", {
    names: names.mae,
    formula: "The mean of |y_true - y_pred|, of numbers rounded to float32.",
    of: (sample) => mean(sample, absoluteError),
  }),
  metric("MeanSquaredError", {
    names: names.mse,
    formula: "The mean of (y_true - y_pred)², of numbers rounded to float32.",
    of: (sample) => mean(sample, squaredError),
  }),
  metric("RootMeanSquaredError", {
    names: names.rmse,
    formula: "The square root of the mean of (y_true - y_pred)², of numbers rounded to float32.",
    of: (sample) => Math.sqrt(mean(sample, squaredError)),
  }),
  metric("MeanAbsolutePercentageError", {
    names: names.mape,
    formula: "100 times the mean of |y_true - y_pred| / max(1e-7, |y_true|): percent.",
    traits: { zeros: "count as 1e-7, so that one makes the mean huge" },
    of: (sample) =>
      100 *
      mean(sample, (truth, prediction) => absoluteError(truth, prediction) / Math.max(1e-7, Math.abs(truth))),
  }),
  metric("MeanSquaredLogarithmicError", {
    names: names.msle,
    formula: "The mean of (ln(1 + y_true) - ln(1 + y_pred))², where values below 1e-7 count as 1e-7.",
    of: (sample) =>
      mean(sample, (truth, prediction) => (logAboveZero(truth) - logAboveZero(prediction)) ** 2),
  }),
  metric("LogCoshError", {
    names: names.logCosh,
    formula: "The mean of ln(cosh(error)).",
    of: (sample) => mean(sample, logCosh),
  }),
  metric("CosineSimilarity", {
    ...correlation,
    names: ["cosine_similarity", "cosine", "cosine_proximity"],
    call: "keras.metrics.CosineSimilarity(), of two vectors",
    formula:
      "Σ y_true y_pred / (√Σ y_true² √Σ y_pred²): 1 is best, where keras.losses.cosine_similarity has -1.",
    traits: { zeros: "0 where one of them is 0 throughout" },
    of(sample) {
      const rounded = float32Sample(sample);
      const product = sumOfLosses(rounded, (truth, prediction) => truth * prediction);
      const truths = sumOfLosses(rounded, (truth) => truth * truth);
      const predictions = sumOfLosses(rounded, (_, prediction) => prediction * prediction);
      return truths === 0 || predictions === 0 ? 0 : product / Math.sqrt(truths) / Math.sqrt(predictions);
    },
  }),
  metric("CosineSimilarity(column)", {
    ...correlation,
    names: ["cosine_similarity", "cosine", "cosine_proximity"],
    call: "keras.metrics.CosineSimilarity(), of two columns, as compile() and fit() have them",
    formula:
      "Of a model with one output each sample is a vector of its own, so this is the share of samples with the right sign less that with the wrong one.",
    traits: { zeros: "count 0" },
    of: (sample) => mean(sample, (truth, prediction) => Math.sign(truth) * Math.sign(prediction)),
  }),
  metric("Huber", {
    names: names.huber,
    call: "keras.losses.Huber()",
    formula: "The mean of error² / 2 up to 1, of |error| - 1/2 from there on.",
    of: (sample) => mean(sample, huber(1)),
  }),
];

function metric(name: string, asked: Asked): RegressionDefinition {
  return { ...keras, ...error, id: `keras:${name}`, call: `keras.metrics.${name}()`, ...asked };
}

function mean(sample: RegressionSample, loss: Loss): number {
  return meanLoss(float32Sample(sample), loss);
}

function logAboveZero(value: number): number {
  return Math.log1p(Math.max(value, 1e-7));
}
