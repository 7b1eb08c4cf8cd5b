import { errors } from "../../scores/errors.js";
import type { RegressionSample } from "../../scores/sample.js";
import type { RegressionDefinition } from "../definition.js";
import { noInterval } from "../no-interval.js";
import { extent } from "./extent.js";
import { squaredError } from "./losses.js";
import { meanLoss, sumOfLosses } from "./mean-loss.js";
import { names } from "./names.js";
import { numpyMoments } from "./numpy-moments.js";
import { numpyMean, numpySum, numpyVariation } from "./numpy-sum.js";
import { measure, orElse } from "./permetrics-errors.js";
import { correlation, error, share, signed } from "./ranges.js";

const unit = { direction: "higher", range: [0, 1] } as const;
const orZero = { constants: "0 where it is not finite" };

/** permetrics' shares, indices and correlations, with its defaults. */
export const permetricsShares: readonly RegressionDefinition[] = [
  measure("R2", {
    ...share,
    names: names.r2,
    formula: "1 - Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)².",
    traits: orZero,
    of: (sample) => orElse(0, explained(sample)),
  }),
  measure("NSE", {
    ...share,
    names: ["nse", "nash_sutcliffe", "nash_sutcliffe_efficiency"],
    formula: "1 - Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)², which is R².",
    traits: orZero,
    of: (sample) => orElse(0, explained(sample)),
  }),
  measure("NNSE", {
    ...unit,
    names: ["nnse", "normalized_nash_sutcliffe_efficiency"],
    formula: "1 / (2 - NSE).",
    traits: orZero,
    of: (sample) => orElse(0, 1 / (2 - explained(sample))),
  }),
  measure("EVS", {
    ...share,
    names: names.explained,
    formula: "1 - Var(y_true - y_pred) / Var(y_true).",
    traits: orZero,
    of: (sample) => orElse(0, explainedVariance(sample)),
  }),
  measure("VAF", {
    ...share,
    range: [-Infinity, 100],
    names: ["vaf", "variance_accounted_for"],
    formula: "100 (1 - Var(y_true - y_pred) / Var(y_true)): percent.",
    traits: orZero,
    of: (sample) => orElse(0, 100 * explainedVariance(sample)),
  }),
  measure("RRSE", {
    ...error,
    names: ["rrse", "root_relative_squared_error"],
    formula: "√(Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)²).",
    traits: { constants: "a constant y_true gives 0, its best value, whatever the predictions" },
    of: (sample) => orElse(0, Math.sqrt(1 - explained(sample))),
  }),
  measure("R", {
    ...correlation,
    names: names.pearson,
    formula: "The covariance of y_true and y_pred / both standard deviations.",
    traits: { constants: "-1" },
    of: (sample) => orElse(-1, pearson(sample)),
  }),
  measure("R2S", {
    ...unit,
    names: [...names.r2, "r2s", "rsq", "pearson_squared"],
    formula: "The square of Pearson's correlation, which is not R².",
    traits: orZero,
    of: (sample) => orElse(0, pearson(sample) ** 2),
  }),
  measure("AR", {
    ...unit,
    names: ["ar", "apcc", "absolute_pearson_correlation_coefficient"],
    formula: "Pearson's correlation with the size of each deviation from the mean: not |R|.",
    traits: orZero,
    of(sample) {
      const { sizes, truths, predictions } = numpyMoments(sample);
      return orElse(0, sizes / (Math.sqrt(truths) * Math.sqrt(predictions)));
    },
  }),
  measure("WI", {
    ...unit,
    names: ["wi", "willmott", "willmott_index", "index_of_agreement"],
    formula: "1 - Σ(y_true - y_pred)² / Σ(|y_pred - m| + |y_true - m|)², where m is the mean of y_true.",
    traits: orZero,
    of: (sample) => orElse(0, willmott(sample)),
  }),
  measure("CI", {
    ...correlation,
    names: ["ci", "confidence_index", "performance_index"],
    formula: "Pearson's correlation times Willmott's index: no interval.",
    traits: orZero,
    of: (sample) => orElse(0, pearson(sample) * willmott(sample)),
  }),
  measure("KGE", {
    ...share,
    names: ["kge", "kling_gupta", "kling_gupta_efficiency"],
    formula:
      "1 - √((r - 1)² + (β - 1)² + (γ - 1)²): Pearson's correlation, the ratio of the means and that of the relative standard deviations.",
    traits: orZero,
    of(sample) {
      const { truthMean, predictionMean, truths, predictions, n } = numpyMoments(sample);
      const spread = Math.sqrt(predictions / n) / predictionMean / (Math.sqrt(truths / n) / truthMean);
      const ratio = predictionMean / truthMean;
      return orElse(0, 1 - Math.sqrt((pearson(sample) - 1) ** 2 + (ratio - 1) ** 2 + (spread - 1) ** 2));
    },
  }),
  measure("OI", {
    ...share,
    names: ["oi", "overall_index"],
    formula: "(1 - the root mean squared error / the range of y_true + R²) / 2.",
    traits: orZero,
    noInterval: noInterval.ofRange,
    of(sample) {
      return orElse(
        0,
        (1 - Math.sqrt(meanLoss(sample, squaredError)) / extent(sample.yTrue) + explained(sample)) / 2,
      );
    },
  }),
  measure("COV", {
    ...signed,
    direction: "higher",
    names: ["cov", "covariance"],
    formula: "The covariance of y_true and y_pred, by n.",
    of: (sample) => numpyMoments(sample).products / sample.yTrue.length,
  }),
  measure("DRV", {
    ...signed,
    names: ["drv", "deviation_of_runoff_volume"],
    formula: "Σ y_pred / Σ y_true: 1 is best.",
    traits: { zeros: "10 where y_true sums to 0" },
    of: ({ yTrue, yPred }) => orElse(10, numpySum(yPred) / numpySum(yTrue)),
  }),
  ...[10, 20, 30].map((percent) =>
    measure(`A${percent}`, {
      ...unit,
      names: [`a${percent}`, `a${percent}_index`],
      formula: `The share of samples with y_true / y_pred from ${(100 - percent) / 100} to ${(100 + percent) / 100}.`,
      traits: { zeros: "a prediction of 0 is outside" },
      of: (sample) =>
        meanLoss(sample, (truth, prediction) => {
          const ratio = truth / prediction;
          return ratio >= (100 - percent) / 100 && ratio <= (100 + percent) / 100 ? 1 : 0;
        }),
    }),
  ),
];

function explained(sample: RegressionSample): number {
  return 1 - sumOfLosses(sample, squaredError) / numpyVariation(sample.yTrue);
}

function explainedVariance(sample: RegressionSample): number {
  return 1 - numpyVariation(errors(sample)) / numpyVariation(sample.yTrue);
}

function pearson(sample: RegressionSample): number {
  const { truths, predictions, products } = numpyMoments(sample);
  return products / (Math.sqrt(truths) * Math.sqrt(predictions));
}

function willmott(sample: RegressionSample): number {
  const mean = numpyMean(sample.yTrue);
  const greatest = sumOfLosses(
    sample,
    (truth, prediction) => (Math.abs(prediction - mean) + Math.abs(truth - mean)) ** 2,
  );
  return 1 - sumOfLosses(sample, squaredError) / greatest;
}
