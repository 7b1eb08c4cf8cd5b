import { errors } from "../../scores/errors.js";
import { sumOfSquaredErrors } from "../../scores/mean-squared-error.js";
import { variation } from "../../scores/variation.js";
import { exactMoments, type Measure } from "./measures.js";
import { names } from "./names.js";
import { correlation, share, signed } from "./ranges.js";
import { averageRanks } from "./ranks.js";

const unit = { direction: "higher", range: [0, 1] } as const;

/** `regr_r2(y, p)` of the standard, which is the square of a correlation. */
export const squaredCorrelation: Measure = {
  ...unit,
  names: names.r2,
  formula:
    "The square of Pearson's correlation, which is not R²: a wrong scale, offset or sign costs nothing.",
  traits: {
    constants: "1 for a constant y_true, NULL for a constant y_pred",
    argumentOrder: "the first is what is explained",
  },
  of(sample) {
    const { truths, predictions, products } = exactMoments(sample);
    if (predictions === 0) return undefined;
    return truths === 0 ? 1 : products ** 2 / (truths * predictions);
  },
};

/** `corr(y, p)`, which is `ofConstants` where one of them is constant. */
export function pearson(ofConstants: number | undefined): Measure {
  return {
    ...correlation,
    names: names.pearson,
    formula: "The covariance of y_true and y_pred / both standard deviations.",
    traits: { constants: ofConstants === undefined ? "NULL" : "NaN" },
    of(sample) {
      const { truths, predictions, products } = exactMoments(sample);
      if (truths === 0 || predictions === 0) return ofConstants;
      return products / Math.sqrt(truths) / Math.sqrt(predictions);
    },
  };
}

/** Pearson's correlation of the ranks, which is `ofConstants` where one of them is constant. */
export function spearman(ofConstants: number | undefined): Measure {
  const ofRanks = pearson(ofConstants);
  return {
    ...ofRanks,
    names: names.spearman,
    formula: "Pearson's correlation of the ranks.",
    traits: { ...ofRanks.traits, ties: "share their mean rank" },
    of: (sample) => ofRanks.of(averageRanks(sample)),
  };
}

/** `regr_slope(y, p)`, which is `ofConstants` for a constant p. */
export function slope(ofConstants: number | undefined): Measure {
  return {
    ...signed,
    names: ["slope", "regr_slope", "calibration_slope"],
    formula: "The slope of the line of y_true over y_pred: 1 is best.",
    traits: { argumentOrder: "the first is what is explained" },
    of(sample) {
      const { predictions, products } = exactMoments(sample);
      return predictions === 0 ? ofConstants : products / predictions;
    },
  };
}

export const intercept: Measure = {
  ...signed,
  names: ["intercept", "regr_intercept", "calibration_intercept"],
  formula: "Where the line of y_true over y_pred is at y_pred = 0: 0 is best.",
  traits: { argumentOrder: "the first is what is explained", constants: "NULL for a constant y_pred" },
  of(sample) {
    const { predictions, products, truthMean, predictionMean } = exactMoments(sample);
    return predictions === 0 ? undefined : truthMean - (products / predictions) * predictionMean;
  },
};

/** The covariance, by n - `lost`. */
export function covariance(lost: 0 | 1): Measure {
  return {
    ...signed,
    direction: "higher",
    names: ["covariance", "cov", lost ? "covar_samp" : "covar_pop"],
    formula: `The covariance of y_true and y_pred, by ${lost ? "n - 1" : "n"}.`,
    of: (sample) => exactMoments(sample).products / (sample.yTrue.length - lost),
  };
}

/** R² as written out by hand. */
export function ratioOfSquares(ofConstants: string): Measure {
  return {
    ...share,
    names: names.r2,
    formula: "1 - Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)².",
    traits: { constants: ofConstants },
    of: ({ yTrue, yPred }) => 1 - sumOfSquaredErrors(yTrue, yPred) / variation(yTrue),
  };
}

/** The explained variance as written out by hand. */
export function ratioOfVariances(ofConstants: string): Measure {
  return {
    ...share,
    names: [...names.explained, ...names.r2],
    formula: "1 - Var(y_true - y_pred) / Var(y_true): a constant offset is forgiven.",
    traits: { constants: ofConstants },
    of: (sample) => 1 - variation(errors(sample)) / variation(sample.yTrue),
  };
}
