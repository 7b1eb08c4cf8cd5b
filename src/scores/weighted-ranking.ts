/** One class's scores in order, so that any weights of the samples can be ranked by them. */
export interface ScoreOrder {
  scores: Float64Array;
  /** Positions, the smallest score first. */
  order: Int32Array;
}

/**
 * Area under the ROC curve and average precision of one class against all others, by the samples' weights:
 * each pair of a positive and a negative sample counts by the product of theirs. Undefined without positives
 * that count, the area also without negatives. Source: scikit-learn 1.9, `roc_auc_score` and
 * `average_precision_score` with `sample_weight`.
 * @param code of the class
 * @example weightedRanking({ scores: Float64Array.of(0.1, 0.9, 0.2), order: Int32Array.of(0, 2, 1) }, Int32Array.of(0, 1, 1), 1, Float64Array.of(1, 3, 1)) // { rocAuc: 1, averagePrecision: 1 }
 */
export function weightedRanking(
  { scores, order }: ScoreOrder,
  yTrue: Int32Array,
  code: number,
  weights: Float64Array,
): { rocAuc?: number; averagePrecision?: number } {
  let positive = 0;
  let negative = 0;
  let pairs = 0;
  let gained = 0;
  for (let at = order.length - 1; at >= 0; ) {
    const score = scores[order[at]!]!;
    let positives = 0;
    let negatives = 0;
    for (; at >= 0 && scores[order[at]!] === score; at--) {
      const row = order[at]!;
      if (yTrue[row] === code) positives += weights[row]!;
      else negatives += weights[row]!;
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
