import { ascendingOrder } from "./weighted-median.js";

/** One class's scores in order, so that any weights of the samples can be ranked by them. */
export interface ScoreOrder {
  /** Positions of the samples, the smallest score first. */
  order: Int32Array;
  /** Of each in this order, the score, and whether the sample is of the class. */
  scores: Float64Array;
  positives: Uint8Array;
}

/** Sorts one class's scores once. @param code of the class */
export function scoreOrder(scores: Float64Array, yTrue: Int32Array, code: number): ScoreOrder {
  const order = ascendingOrder(scores);
  return {
    order,
    scores: Float64Array.from(order, (row) => scores[row]!),
    positives: Uint8Array.from(order, (row) => Number(yTrue[row] === code)),
  };
}

/**
 * Area under the ROC curve and average precision of one class against all others, by the samples' weights:
 * each pair of a positive and a negative sample counts by the product of theirs. Undefined without positives
 * that count, the area also without negatives. Source: scikit-learn 1.9, `roc_auc_score` and
 * `average_precision_score` with `sample_weight`.
 * @example weightedRanking(scoreOrder(Float64Array.of(0.1, 0.9, 0.2), Int32Array.of(0, 1, 1), 1), Float64Array.of(1, 3, 1)) // { rocAuc: 1, averagePrecision: 1 }
 */
export function weightedRanking(
  { order, scores, positives: isPositive }: ScoreOrder,
  weights: Float64Array,
): { rocAuc?: number; averagePrecision?: number } {
  let positive = 0;
  let negative = 0;
  let pairs = 0;
  let gained = 0;
  for (let at = order.length - 1; at >= 0; ) {
    const score = scores[at]!;
    let positives = 0;
    let negatives = 0;
    for (; at >= 0 && scores[at] === score; at--) {
      if (isPositive[at] === 1) positives += weights[order[at]!]!;
      else negatives += weights[order[at]!]!;
    }
    pairs += negatives * (positive + positives / 2);
    positive += positives;
    negative += negatives;
    if (positives > 0) gained += (positives * positive) / (positive + negative);
  }
  if (positive === 0) return {};
  const averagePrecision = Math.min(1, gained / positive);
  if (negative === 0) return { averagePrecision };
  return { rocAuc: Math.min(1, pairs / (positive * negative)), averagePrecision };
}
