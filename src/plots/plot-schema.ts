import { z } from "zod";

/**
 * What each plot of an experiment is drawn from: records that JSON can hold, of a few thousand points at
 * most. This is the one description of a plot: its TypeScript type, the API's check and its OpenAPI text
 * follow from it. Outside the server it is imported for its types only, so that nothing else loads zod.
 *
 * A number that is undefined is null, and `reasons` says why under the same key. Arrays of one record that
 * are named after axes have the same length: value i of each belongs to point i.
 */

const label = z
  .union([z.string(), z.number()])
  .describe("A class; an integer beyond 2^53 is its decimal digits. Booleans are 0 and 1");
const labelType = z.enum(["string", "integer"]).describe("Tells digits that are a number from text");
const count = z.int().describe("A number of samples, 0 or more");
const counts = z.array(count);
const numbers = z.array(z.number());
const maybe = z.number().nullable();
const share = z.number().describe("0 to 1");
const maybeShare = share.nullable();
const reasons = z.record(z.string(), z.string()).describe("Why the values of these names are null");
const threshold = z
  .array(maybe)
  .describe("A sample is called positive where its score is at least this, 0 to 1; null: none is");
const exactness = z
  .union([
    z.object({ exact: z.literal(true) }),
    z.object({
      exact: z.literal(false),
      bins: z.int(),
      note: z.string().describe("What is exact nevertheless"),
    }),
  ])
  .describe("Whether every number is computed from all samples one by one, or, of a large set, from bins");
const thinning = z
  .object({
    points_of_curve: z.int().describe("Corners of the whole curve"),
    max_deviation: z.number().describe("How far the farthest corner that was left out is from what is drawn"),
  })
  .describe("How the curve was thinned");
const errorBound = z.number().describe("The number is off by at most this; 0 where it is exact");
const scoredClass = {
  label_type: labelType,
  positive_label: label.describe("The class whose probability y_score is; all others are negative"),
  samples: count,
  positives: count,
  negatives: count,
};
const range = z.object({ min: z.number(), max: z.number() }).describe("In the unit of y_true");
const sampleId = z
  .union([z.string(), z.number(), z.null()])
  .describe("Digits as text beyond 2^53; null where the ids are not aligned with the rows");
const points = z.object({
  form: z.literal("points"),
  x: numbers,
  y: numbers,
  row: counts.describe("The sample's place in the predictions file, from 0"),
  sample_id: z.array(sampleId),
});
const density = z
  .object({
    form: z.literal("density"),
    x_edges: numbers.describe("One more than bins. The last bin includes its upper edge"),
    y_edges: numbers,
    x_bin: counts,
    y_bin: counts,
    count: counts,
  })
  .describe("Counts on a grid; only cells that hold samples are listed");
const cloud = z.union([points, density]);
const sampleRow = z.object({
  row: z.int().describe("Its place in the predictions file, from 0"),
  sample_id: sampleId,
  y_true: label,
  y_pred: label,
  y_score: maybeShare.describe(
    "Of two classes, the probability of the positive one; of more, of the class asked for. 0 to 1; null without y_score",
  ),
  error: maybe.describe("y_pred - y_true; null for a classification"),
  features: z
    .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .describe("In the order of feature_names; empty where they were not asked for"),
});
const classScores = z.object({
  label,
  precision: maybeShare,
  recall: maybeShare,
  f1: maybeShare,
  support: count.describe("Samples of this true label"),
  predicted: count,
  correct: count,
  reasons,
});
const gainDecile = z.object({
  decile: z.int().describe("1 to 10; 1 is the tenth of the samples with the highest scores"),
  samples: count,
  positives: z
    .number()
    .describe("May have a fraction: samples of equal score that a cut divides are counted in proportion"),
  highest_score: share,
  lowest_score: share,
  positive_share: maybeShare,
  lift: maybe.describe("Of this decile alone; 1 is as good as chance"),
  cumulative_positives: z.number(),
  cumulative_gain: maybeShare,
  cumulative_lift: maybe,
});
const errorDecile = z.object({
  decile: z.int(),
  lower: z.number().describe("Of y_true: lower < y_true <= upper; the first includes its lower end"),
  upper: z.number(),
  samples: count,
  mean_absolute_error: maybe,
  root_mean_squared_error: maybe,
  mean_error: maybe,
  median_absolute_error: maybe,
});

/** The schema of one plot, which says its own name. */
function plot<Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) {
  return z.object({ plot: z.literal(name), ...shape });
}

export const plotSchemas = {
  confusion_matrix: plot("confusion_matrix", {
    samples: count,
    label_type: labelType,
    labels: z.array(label).describe("In sorted order; where there are more than 200, the 200 most frequent"),
    other_labels: z
      .int()
      .describe(
        "How many further labels share the last row and the last column, which have no entry in labels",
      ),
    counts: z.array(counts).describe("counts[i][j]: samples of true label i that are predicted as j"),
    row_totals: counts.describe("Samples of each true label"),
    column_totals: counts.describe("Samples of each predicted label"),
  }),
  per_class: plot("per_class", {
    samples: count,
    label_type: labelType,
    classes: z
      .array(classScores)
      .describe("In the order of the labels; where there are more than 1,000, those of the greatest support"),
    other_labels: z.int(),
  }),
  roc_curve: plot("roc_curve", {
    ...scoredClass,
    fpr: numbers.describe("False positive rate, 0 to 1"),
    tpr: numbers.describe("True positive rate, 0 to 1"),
    threshold,
    auc: maybeShare,
    auc_error_bound: errorBound,
    exactness,
    thinning,
    reasons,
  }),
  precision_recall_curve: plot("precision_recall_curve", {
    ...scoredClass,
    precision: numbers.describe("0 to 1, from the lowest threshold up, as in scikit-learn"),
    recall: numbers.describe("0 to 1"),
    threshold,
    average_precision: maybeShare,
    average_precision_error_bound: errorBound,
    exactness,
    thinning,
    reasons,
  }),
  calibration: plot("calibration", {
    ...scoredClass,
    strategy: z.enum(["uniform", "quantile"]),
    level: z.number().describe("Of the intervals"),
    error: z
      .object({
        value: share,
        low: share,
        high: share,
        by_luck: share.describe("What a perfectly calibrated model would stay below 95 times of 100"),
      })
      .describe("Expected calibration error: the mean of |positive_share - mean_score| over the samples"),
    spiegelhalter: z
      .object({ z: z.number(), p: share })
      .nullable()
      .describe(
        "Whether the Brier score is what true probabilities would give; null where all are 0, 1/2 or 1",
      ),
    slope: z
      .object({ slope: z.number(), low: z.number(), high: z.number(), intercept: z.number() })
      .nullable()
      .describe(
        "Of a logistic regression of the labels on the scores' logits: below 1 the scores are overconfident; null where a score is 0 or 1, or the scores separate the classes",
      ),
    bins: z
      .array(
        z.object({
          lower: share,
          upper: share,
          samples: count,
          positives: count,
          mean_score: maybeShare.describe("Null where there is no sample"),
          positive_share: maybeShare,
        }),
      )
      .describe("Empty ones too. A score equal to an edge is in the bin below it"),
  }),
  score_distribution: plot("score_distribution", {
    ...scoredClass,
    edges: numbers.describe(
      "0 to 1, one more than bins. A score equal to an edge is in the bin above it; the last bin includes 1",
    ),
    positive_counts: counts.describe("Samples of the positive class in each bin"),
    negative_counts: counts.describe("Samples of all other classes in each bin"),
  }),
  gain_curve: plot("gain_curve", {
    ...scoredClass,
    sample_share: numbers.describe("Share of the samples, the highest scores first; 0 to 1"),
    gain: numbers.describe("Share of all positives that is among them; 0 to 1"),
    lift: z.array(maybe).describe("gain / sample_share; null at 0"),
    threshold,
    deciles: z.array(gainDecile),
    exactness,
    thinning,
    reasons,
  }),
  threshold_table: plot("threshold_table", {
    ...scoredClass,
    threshold: z
      .array(maybe)
      .describe(
        "From null (none is called positive) over falling scores to the lowest; each is a score that occurs",
      ),
    true_positives: counts,
    false_positives: counts,
    false_negatives: counts,
    true_negatives: counts,
    complete: z.boolean().describe("Whether every score that occurs is among the thresholds"),
    largest_step: share.describe("The largest share of the samples between two neighbouring thresholds"),
  }),
  threshold_counts: plot("threshold_counts", {
    ...scoredClass,
    threshold: maybeShare.describe("Scores of at least this are called positive; null: none is"),
    true_positives: count,
    false_positives: count,
    false_negatives: count,
    true_negatives: count,
  }),
  predicted_vs_actual: plot("predicted_vs_actual", {
    samples: count,
    data: cloud.describe("x: y_true, y: y_pred"),
    y_true: range,
    y_pred: range,
    identity: range.describe("The range of both: where the line y_pred = y_true is drawn"),
  }),
  residuals: plot("residuals", {
    samples: count,
    data: cloud.describe("x: y_pred, y: y_pred - y_true; above 0 the model predicts too high"),
    y_pred: range,
    error: range,
  }),
  residual_histogram: plot("residual_histogram", {
    samples: count,
    edges: numbers.describe(
      "Of y_pred - y_true. A value equal to an edge is in the bin above it; the last bin includes its upper edge",
    ),
    counts,
    bins: z.enum(["auto", "fd", "number"]),
    bins_wanted: z.int().describe("How many bins the rule asks for; at most 2,000 are made"),
    mean_error: z.number(),
    median_error: z.number(),
  }),
  normal_qq: plot("normal_qq", {
    samples: count,
    theoretical_quantile: numbers.describe("Quantiles of the normal distribution at Filliben's estimates"),
    ordered_error: numbers.describe("y_pred - y_true in order; each is one that occurs, at its own rank"),
    slope: maybe.describe("Least squares of all samples; null for fewer than two"),
    intercept: maybe,
    r: maybe.describe("Correlation, -1 to 1; null where all errors are equal"),
    slope_error_bound: errorBound,
    r_error_bound: errorBound,
    exactness,
    thinning,
    reasons,
  }),
  error_by_decile: plot("error_by_decile", {
    samples: count,
    deciles: z
      .array(errorDecile)
      .describe("Fewer than ten where many samples share one true value, so that two edges would be equal"),
  }),
  worst_samples: plot("worst_samples", {
    samples: count,
    rows: z.array(sampleRow).describe("The largest absolute errors first; of equal ones the earlier row"),
  }),
};

export const samplesSchema = plot("samples", {
  total: count.describe("Samples behind the plot's cell, on all pages"),
  offset: z.int(),
  feature_names: z.array(z.string()).describe("What was logged about the samples beside their predictions"),
  slice: z.string().nullable().describe("The slice that was asked for, in words"),
  rows: z.array(sampleRow),
});

export type PlotName = keyof typeof plotSchemas;

/** The data of the plot of that name. */
export type PlotData<Name extends PlotName = PlotName> = {
  [Each in Name]: z.infer<(typeof plotSchemas)[Each]>;
}[Name];

export type SamplesPage = z.infer<typeof samplesSchema>;
export type SampleRow = z.infer<typeof sampleRow>;
export type PlotLabel = z.infer<typeof label>;
export type LabelType = z.infer<typeof labelType>;
export type Reasons = z.infer<typeof reasons>;
export type Exactness = z.infer<typeof exactness>;
export type ScoredClass = Pick<PlotData<"threshold_counts">, keyof typeof scoredClass>;
export type ValueRange = z.infer<typeof range>;
export type PlotPoints = z.infer<typeof points>;
export type PlotDensity = z.infer<typeof density>;
