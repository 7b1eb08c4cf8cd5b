import type { RegressionSample } from "../../scores/sample.js";
import type { RegressionDefinition } from "../definition.js";
import { sumOf } from "./mean-loss.js";
import * as shares from "./measured-shares.js";
import * as of from "./measures.js";
import { names } from "./names.js";
import { lineQuantile } from "./quantiles.js";
import { correlation, error } from "./ranges.js";
import { averageRanks } from "./ranks.js";

const clickhouse = {
  library: "ClickHouse",
  version: "26.9 (chdb 4.4.0)",
  traits: {},
  precision: "float64",
  comparedWith: "library",
} as const;

const infinite = "a constant y_true gives -inf, or NaN if every prediction is exact";

/** ClickHouse's aggregates over a table of true values y and predictions p; the version is that of chdb. */
export const clickhouseAggregates: readonly RegressionDefinition[] = of.definitionsOf(
  "clickhouse",
  clickhouse,
  [
    [
      "corr",
      "corr(y, p)",
      {
        ...correlation,
        names: names.pearson,
        formula:
          "The covariance of y_true and y_pred / both standard deviations, as differences of large sums: far from 0 few digits are right.",
        of: correlationOfSums,
      },
    ],
    ["corrStable", "corrStable(y, p)", shares.pearson(NaN)],
    [
      "rankCorr",
      "rankCorr(y, p)",
      {
        ...correlation,
        names: names.spearman,
        formula:
          "1 - 6 Σ(difference of the ranks)² / (n³ - n), which is Spearman's correlation without ties only.",
        traits: { ties: "share their mean rank, and make it too high", constants: "a number like any other" },
        of(sample) {
          const { yTrue, yPred } = averageRanks(sample);
          const n = yTrue.length;
          return 1 - (6 * sumOf(n, (i) => (yTrue[i]! - yPred[i]!) ** 2)) / (n * (n * n - 1));
        },
      },
    ],
    ["covarPopStable", "covarPopStable(y, p)", shares.covariance(0)],
    ["covarSampStable", "covarSampStable(y, p)", shares.covariance(1)],
    [
      "1 - ratio of squares",
      "1 - sum(pow(y - p, 2)) / (varPopStable(y) * count())",
      shares.ratioOfSquares(infinite),
    ],
    [
      "1 - ratio of variances",
      "1 - varPopStable(y - p) / varPopStable(y)",
      shares.ratioOfVariances(infinite),
    ],
    ["avg(abs)", "avg(abs(y - p))", of.meanOfSizes],
    ["avg(squares)", "avg(pow(y - p, 2))", of.meanOfSquares],
    ["sqrt(avg(squares))", "sqrt(avg(pow(y - p, 2)))", of.rootOfSquares],
    ["avg(relative)", "avg(abs((y - p) / y))", of.meanOfRatios],
    ["stddevSampStable(error)", "stddevSampStable(p - y)", of.spread(1)],
    ["stddevPopStable(error)", "stddevPopStable(p - y)", of.spread(0)],
    quantile("quantileExact", 0.5, "of the middle two the upper", exact),
    quantile("quantileExact", 0.9, "the value at that share of their number, counted from 0", exact),
    quantile("quantileExactLow", 0.5, "of the middle two the lower", (sizes, share) =>
      exact(sizes, (share * (sizes.length - 1)) / sizes.length),
    ),
    quantile("quantileExactHigh", 0.5, "of the middle two the upper", exact),
    ...[0.5, 0.9].flatMap((share) => [
      [
        `quantileExactInclusive(${share})(abs)`,
        `quantileExactInclusive(${share})(abs(y - p))`,
        of.continuousQuantile(share),
      ] as const,
      quantile(
        "quantileExactExclusive",
        share,
        "on the line between the two nearest, with one place more at each end: R's type 6",
        lineQuantile(0, 0),
      ),
    ]),
  ],
);

type Quantile = (sizes: Float64Array, share: number) => number;

function quantile(name: string, share: number, which: string, answer: Quantile) {
  const measure: of.Measure = {
    ...error,
    names: of.quantileNames(share),
    formula: `The ${share}-quantile of |y_true - y_pred|, ${which}.`,
    of: (sample) => answer(of.sortedSizes(sample), share),
  };
  return [`${name}(${share})(abs)`, `${name}(${share})(abs(y - p))`, measure] as const;
}

function exact(sizes: Float64Array, share: number): number {
  return sizes[Math.min(Math.floor(share * sizes.length), sizes.length - 1)]!;
}

/** One plain sum each, in the order of the rows. */
function correlationOfSums({ yTrue, yPred }: RegressionSample): number {
  const n = yTrue.length;
  let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [truth, prediction] = [yTrue[i]!, yPred[i]!];
    x += truth;
    y += prediction;
    xx += truth * truth;
    yy += prediction * prediction;
    xy += truth * prediction;
  }
  return (n * xy - x * y) / Math.sqrt((n * xx - x * x) * (n * yy - y * y));
}
