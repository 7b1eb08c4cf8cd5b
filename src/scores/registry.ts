const definitions = [
  {
    name: "accuracy",
    title: "Accuracy",
    kind: "classification",
    needsScore: false,
    binaryOnly: false,
    range: [0, 1],
    direction: "higher",
    best: 1,
    meaning: "Share of the samples that the model labelled correctly.",
  },
  {
    name: "balanced_accuracy",
    title: "Balanced accuracy",
    kind: "classification",
    needsScore: false,
    binaryOnly: false,
    range: [0, 1],
    direction: "higher",
    best: 1,
    meaning: "Mean recall of the classes in y_true, so that a rare class counts as much as a frequent one.",
  },
  {
    name: "precision",
    title: "Precision",
    kind: "classification",
    needsScore: false,
    binaryOnly: true,
    range: [0, 1],
    direction: "higher",
    best: 1,
    meaning: "Share of the samples predicted as the positive class that really belong to it.",
  },
  {
    name: "recall",
    title: "Recall",
    kind: "classification",
    needsScore: false,
    binaryOnly: true,
    range: [0, 1],
    direction: "higher",
    best: 1,
    meaning: "Share of the samples of the positive class that the model found.",
  },
  {
    name: "f1",
    title: "F1",
    kind: "classification",
    needsScore: false,
    binaryOnly: true,
    range: [0, 1],
    direction: "higher",
    best: 1,
    meaning: "Harmonic mean of precision and recall of the positive class.",
  },
  {
    name: "precision_macro",
    title: "Precision (macro)",
    kind: "classification",
    needsScore: false,
    binaryOnly: false,
    range: [0, 1],
    direction: "higher",
    best: 1,
    meaning: "Mean of the classes' precisions, every class counting the same.",
  },
  {
    name: "recall_macro",
    title: "Recall (macro)",
    kind: "classification",
    needsScore: false,
    binaryOnly: false,
    range: [0, 1],
    direction: "higher",
    best: 1,
    meaning: "Mean of the classes' recalls, every class counting the same.",
  },
  {
    name: "f1_macro",
    title: "F1 (macro)",
    kind: "classification",
    needsScore: false,
    binaryOnly: false,
    range: [0, 1],
    direction: "higher",
    best: 1,
    meaning: "Mean of the classes' F1 scores, every class counting the same.",
  },
  {
    name: "precision_weighted",
    title: "Precision (weighted)",
    kind: "classification",
    needsScore: false,
    binaryOnly: false,
    range: [0, 1],
    direction: "higher",
    best: 1,
    meaning: "Mean of the classes' precisions, each weighted by its number of true samples.",
  },
  {
    name: "recall_weighted",
    title: "Recall (weighted)",
    kind: "classification",
    needsScore: false,
    binaryOnly: false,
    range: [0, 1],
    direction: "higher",
    best: 1,
    meaning: "Mean of the classes' recalls, each weighted by its number of true samples.",
  },
  {
    name: "f1_weighted",
    title: "F1 (weighted)",
    kind: "classification",
    needsScore: false,
    binaryOnly: false,
    range: [0, 1],
    direction: "higher",
    best: 1,
    meaning: "Mean of the classes' F1 scores, each weighted by its number of true samples.",
  },
  {
    name: "matthews_corrcoef",
    title: "Matthews correlation",
    kind: "classification",
    needsScore: false,
    binaryOnly: false,
    range: [-1, 1],
    direction: "higher",
    best: 1,
    meaning: "Correlation of the true and the predicted labels: 1 perfect, 0 no better than chance.",
  },
  {
    name: "cohen_kappa",
    title: "Cohen's kappa",
    kind: "classification",
    needsScore: false,
    binaryOnly: false,
    range: [-1, 1],
    direction: "higher",
    best: 1,
    meaning: "Agreement of the true and the predicted labels beyond what chance would give.",
  },
  {
    name: "roc_auc",
    title: "ROC AUC",
    kind: "classification",
    needsScore: true,
    binaryOnly: false,
    range: [0, 1],
    direction: "higher",
    best: 1,
    meaning: "Chance that a positive sample is scored above a negative one, ties counting half.",
  },
  {
    name: "average_precision",
    title: "Average precision",
    kind: "classification",
    needsScore: true,
    binaryOnly: false,
    range: [0, 1],
    direction: "higher",
    best: 1,
    meaning:
      "Precision averaged over the recall gained at each threshold: the precision-recall curve in one figure.",
  },
  {
    name: "log_loss",
    title: "Log loss",
    kind: "classification",
    needsScore: true,
    binaryOnly: false,
    range: [0, Infinity],
    direction: "lower",
    best: 0,
    meaning: "Mean of -ln(probability that the model gave to the true class), in nats.",
  },
  {
    name: "brier_score",
    title: "Brier score",
    kind: "classification",
    needsScore: true,
    binaryOnly: false,
    range: [0, 2],
    direction: "lower",
    best: 0,
    meaning: "Mean squared error of the predicted probabilities: 0..1 for two classes, 0..2 for more.",
  },
  {
    name: "r2",
    title: "R²",
    kind: "regression",
    needsScore: false,
    binaryOnly: false,
    range: [-Infinity, 1],
    direction: "higher",
    best: 1,
    meaning:
      "Share of the variance of y_true that the model explains: 0 is as good as always predicting the mean.",
  },
  {
    name: "mean_absolute_error",
    title: "Mean absolute error",
    kind: "regression",
    needsScore: false,
    binaryOnly: false,
    range: [0, Infinity],
    direction: "lower",
    best: 0,
    meaning: "Mean size of the error, in the unit of y_true.",
  },
  {
    name: "mean_squared_error",
    title: "Mean squared error",
    kind: "regression",
    needsScore: false,
    binaryOnly: false,
    range: [0, Infinity],
    direction: "lower",
    best: 0,
    meaning: "Mean of the squared error, in the squared unit of y_true.",
  },
  {
    name: "root_mean_squared_error",
    title: "Root mean squared error",
    kind: "regression",
    needsScore: false,
    binaryOnly: false,
    range: [0, Infinity],
    direction: "lower",
    best: 0,
    meaning: "Square root of the mean squared error, in the unit of y_true: large errors weigh more.",
  },
  {
    name: "median_absolute_error",
    title: "Median absolute error",
    kind: "regression",
    needsScore: false,
    binaryOnly: false,
    range: [0, Infinity],
    direction: "lower",
    best: 0,
    meaning:
      "Size of the error that half of the samples stay below, in the unit of y_true: outliers hardly count.",
  },
  {
    name: "mean_absolute_percentage_error",
    title: "Mean absolute percentage error",
    kind: "regression",
    needsScore: false,
    binaryOnly: false,
    range: [0, Infinity],
    direction: "lower",
    best: 0,
    meaning: "Mean of |error| / |y_true|, as a fraction: 0.05 is five percent.",
  },
  {
    name: "max_error",
    title: "Maximum error",
    kind: "regression",
    needsScore: false,
    binaryOnly: false,
    range: [0, Infinity],
    direction: "lower",
    best: 0,
    meaning: "Size of the largest error, in the unit of y_true.",
  },
  {
    name: "explained_variance",
    title: "Explained variance",
    kind: "regression",
    needsScore: false,
    binaryOnly: false,
    range: [-Infinity, 1],
    direction: "higher",
    best: 1,
    meaning: "Like R², but a constant offset of the predictions is forgiven.",
  },
  {
    name: "mean_error",
    title: "Mean error",
    kind: "regression",
    needsScore: false,
    binaryOnly: false,
    range: [-Infinity, Infinity],
    direction: "zero",
    best: 0,
    meaning: "Mean of y_pred - y_true, in the unit of y_true: above 0 the model predicts too high.",
  },
] as const satisfies readonly (Omit<Score, "name"> & { name: string })[];

type Definition = (typeof definitions)[number];
export type ScoreKind = "classification" | "regression";
export type ClassificationScore = Extract<Definition, { kind: "classification" }>["name"];
export type RegressionScore = Extract<Definition, { kind: "regression" }>["name"];
export type ScoreName = ClassificationScore | RegressionScore;

/** What there is to know about a score without its formula. */
export interface Score {
  /** As in the tracking log's column: scikit-learn's name without a trailing `_score` where that is shorter. */
  readonly name: ScoreName;
  /** For a heading or an axis. */
  readonly title: string;
  readonly kind: ScoreKind;
  /** Whether it is computed from y_score and so is blank without it. */
  readonly needsScore: boolean;
  /** Whether it speaks of the positive class and so is blank for three labels and more. */
  readonly binaryOnly: boolean;
  /** Least and greatest value that it can take; an open end is infinite. */
  readonly range: readonly [min: number, max: number];
  /** `higher` and `lower` say which is better; `zero` that the value nearest to 0 is best. */
  readonly direction: "higher" | "lower" | "zero";
  /** Its value where every prediction is perfect. */
  readonly best: number;
  /** One sentence for a tooltip. */
  readonly meaning: string;
}

/** Every score, in the order of the tracking log's columns: the one source for columns, command line, docs and dashboard. */
export const scoreRegistry: readonly Score[] = definitions;

/** The names of a kind's scores, in the order of the registry. */
export function scoreNames(kind: "classification"): ClassificationScore[];
export function scoreNames(kind: "regression"): RegressionScore[];
export function scoreNames(kind: ScoreKind): ScoreName[];
export function scoreNames(kind: ScoreKind): ScoreName[] {
  return scoreRegistry.filter((score) => score.kind === kind).map((score) => score.name);
}

/** The definition of the score of that name, or nothing where there is no such score. */
export function findScore(name: string): Score | undefined {
  return scoreRegistry.find((score) => score.name === name);
}
