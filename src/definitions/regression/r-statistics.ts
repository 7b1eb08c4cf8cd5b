import { errors } from "../../scores/errors.js";
import { sortNumbers } from "../../scores/sort-numbers.js";
import type { RegressionDefinition } from "../definition.js";
import * as shares from "./measured-shares.js";
import * as of from "./measures.js";
import { names } from "./names.js";
import { averagedQuantile, linearQuantile, lineQuantile, steppedQuantile } from "./quantiles.js";
import { correlation, error } from "./ranges.js";
import { pairCounts } from "./ranks.js";

const r = {
  library: "R",
  version: "4.2.2",
  traits: {},
  precision: "float64",
  comparedWith: "library",
} as const;

const infinite = "a constant y_true gives -Inf, or NaN if every prediction is exact";
const constants = "NA";

/** R's own statistics of true values y and predictions p. */
export const rStatistics: readonly RegressionDefinition[] = of.definitionsOf("r", r, [
  ["cor", "cor(y, p)", { ...shares.pearson(undefined), traits: { constants } }],
  [
    "cor(method='spearman')",
    "cor(y, p, method = 'spearman')",
    { ...shares.spearman(undefined), traits: { ties: "share their mean rank", constants } },
  ],
  [
    "cor(method='kendall')",
    "cor(y, p, method = 'kendall')",
    {
      ...correlation,
      names: names.kendall,
      formula:
        "Kendall's tau-b: pairs ordered alike less the others, / √(pairs not tied in y_true · in y_pred).",
      traits: { ties: "are left out of the divisor", constants },
      of(sample) {
        const { pairs, agreement, tiedInTruth, tiedInPrediction } = pairCounts(sample);
        const divisor = Math.sqrt(pairs - tiedInTruth) * Math.sqrt(pairs - tiedInPrediction);
        return divisor === 0 ? undefined : agreement / divisor;
      },
    },
  ],
  ["mean(abs)", "mean(abs(y - p))", of.meanOfSizes],
  ["sqrt(mean(squares))", "sqrt(mean((y - p)^2))", of.rootOfSquares],
  ["median(abs)", "median(abs(y - p))", of.continuousQuantile(0.5)],
  ["sd(error)", "sd(y - p)", of.spread(1)],
  ["mad(error)", "mad(y - p)", of.medianDeviation(1.4826)],
  [
    "IQR(error)",
    "IQR(y - p)",
    {
      ...error,
      names: ["iqr", "interquartile_range"],
      formula:
        "The distance of the quartiles of the errors, each on the line between the two nearest: type 7.",
      of(sample) {
        const sorted = errors(sample);
        sortNumbers(sorted);
        return linearQuantile(sorted, 0.75) - linearQuantile(sorted, 0.25);
      },
    },
  ],
  ["1 - ratio of squares", "1 - sum((y - p)^2) / sum((y - mean(y))^2)", shares.ratioOfSquares(infinite)],
  ["1 - ratio of variances", "1 - var(y - p) / var(y)", shares.ratioOfVariances(infinite)],
  quantile(1, "the least value that this share of them does not exceed", steppedQuantile),
  quantile(
    2,
    "as type 1, or the mean of it and the next where that is exactly their share",
    averagedQuantile,
  ),
  quantile(3, "the value nearest to that place, of two as near the one at an even place", nearestEven),
  quantile(5, "on a line through the middle of the steps", lineQuantile(0.5, 0.5)),
  quantile(6, "on the line between the two nearest, with one place more at each end", lineQuantile(0, 0)),
  quantile(7, "on the line between the two nearest: the default", linearQuantile),
  quantile(8, "on the line of the medians of the places", lineQuantile(1 / 3, 1 / 3)),
]);

type Quantile = (sizes: Float64Array, share: number) => number;

function quantile(type: number, which: string, answer: Quantile) {
  const measure: of.Measure = {
    ...error,
    names: of.quantileNames(0.9),
    formula: `The 0.9-quantile of |y_true - y_pred|, ${which}.`,
    of: (sample) => answer(of.sortedSizes(sample), 0.9),
  };
  return [`quantile(0.9, type=${type})(abs)`, `quantile(abs(y - p), 0.9, type = ${type})`, measure] as const;
}

function nearestEven(sizes: Float64Array, share: number): number {
  const place = share * sizes.length - 0.5;
  const below = Math.floor(place);
  const at = place === below && below % 2 === 0 ? below : below + 1;
  return sizes[Math.min(Math.max(at, 1), sizes.length) - 1]!;
}
