import { errors } from "../../scores/errors.js";
import { sumOfSquaredErrors } from "../../scores/mean-squared-error.js";
import type { RegressionSample } from "../../scores/sample.js";
import { variation } from "../../scores/variation.js";
import type { RegressionDefinition } from "../definition.js";
import * as shares from "./measured-shares.js";
import * as of from "./measures.js";
import { type RunningSums, youngsCramer } from "./youngs-cramer.js";

const postgresql = {
  library: "PostgreSQL",
  version: "15.18",
  traits: {},
  precision: "float64",
  comparedWith: "library",
} as const;

const rounded = "NULL, unless their running sums are rounded: then any number";

/** PostgreSQL's aggregates over a table of true values y and predictions p. */
export const postgresqlAggregates: readonly RegressionDefinition[] = of.definitionsOf(
  "postgresql",
  postgresql,
  [
    [
      "regr_r2",
      "regr_r2(y, p)",
      running(shares.squaredCorrelation, ({ truths, predictions, products }) => {
        if (predictions === 0) return undefined;
        return truths === 0 ? 1 : products ** 2 / (truths * predictions);
      }),
    ],
    [
      "corr",
      "corr(y, p)",
      running(shares.pearson(undefined), ({ truths, predictions, products }) =>
        truths === 0 || predictions === 0 ? undefined : products / Math.sqrt(truths * predictions),
      ),
    ],
    [
      "regr_slope",
      "regr_slope(y, p)",
      running(shares.slope(undefined), ({ predictions, products }) =>
        predictions === 0 ? undefined : products / predictions,
      ),
    ],
    [
      "regr_intercept",
      "regr_intercept(y, p)",
      running(shares.intercept, ({ n, truthSum, predictionSum, predictions, products }) =>
        predictions === 0 ? undefined : (truthSum - (predictionSum * products) / predictions) / n,
      ),
    ],
    ["covar_pop", "covar_pop(y, p)", shares.covariance(0)],
    ["covar_samp", "covar_samp(y, p)", shares.covariance(1)],
    [
      "1 - ratio of squares",
      "1 - sum((y - p) ^ 2) / nullif(var_pop(y) * count(*), 0)",
      running(shares.ratioOfSquares(rounded), ({ truths }, { yTrue, yPred }) =>
        truths === 0 ? undefined : 1 - sumOfSquaredErrors(yTrue, yPred) / truths,
      ),
    ],
    [
      "1 - ratio of variances",
      "1 - var_pop(y - p) / nullif(var_pop(y), 0)",
      running(shares.ratioOfVariances(rounded), ({ truths }, sample) =>
        truths === 0 ? undefined : 1 - variation(errors(sample)) / truths,
      ),
    ],
    ["avg(abs)", "avg(abs(y - p))", of.meanOfSizes],
    ["avg(squares)", "avg((y - p) ^ 2)", of.meanOfSquares],
    ["sqrt(avg(squares))", "sqrt(avg((y - p) ^ 2))", of.rootOfSquares],
    ["avg(error)", "avg(p - y)", of.meanOfErrors],
    ["max(abs)", "max(abs(y - p))", of.largestSize],
    ...[0.5, 0.9].flatMap((share) => [
      [
        `percentile_cont(${share})(abs)`,
        `percentile_cont(${share}) WITHIN GROUP (ORDER BY abs(y - p))`,
        of.continuousQuantile(share),
      ] as const,
      [
        `percentile_disc(${share})(abs)`,
        `percentile_disc(${share}) WITHIN GROUP (ORDER BY abs(y - p))`,
        of.discreteQuantile(share),
      ] as const,
    ]),
    ["stddev_samp(error)", "stddev_samp(p - y)", of.spread(1)],
    ["stddev_pop(error)", "stddev_pop(p - y)", of.spread(0)],
  ],
);

/** The measure, of PostgreSQL's own sums. */
function running(
  measure: of.Measure,
  answer: (sums: RunningSums, sample: RegressionSample) => number | undefined,
): of.Measure {
  return { ...measure, of: (sample) => answer(youngsCramer(sample), sample) };
}
