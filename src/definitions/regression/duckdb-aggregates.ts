import type { RegressionDefinition } from "../definition.js";
import { sumOf } from "./mean-loss.js";
import * as shares from "./measured-shares.js";
import * as of from "./measures.js";
import { error } from "./ranges.js";

const duckdb = {
  library: "DuckDB",
  version: "2.0.1",
  traits: {},
  precision: "float64",
  comparedWith: "library",
} as const;

const infinite = "a constant y_true gives -inf, or NaN if every prediction is exact";

/** DuckDB's aggregates over a table of true values y and predictions p. */
export const duckdbAggregates: readonly RegressionDefinition[] = of.definitionsOf("duckdb", duckdb, [
  ["regr_r2", "regr_r2(y, p)", shares.squaredCorrelation],
  ["corr", "corr(y, p)", shares.pearson(NaN)],
  ["regr_slope", "regr_slope(y, p)", shares.slope(NaN)],
  ["regr_intercept", "regr_intercept(y, p)", shares.intercept],
  ["covar_pop", "covar_pop(y, p)", shares.covariance(0)],
  ["covar_samp", "covar_samp(y, p)", shares.covariance(1)],
  [
    "1 - ratio of squares",
    "1 - sum((y - p) ** 2) / (var_pop(y) * count(*))",
    shares.ratioOfSquares(infinite),
  ],
  ["1 - ratio of variances", "1 - var_pop(y - p) / var_pop(y)", shares.ratioOfVariances(infinite)],
  ["avg(abs)", "avg(abs(y - p))", of.meanOfSizes],
  ["favg(abs)", "favg(abs(y - p))", of.meanOfSizes],
  ["avg(squares)", "avg((y - p) ** 2)", of.meanOfSquares],
  ["sqrt(avg(squares))", "sqrt(avg((y - p) ** 2))", of.rootOfSquares],
  ["avg(error)", "avg(p - y)", of.meanOfErrors],
  ["avg(relative)", "avg(abs((y - p) / y))", of.meanOfRatios],
  ["max(abs)", "max(abs(y - p))", of.largestSize],
  ["median(abs)", "median(abs(y - p))", of.continuousQuantile(0.5)],
  ["quantile_cont(abs, 0.5)", "quantile_cont(abs(y - p), 0.5)", of.continuousQuantile(0.5)],
  ["quantile_cont(abs, 0.9)", "quantile_cont(abs(y - p), 0.9)", of.continuousQuantile(0.9)],
  ["quantile_disc(abs, 0.5)", "quantile_disc(abs(y - p), 0.5)", of.discreteQuantile(0.5)],
  ["quantile_disc(abs, 0.9)", "quantile_disc(abs(y - p), 0.9)", of.discreteQuantile(0.9)],
  ["stddev_samp(error)", "stddev_samp(p - y)", of.spread(1)],
  ["stddev_pop(error)", "stddev_pop(p - y)", of.spread(0)],
  ["mad(error)", "mad(p - y)", of.medianDeviation(1)],
  [
    "geomean(abs)",
    "geomean(abs(y - p))",
    {
      ...error,
      names: ["gmae", "geometric_mean_absolute_error"],
      formula: "The geometric mean of |y_true - y_pred|: 0 if one prediction is exact.",
      of(sample) {
        const sizes = of.sortedSizes(sample);
        return Math.exp(sumOf(sizes.length, (i) => Math.log(sizes[i]!)) / sizes.length);
      },
    },
  ],
]);
