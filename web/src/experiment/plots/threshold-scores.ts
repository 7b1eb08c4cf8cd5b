/** A confusion matrix of two classes. */
export interface Counts {
  true_positives: number;
  false_positives: number;
  false_negatives: number;
  true_negatives: number;
}

/**
 * The scores of a confusion matrix of two classes, as scikit-learn defines them; undefined where they have no
 * denominator.
 */
export function thresholdScores(counts: Counts) {
  const { true_positives: tp, false_positives: fp, false_negatives: fn, true_negatives: tn } = counts;
  const recall = ratio(tp, tp + fn);
  const specificity = ratio(tn, tn + fp);
  const product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn);
  return {
    accuracy: ratio(tp + tn, tp + fp + fn + tn),
    precision: ratio(tp, tp + fp),
    recall,
    f1: ratio(2 * tp, 2 * tp + fp + fn),
    balancedAccuracy:
      recall === undefined ? specificity : specificity === undefined ? recall : (recall + specificity) / 2,
    matthewsCorrcoef: product === 0 ? 0 : (tp * tn - fp * fn) / Math.sqrt(product),
  };
}

function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}
