import type { Label } from "./label.js";

/**
 * What a classifier was asked and what it answered, checked and encoded; both code arrays describe the same
 * samples in order.
 */
export interface ClassificationSample {
  /**
   * Distinct labels, sorted: numbers by value, strings by Unicode code point. The union of y_true and y_pred,
   * or the labels that the caller named, which may include some that occur in neither. One or two: binary;
   * more: multiclass.
   */
  labels: readonly Label[];
  /** Codes (positions in `labels`) of the true labels; at least one. */
  yTrue: Int32Array;
  /** Codes of the predicted labels, as many as `yTrue`. */
  yPred: Int32Array;
  /**
   * Binary only: code of the positive class, as `positiveCode` gives it. It equals `labels.length` where the
   * positive class is not among the labels (one label, all of it negative). Left out: the class of
   * `positiveLabel(labels)`.
   */
  positive?: number;
  /**
   * Binary: probability of the positive class, one a sample. Multiclass: row-major, a row a sample and a
   * column a label.
   */
  yScore?: Float64Array;
  /** How much each sample counts, as scikit-learn's `sample_weight`: at least 0, and not all 0. */
  weights?: Float64Array;
}

/** True labels and the probabilities that a classifier gave, as in a classification sample. */
export interface ScoredSample {
  labels: readonly Label[];
  yTrue: Int32Array;
  /** Binary: P(positive), one a sample. Multiclass: row-major, a row a sample and a column a label. */
  yScore: Float64Array;
  /** Binary only: code of the positive class. */
  positive?: number;
}

/**
 * Class probabilities as they are judged: a column for each class in `scored`, the positive one of two, else
 * all.
 */
export interface ClassProbabilities {
  /** Codes of the true labels. */
  yTrue: Int32Array;
  scores: readonly Float64Array[];
  scored: readonly number[];
}

/**
 * What a regression model was asked and what it answered: finite numbers, as many of the one as of the other,
 * at least one.
 */
export interface RegressionSample {
  yTrue: Float64Array;
  yPred: Float64Array;
  /** How much each sample counts, as scikit-learn's `sample_weight`: at least 0, and not all 0. */
  weights?: Float64Array | undefined;
}

/** One or two labels are binary, more are multiclass. */
export function isBinary({ labels }: { labels: readonly Label[] }): boolean {
  return labels.length <= 2;
}
