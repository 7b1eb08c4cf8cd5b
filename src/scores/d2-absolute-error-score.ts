import { absoluteErrors, perSample } from "./errors.js";
import { meanAbsoluteError } from "./mean-absolute-error.js";
import { median } from "./median.js";
import type { ErrorScore } from "./score.js";
import { explainedShare, isConstant } from "./variation.js";
import { ascendingOrder, weightedMedian } from "./weighted-median.js";
import { weightedSum } from "./weighted-sums.js";

/**
 * Share of the absolute error that the model explains: 1 - mean |y_pred - y_true| / mean |y_true - median of
 * y_true|. At most 1, higher is better, 0 as good as always predicting the median, below 0 worse. A constant
 * y_true gives 1 if every prediction is exact, else 0. Undefined for fewer than two samples. Source:
 * scikit-learn 1.9, `d2_absolute_error_score`.
 * @example d2AbsoluteError(Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 4)) // 0.5
 */
export function d2AbsoluteError(yTrue: Float64Array, yPred: Float64Array): number | undefined {
  if (yTrue.length < 2) return undefined;
  return explainedShare(meanAbsoluteError(yTrue, yPred), meanAbsoluteError(yTrue, middleOf(yTrue)));
}

export const d2AbsoluteErrorScore = {
  name: "d2_absolute_error_score",
  title: "D² of the absolute error",
  kind: "regression",
  needsScore: false,
  binaryOnly: false,
  range: [-Infinity, 1],
  direction: "higher",
  best: 1,
  headline: false,
  meaning:
    "Share of the absolute error that the model explains: 0 is as good as always predicting the median.",
  of: d2AbsoluteError,
  whyUndefined: "it takes two samples at least",
  caution: ({ yTrue }) =>
    isConstant(yTrue)
      ? "by convention 1 if every prediction is exact, else 0: y_true has one value only"
      : undefined,
  by: "share",
  unexplained: absoluteErrors,
  total: (yTrue) => absoluteErrors({ yTrue, yPred: middleOf(yTrue) }),
  weighted(sample) {
    const { yTrue } = sample;
    const unexplained = absoluteErrors(sample);
    const order = ascendingOrder(yTrue);
    return (weights) => {
      if (yTrue.length < 2) return undefined;
      const middle = weightedMedian(yTrue, order, weights);
      const total = perSample(yTrue.length, (row) => Math.abs(yTrue[row]! - middle));
      return explainedShare(weightedSum(unexplained, weights), weightedSum(total, weights));
    };
  },
} as const satisfies ErrorScore;

function middleOf(yTrue: Float64Array): Float64Array {
  return new Float64Array(yTrue.length).fill(median(yTrue));
}
