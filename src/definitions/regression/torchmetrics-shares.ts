import { errors } from "../../scores/errors.js";
import type { RegressionSample } from "../../scores/sample.js";
import { explainedShare } from "../../scores/variation.js";
import type { RegressionDefinition } from "../definition.js";
import { remembered } from "../remembered.js";
import { names } from "./names.js";
import { correlation, share } from "./ranges.js";
import { averageRanks, pairCounts } from "./ranks.js";
import { torchMean, torchSum } from "./torch-sum.js";
import { metric, torchmetrics } from "./torchmetrics-errors.js";

/** Sums of squares less squares of sums: of numbers far from 0 few digits are left. */
const digits = "as a difference of two sums, which loses digits where y_true is far from 0";

/** torchmetrics' shares and correlations, on float64 tensors. */
export const torchmetricsShares: readonly RegressionDefinition[] = [
  metric("r2_score", {
    ...share,
    names: names.r2,
    formula: `1 - Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)², the latter ${digits}. Sums below 0.0001 count as 0.`,
    traits: {
      ...torchmetrics.traits,
      constants: "gives 1 if Σ(y_true - y_pred)² is below 0.0001, else 0 if y_true varies less than that",
    },
    of(sample) {
      if (sample.yTrue.length < 2) return undefined;
      const unexplained = sumOfSquares(errors(sample));
      if (unexplained <= 1e-4) return 1;
      const total = variationByMean(sample.yTrue);
      return Math.abs(total) <= 1e-4 ? 0 : 1 - unexplained / total;
    },
  }),
  metric("explained_variance", {
    ...share,
    names: names.explained,
    formula: `1 - Var(y_true - y_pred) / Var(y_true), both ${digits}.`,
    of: (sample) => explainedShare(variance(errors(sample)), variance(sample.yTrue)),
  }),
  metric("relative_squared_error", {
    names: ["rse", "relative_squared_error", "rrse"],
    formula: `Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)², the latter ${digits}.`,
    of(sample) {
      const { yTrue } = sample;
      const sum = torchSum(yTrue);
      const total = sumOfSquares(yTrue) - (sum * sum) / yTrue.length;
      return sumOfSquares(errors(sample)) / Math.max(total, Number.EPSILON);
    },
  }),
  metric("pearson_corrcoef", {
    ...correlation,
    names: names.pearson,
    formula: "The covariance of y_true and y_pred / both standard deviations.",
    traits: {
      ...torchmetrics.traits,
      constants: "NaN, also if a variance is below 1.5e-8 of the largest squared deviation",
    },
    of: (sample) => pearson(sample),
  }),
  metric("concordance_corrcoef", {
    ...correlation,
    names: ["concordance", "ccc", "concordance_corrcoef", "lin_concordance"],
    formula: "Twice the covariance / (both variances, by n - 1, + the squared difference of the means).",
    traits: { ...torchmetrics.traits, constants: "NaN" },
    of(sample) {
      const { n, means, squares } = deviations(sample);
      const [truth, prediction] = squares.map((sum) => sum / (n - 1)) as [number, number];
      const distance = truth + prediction + (means[0] - means[1]) ** 2;
      return (2 * pearson(sample) * Math.sqrt(truth) * Math.sqrt(prediction)) / distance;
    },
  }),
  metric("spearman_corrcoef", {
    ...correlation,
    precision: "float32",
    names: names.spearman,
    formula: "The covariance of the ranks / (both standard deviations + 1e-6), in float32.",
    traits: { ...torchmetrics.traits, ties: "share their mean rank", constants: "0" },
    of(sample) {
      const { n, squares, product } = deviations(averageRanks(sample));
      return product / n / (Math.sqrt(squares[0] / n) * Math.sqrt(squares[1] / n) + 1e-6);
    },
  }),
  metric("kendall_rank_corrcoef", {
    ...correlation,
    precision: "float32",
    names: names.kendall,
    formula:
      "Kendall's tau-b: pairs ordered alike less the others, / √(pairs not tied in y_true · in y_pred).",
    traits: { ...torchmetrics.traits, ties: "are left out of the divisor", constants: "NaN" },
    of(sample) {
      const { pairs, agreement, tiedInTruth, tiedInPrediction } = pairCounts(sample);
      return agreement / Math.sqrt((pairs - tiedInTruth) * (pairs - tiedInPrediction));
    },
  }),
];

interface Deviations {
  n: number;
  means: readonly [number, number];
  squares: readonly [number, number];
  product: number;
  largest: readonly [number, number];
}

/** Means, and sums of squares and products of the deviations from them. */
const deviations = remembered(({ yTrue, yPred }: RegressionSample): Deviations => {
  const n = yTrue.length;
  const means = [torchMean(yTrue), torchMean(yPred)] as const;
  const [x, y] = [yTrue.map((truth) => truth - means[0]), yPred.map((prediction) => prediction - means[1])];
  return {
    n,
    means,
    squares: [sumOfSquares(x), sumOfSquares(y)],
    product: torchSum(x.map((value, i) => value * y[i]!)),
    largest: [largestFrom(yTrue, (means[0] * n) / n), largestFrom(yPred, (means[1] * n) / n)],
  };
});

function pearson(sample: RegressionSample): number {
  const { n, squares, product, largest } = deviations(sample);
  const [truth, prediction] = squares.map((sum, i) => sum / (n - 1) / largest[i]! ** 2) as [number, number];
  const least = Math.sqrt(Number.EPSILON);
  if (!(truth >= least && prediction >= least)) return NaN;
  const covariance = product / (n - 1) / (largest[0] * largest[1]);
  return Math.min(1, Math.max(-1, covariance / Math.sqrt(truth * prediction)));
}

function largestFrom(values: Float64Array, mean: number): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
}

function sumOfSquares(values: Float64Array): number {
  return torchSum(values.map((value) => value * value));
}

function variationByMean(values: Float64Array): number {
  const sum = torchSum(values);
  return sumOfSquares(values) - sum * (sum / values.length);
}

function variance(values: Float64Array): number {
  const mean = torchSum(values) / values.length;
  return sumOfSquares(values) / values.length - mean * mean;
}
