/**
 * What each plot of an experiment is drawn from: plain records that JSON can hold, a few thousand points at most.
 *
 * A number that is undefined is null, and `reasons` says why under the same key. Arrays of one record that are named after
 * axes have the same length: value i of each belongs to point i.
 */

/** A class label; an integer beyond 2^53 is its decimal digits, told from text by `label_type`. Booleans are 0 and 1. */
export type PlotLabel = string | number;
export type LabelType = "string" | "integer";

/** Why the values of these names are null. */
export type Reasons = Record<string, string>;

/**
 * Whether every number is that of all samples one by one. Where not (a large set in bins), `note` says what is exact still, and
 * `bins` how many there are; bounds of the error stand beside the numbers that have one.
 */
export type Exactness = { exact: true } | { exact: false; bins: number; note: string };

/** How a curve was thinned: of `points_of_curve` corners these were kept; none of the others is farther away than `max_deviation`. */
export interface Thinning {
  points_of_curve: number;
  max_deviation: number;
}

export interface ConfusionMatrixData {
  plot: "confusion_matrix";
  samples: number;
  label_type: LabelType;
  /** In sorted order; where there are more than 200, the 200 most frequent. */
  labels: PlotLabel[];
  /** How many further labels share the last row and the last column, which then have no entry in `labels`; 0 for none. */
  other_labels: number;
  /** counts[i][j]: samples of the true label i that are predicted as j. */
  counts: number[][];
  /** Samples a true label. */
  row_totals: number[];
  /** Samples a predicted label. */
  column_totals: number[];
}

export interface ClassScores {
  label: PlotLabel;
  precision: number | null;
  recall: number | null;
  f1: number | null;
  /** Samples of this true label. */
  support: number;
  predicted: number;
  correct: number;
  reasons: Reasons;
}

export interface PerClassData {
  plot: "per_class";
  samples: number;
  label_type: LabelType;
  /** In the order of the labels; where there are more than 1,000, those of the greatest support. */
  classes: ClassScores[];
  other_labels: number;
}

/** A plot of one class's scores against all other classes'. */
export interface ScoredClass {
  label_type: LabelType;
  /** The class whose probability y_score is. */
  positive_label: PlotLabel;
  samples: number;
  positives: number;
  negatives: number;
}

export interface RocCurveData extends ScoredClass {
  plot: "roc_curve";
  fpr: number[];
  tpr: number[];
  /** A sample is called positive where its score is at least this; null: none is. */
  threshold: (number | null)[];
  auc: number | null;
  /** The area under the curve is within `auc` plus or minus this; 0 where exact. */
  auc_error_bound: number;
  exactness: Exactness;
  thinning: Thinning;
  reasons: Reasons;
}

export interface PrecisionRecallData extends ScoredClass {
  plot: "precision_recall_curve";
  /** From the lowest threshold up, as scikit-learn has it. */
  precision: number[];
  recall: number[];
  threshold: (number | null)[];
  average_precision: number | null;
  average_precision_error_bound: number;
  exactness: Exactness;
  thinning: Thinning;
  reasons: Reasons;
}

export interface CalibrationBin {
  lower: number;
  upper: number;
  samples: number;
  positives: number;
  /** Null where there is no sample. */
  mean_score: number | null;
  positive_share: number | null;
}

export interface CalibrationData extends ScoredClass {
  plot: "calibration";
  strategy: "uniform" | "quantile";
  /** One a bin, the empty ones too. A score equal to an edge is in the bin below it. */
  bins: CalibrationBin[];
}

export interface ScoreDistributionData extends ScoredClass {
  plot: "score_distribution";
  /** One more than bins. A score equal to an edge is in the bin above it, the last bin includes 1. */
  edges: number[];
  /** Samples of the positive class a bin, and of all others. */
  positive_counts: number[];
  negative_counts: number[];
}

export interface GainDecile {
  /** 1: the tenth of the samples with the highest scores. */
  decile: number;
  samples: number;
  /** Samples of the same score that a cut divides are counted in proportion, so this may have a fraction. */
  positives: number;
  highest_score: number;
  lowest_score: number;
  positive_share: number | null;
  /** Of the decile alone. */
  lift: number | null;
  cumulative_positives: number;
  cumulative_gain: number | null;
  cumulative_lift: number | null;
}

export interface GainCurveData extends ScoredClass {
  plot: "gain_curve";
  /** Share of the samples, the highest scores first; from 0 to 1. */
  sample_share: number[];
  /** Share of all positives that is among them. */
  gain: number[];
  /** gain / sample_share; null at 0. */
  lift: (number | null)[];
  threshold: (number | null)[];
  deciles: GainDecile[];
  exactness: Exactness;
  thinning: Thinning;
  reasons: Reasons;
}

/** The confusion matrix of two classes where scores of at least `threshold` are called positive; null: no score is. */
export interface ThresholdCounts {
  threshold: number | null;
  true_positives: number;
  false_positives: number;
  false_negatives: number;
  true_negatives: number;
}

export interface ThresholdTableData extends ScoredClass {
  plot: "threshold_table";
  /** From null (none is called positive) over falling scores to the lowest (all are). Each is a score that occurs, its counts exact. */
  threshold: (number | null)[];
  true_positives: number[];
  false_positives: number[];
  false_negatives: number[];
  true_negatives: number[];
  /** Whether every score that occurs is among the thresholds. */
  complete: boolean;
  /** The largest share of the samples between two neighbouring thresholds. */
  largest_step: number;
}

export interface ThresholdCountsData extends ScoredClass, ThresholdCounts {
  plot: "threshold_counts";
}

export interface ValueRange {
  min: number;
  max: number;
}

/** Every sample, in the order of the file; sample_id is null where the ids are not aligned with the rows. */
export interface PlotPoints {
  form: "points";
  x: number[];
  y: number[];
  row: number[];
  sample_id: (string | number | null)[];
}

/** Counts on a grid; only cells that hold samples are listed. The last bin of an axis includes its upper edge. */
export interface PlotDensity {
  form: "density";
  x_edges: number[];
  y_edges: number[];
  x_bin: number[];
  y_bin: number[];
  count: number[];
}

export interface PredictedVsActualData {
  plot: "predicted_vs_actual";
  samples: number;
  /** x: y_true, y: y_pred. */
  data: PlotPoints | PlotDensity;
  y_true: ValueRange;
  y_pred: ValueRange;
  /** From where to where the line y_pred = y_true is to be drawn: the range of both. */
  identity: ValueRange;
}

export interface ResidualsData {
  plot: "residuals";
  samples: number;
  /** x: y_pred, y: error = y_pred - y_true, as the score mean_error has it: above 0 the model predicts too high. */
  data: PlotPoints | PlotDensity;
  y_pred: ValueRange;
  error: ValueRange;
}

export interface ResidualHistogramData {
  plot: "residual_histogram";
  samples: number;
  /** Of error = y_pred - y_true. A value equal to an edge is in the bin above it; the last bin includes its upper edge. */
  edges: number[];
  counts: number[];
  bins: "auto" | "fd" | "number";
  /** How many bins the rule asks for; more than there are where it would be over 2,000. */
  bins_wanted: number;
  mean_error: number;
  median_error: number;
}

export interface NormalQqData {
  plot: "normal_qq";
  samples: number;
  /** Quantiles of the normal distribution at Filliben's estimates. */
  theoretical_quantile: number[];
  /** Ordered errors, y_pred - y_true; each is one that occurs, at its own rank. */
  ordered_error: number[];
  /** Least squares of all samples, not only of the points here; null for fewer than two samples. */
  slope: number | null;
  intercept: number | null;
  /** Correlation; null where all errors are equal. */
  r: number | null;
  slope_error_bound: number;
  r_error_bound: number;
  exactness: Exactness;
  thinning: Thinning;
  reasons: Reasons;
}

export interface ErrorDecile {
  decile: number;
  /** Of y_true: lower < y_true <= upper, the first includes its lower end. */
  lower: number;
  upper: number;
  samples: number;
  mean_absolute_error: number | null;
  root_mean_squared_error: number | null;
  mean_error: number | null;
  median_absolute_error: number | null;
}

export interface ErrorByDecileData {
  plot: "error_by_decile";
  samples: number;
  /** Fewer than ten where many samples share one true value, so that two edges are equal (as in pandas' qcut, duplicates dropped). */
  deciles: ErrorDecile[];
}

/** One sample with all that the file says of it. */
export interface SampleRow {
  /** Its place in the file, from 0. */
  row: number;
  /** Digits as text where it is an integer beyond 2^53; null where the ids are not aligned with the rows. */
  sample_id: string | number | null;
  y_true: PlotLabel;
  y_pred: PlotLabel;
  /** Two classes: P(positive). More: P of the class asked for. Null without y_score, and for a regression. */
  y_score: number | null;
  /** y_pred - y_true; null for a classification. */
  error: number | null;
  /** In the order of `feature_names`; null where the sample has no value, and empty where they were not asked for. */
  features: (string | number | boolean | null)[];
}

export interface WorstSamplesData {
  plot: "worst_samples";
  samples: number;
  /** The largest absolute errors first; of equal ones the earlier row. */
  rows: SampleRow[];
}

export interface SamplesPage {
  plot: "samples";
  /** How many samples there are behind the plot's cell, on all pages. */
  total: number;
  offset: number;
  /** The slice that was asked for, in words. */
  slice: string | null;
  /** What was logged about the samples beside their predictions. */
  feature_names: string[];
  rows: SampleRow[];
}

export type PlotData =
  | ConfusionMatrixData
  | PerClassData
  | RocCurveData
  | PrecisionRecallData
  | CalibrationData
  | ScoreDistributionData
  | GainCurveData
  | ThresholdTableData
  | ThresholdCountsData
  | PredictedVsActualData
  | ResidualsData
  | ResidualHistogramData
  | NormalQqData
  | ErrorByDecileData
  | WorstSamplesData
  | SamplesPage;
