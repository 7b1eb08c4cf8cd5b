import { errors } from "../../scores/errors.js";
import { median } from "../../scores/median.js";
import type { RegressionSample } from "../../scores/sample.js";
import { isConstant, variation } from "../../scores/variation.js";
import type { RegressionDefinition } from "../definition.js";
import { absoluteError, type Loss, relativeError, squaredLogError } from "./losses.js";
import { meanLoss, sumOf, sumOfLosses } from "./mean-loss.js";
import * as shares from "./measured-shares.js";
import * as of from "./measures.js";
import { names } from "./names.js";
import { error, signed } from "./ranges.js";

const r = { traits: {}, precision: "float64", comparedWith: "library" } as const;
const caret = { ...r, library: "caret", version: "6.0-93" };
const metrics = { ...r, library: "Metrics (R)", version: "0.1.4" };
const mlMetrics = { ...r, library: "MLmetrics", version: "1.1.1" };

const infinite = "a constant y_true gives -Inf, or NaN if every prediction is exact";

const squaredPearson: of.Measure = {
  ...shares.squaredCorrelation,
  traits: { constants: "NA" },
  of: (sample) => (isConstant(sample.yTrue) ? undefined : shares.squaredCorrelation.of(sample)),
};

const relativeAbsolute: of.Measure = {
  ...error,
  names: ["rae", "relative_absolute_error"],
  formula: "Σ|y_true - y_pred| / Σ|y_true - mean of y_true|.",
  traits: { constants: "a constant y_true gives Inf" },
  of({ yTrue, yPred }) {
    if (isConstant(yTrue)) return sumOfLosses({ yTrue, yPred }, absoluteError) / 0;
    const mean = sumOf(yTrue.length, (i) => yTrue[i]!) / yTrue.length;
    return (
      sumOfLosses({ yTrue, yPred }, absoluteError) /
      sumOfLosses({ yTrue, yPred }, (truth) => absoluteError(truth, mean))
    );
  },
};

const relativeSquared: of.Measure = {
  ...error,
  names: ["rse", "relative_squared_error"],
  formula: "Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)².",
  traits: { constants: "a constant y_true gives Inf" },
  of: (sample) => sumOfLosses(sample, (truth, p) => (truth - p) ** 2) / variation(sample.yTrue),
};

const rootRelativeSquared: of.Measure = {
  ...relativeSquared,
  names: ["rrse", "root_relative_squared_error"],
  formula: "√(Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)²).",
  of: (sample) => Math.sqrt(relativeSquared.of(sample)!),
};

const logSquares: of.Measure = {
  ...error,
  names: names.msle,
  formula: "The mean of (ln(1 + y_true) - ln(1 + y_pred))²; NaN if a value is below -1.",
  of: (sample) => meanLoss(sample, squaredLogError),
};

const rootOfLogSquares: of.Measure = {
  ...error,
  names: names.rmsle,
  formula: "The square root of the mean of (ln(1 + y_true) - ln(1 + y_pred))²; NaN if a value is below -1.",
  of: (sample) => Math.sqrt(meanLoss(sample, squaredLogError)),
};

/** What caret says of true values y and predictions p. */
export const caretErrors: readonly RegressionDefinition[] = of.definitionsOf("caret", caret, [
  ["postResample(RMSE)", "postResample(p, y)[['RMSE']]", of.rootOfSquares],
  ["postResample(Rsquared)", "postResample(p, y)[['Rsquared']]", squaredPearson],
  ["postResample(MAE)", "postResample(p, y)[['MAE']]", of.meanOfSizes],
  ["R2", "R2(p, y)", squaredPearson],
  ["R2(formula='traditional')", "R2(p, y, formula = 'traditional')", shares.ratioOfSquares(infinite)],
  ["RMSE", "RMSE(p, y)", of.rootOfSquares],
  ["MAE", "MAE(p, y)", of.meanOfSizes],
]);

/** What the R package Metrics says, true values first. */
export const rMetricsErrors: readonly RegressionDefinition[] = of.definitionsOf("r-metrics", metrics, [
  ["mae", "mae(y, p)", of.meanOfSizes],
  ["mse", "mse(y, p)", of.meanOfSquares],
  ["rmse", "rmse(y, p)", of.rootOfSquares],
  ["mdae", "mdae(y, p)", of.continuousQuantile(0.5)],
  ["mape", "mape(y, p)", of.meanOfRatios],
  [
    "smape",
    "smape(y, p)",
    {
      ...error,
      range: [0, 2],
      names: names.smape,
      formula: "Twice the mean of |y_true - y_pred| / (|y_true| + |y_pred|): 0 to 2.",
      traits: { zeros: "NaN where both are 0" },
      of: (sample) => 2 * meanLoss(sample, symmetric),
    },
  ],
  ["msle", "msle(y, p)", logSquares],
  ["rmsle", "rmsle(y, p)", rootOfLogSquares],
  [
    "bias",
    "bias(y, p)",
    {
      ...signed,
      names: names.bias,
      formula: "The mean of y_true - y_pred: above 0 the model predicts too low.",
      traits: { argumentOrder: "the first less the second" },
      of: (sample) => meanLoss(sample, (truth, prediction) => truth - prediction),
    },
  ],
  [
    "percent_bias",
    "percent_bias(y, p)",
    {
      ...signed,
      names: ["percent_bias", "pbias", "mpe", "mean_percentage_error"],
      formula: "The mean of (y_true - y_pred) / |y_true|, a fraction: above 0 the model predicts too low.",
      traits: { zeros: "a true value of 0 makes it infinite or NaN" },
      of: (sample) => meanLoss(sample, (truth, prediction) => (truth - prediction) / Math.abs(truth)),
    },
  ],
  ["rae", "rae(y, p)", relativeAbsolute],
  ["rse", "rse(y, p)", relativeSquared],
  ["rrse", "rrse(y, p)", rootRelativeSquared],
]);

/** What the R package MLmetrics says, predictions first. */
export const mlMetricsErrors: readonly RegressionDefinition[] = of.definitionsOf("mlmetrics", mlMetrics, [
  ["MAE", "MAE(p, y)", of.meanOfSizes],
  ["MSE", "MSE(p, y)", of.meanOfSquares],
  ["RMSE", "RMSE(p, y)", of.rootOfSquares],
  ["MAPE", "MAPE(p, y)", of.meanOfRatios],
  ["MedianAE", "MedianAE(p, y)", of.continuousQuantile(0.5)],
  [
    "MedianAPE",
    "MedianAPE(p, y)",
    {
      ...error,
      names: names.mdape,
      formula: "The median of |y_true - y_pred| / |y_true|, a fraction.",
      traits: { zeros: "NA if a true value and its prediction are 0" },
      of(sample) {
        const ratios = ratiosOf(sample);
        return ratios.some(Number.isNaN) ? undefined : median(ratios);
      },
    },
  ],
  [
    "RMSPE",
    "RMSPE(p, y)",
    {
      ...error,
      names: names.rmspe,
      formula: "The square root of the mean of (error / y_true)², a fraction.",
      traits: { zeros: "a true value of 0 makes it Inf, or NaN if its prediction is 0 too" },
      of: (sample) => Math.sqrt(meanLoss(sample, (truth, p) => relativeError(truth, p) ** 2)),
    },
  ],
  ["RMSLE", "RMSLE(p, y)", rootOfLogSquares],
  ["R2_Score", "R2_Score(p, y)", shares.ratioOfSquares(infinite)],
  ["RAE", "RAE(p, y)", relativeAbsolute],
  ["RRSE", "RRSE(p, y)", rootRelativeSquared],
]);

const symmetric: Loss = (truth, prediction) =>
  absoluteError(truth, prediction) / (Math.abs(truth) + Math.abs(prediction));

function ratiosOf(sample: RegressionSample): Float64Array {
  return errors(sample).map((value, i) => Math.abs(value / sample.yTrue[i]!));
}
