import { sumOfSquaredErrors } from "../../scores/mean-squared-error.js";
import type { RegressionSample } from "../../scores/sample.js";
import { variation } from "../../scores/variation.js";
import type { RegressionDefinition } from "../definition.js";
import * as shares from "./measured-shares.js";
import * as of from "./measures.js";
import { names } from "./names.js";
import { share, signed } from "./ranges.js";

const spark = {
  library: "Spark",
  version: "4.3.0",
  traits: {},
  precision: "float64",
  comparedWith: "library",
} as const;

/** Spark's RegressionEvaluator, and its aggregates over a table of true values y and predictions p. */
export const sparkAggregates: readonly RegressionDefinition[] = [
  evaluated("rmse", of.rootOfSquares),
  evaluated("mse", of.meanOfSquares),
  evaluated("mae", of.meanOfSizes),
  evaluated("r2", {
    ...share,
    names: names.r2,
    formula: "1 - Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)².",
    traits: { constants: "a constant y_true gives -inf, or NaN if every prediction is exact" },
    of: ({ yTrue, yPred }) => 1 - sumOfSquaredErrors(yTrue, yPred) / variation(yTrue),
  }),
  evaluated("var", {
    ...signed,
    direction: "higher",
    range: [0, Infinity],
    names: names.explained,
    formula:
      "The mean of (y_pred - mean of y_true)², in the squared unit of y_true: no share, and without an upper end.",
    of: explainedVariance,
  }),
  ...of.definitionsOf("spark", spark, [
    ["regr_r2", "regr_r2(y, p)", shares.squaredCorrelation],
    ["corr", "corr(y, p)", shares.pearson(undefined)],
    ["regr_slope", "regr_slope(y, p)", shares.slope(undefined)],
    ["covar_pop", "covar_pop(y, p)", shares.covariance(0)],
    ["covar_samp", "covar_samp(y, p)", shares.covariance(1)],
    ["avg(abs)", "avg(abs(y - p))", of.meanOfSizes],
    ["median(abs)", "median(abs(y - p))", of.continuousQuantile(0.5)],
    ["percentile(abs, 0.5)", "percentile(abs(y - p), 0.5)", of.continuousQuantile(0.5)],
    ["percentile(abs, 0.9)", "percentile(abs(y - p), 0.9)", of.continuousQuantile(0.9)],
    ["stddev(error)", "stddev(p - y)", of.spread(1)],
  ]),
];

function evaluated(name: string, measure: of.Measure): RegressionDefinition {
  return {
    ...spark,
    kind: "regression",
    id: `spark:RegressionEvaluator(${name})`,
    call: `RegressionEvaluator(metricName="${name}").evaluate(predictions)`,
    ...measure,
  };
}

/** As a difference of large sums, which is not 0 where it should be. */
function explainedVariance({ yTrue, yPred }: RegressionSample): number {
  const n = yTrue.length;
  const mean = runningMean(yTrue);
  let squares = 0;
  for (let i = 0; i < n; i++) squares += yPred[i]! * yPred[i]!;
  return (Math.sqrt(squares) ** 2 + mean ** 2 * n - 2 * mean * runningMean(yPred) * n) / n;
}

/** The mean of the numbers that are not 0, which is kept up row by row, times the share of these. */
function runningMean(values: Float64Array): number {
  let [mean, count] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (values[i] === 0) continue;
    count += 1;
    mean += (values[i]! - mean) / count;
  }
  return mean * (count / values.length);
}
