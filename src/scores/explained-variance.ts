import { errors } from "./errors.js";
import { squaredDeviations } from "./influences.js";
import type { ErrorScore } from "./score.js";
import { explainedShare, isConstant, variation } from "./variation.js";
import { weightedVariation } from "./weighted-sums.js";

/**
 * 1 - Var(y_true - y_pred) / Var(y_true): at most 1, higher is better. Unlike R² it forgives a constant
 * offset of the predictions. A constant y_true gives 1 if all errors are equal, else 0; so does a single
 * sample, always 1. Always defined. Source: scikit-learn 1.9, `explained_variance_score`.
 * @example explainedVariance(Float64Array.of(1, 2, 3), Float64Array.of(11, 12, 13)) // 1
 */
export function explainedVariance(yTrue: Float64Array, yPred: Float64Array): number {
  return explainedShare(variation(errors({ yTrue, yPred })), variation(yTrue));
}

export const explainedVarianceScore = {
  name: "explained_variance",
  title: "Explained variance",
  kind: "regression",
  needsScore: false,
  binaryOnly: false,
  range: [-Infinity, 1],
  direction: "higher",
  best: 1,
  headline: false,
  meaning: "Like R², but a constant offset of the predictions is forgiven.",
  of: explainedVariance,
  caution({ yTrue }) {
    if (yTrue.length === 1) return "1 by convention: with a single sample there is no variance to explain";
    return isConstant(yTrue)
      ? "by convention 1 if all errors are equal, else 0: y_true has one value only"
      : undefined;
  },
  isHeavyTailed: () => true,
  by: "share",
  unexplained: (sample) => squaredDeviations(errors(sample)),
  total: squaredDeviations,
  weighted(sample) {
    const found = errors(sample);
    return (weights) =>
      explainedShare(weightedVariation(found, weights), weightedVariation(sample.yTrue, weights));
  },
} as const satisfies ErrorScore;
