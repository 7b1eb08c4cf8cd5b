import { z } from "@hono/zod-openapi";

/** The shapes of the plots' data, as `src/plots/plot-data.ts` makes them. */

const label = z.union([z.string(), z.number()]);
const labelType = z.enum(["string", "integer"]);
const count = z.int();
const counts = z.array(count);
const numbers = z.array(z.number());
const maybe = z.number().nullable();
const reasons = z.record(z.string(), z.string());
const threshold = z.array(maybe);
const exactness = z.union([
  z.object({ exact: z.literal(true) }),
  z.object({ exact: z.literal(false), bins: z.int(), note: z.string() }),
]);
const thinning = z.object({ points_of_curve: z.int(), max_deviation: z.number() });
const scoredClass = {
  label_type: labelType,
  positive_label: label,
  samples: count,
  positives: count,
  negatives: count,
};
const range = z.object({ min: z.number(), max: z.number() });
const sampleId = z.union([z.string(), z.number(), z.null()]);
const points = z.object({
  form: z.literal("points"),
  x: numbers,
  y: numbers,
  row: counts,
  sample_id: z.array(sampleId),
});
const density = z.object({
  form: z.literal("density"),
  x_edges: numbers,
  y_edges: numbers,
  x_bin: counts,
  y_bin: counts,
  count: counts,
});
const cloud = z.union([points, density]);
const sampleRow = z.object({
  row: count,
  sample_id: sampleId,
  y_true: label,
  y_pred: label,
  y_score: maybe,
  error: maybe,
  features: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

export const plotSchemas = {
  confusion_matrix: z.object({
    plot: z.literal("confusion_matrix"),
    samples: count,
    label_type: labelType,
    labels: z.array(label),
    other_labels: count,
    counts: z.array(counts),
    row_totals: counts,
    column_totals: counts,
  }),
  per_class: z.object({
    plot: z.literal("per_class"),
    samples: count,
    label_type: labelType,
    classes: z.array(
      z.object({
        label,
        precision: maybe,
        recall: maybe,
        f1: maybe,
        support: count,
        predicted: count,
        correct: count,
        reasons,
      }),
    ),
    other_labels: count,
  }),
  roc_curve: z.object({
    plot: z.literal("roc_curve"),
    ...scoredClass,
    fpr: numbers,
    tpr: numbers,
    threshold,
    auc: maybe,
    auc_error_bound: z.number(),
    exactness,
    thinning,
    reasons,
  }),
  precision_recall_curve: z.object({
    plot: z.literal("precision_recall_curve"),
    ...scoredClass,
    precision: numbers,
    recall: numbers,
    threshold,
    average_precision: maybe,
    average_precision_error_bound: z.number(),
    exactness,
    thinning,
    reasons,
  }),
  calibration: z.object({
    plot: z.literal("calibration"),
    ...scoredClass,
    strategy: z.enum(["uniform", "quantile"]),
    bins: z.array(
      z.object({
        lower: z.number(),
        upper: z.number(),
        samples: count,
        positives: count,
        mean_score: maybe,
        positive_share: maybe,
      }),
    ),
  }),
  score_distribution: z.object({
    plot: z.literal("score_distribution"),
    ...scoredClass,
    edges: numbers,
    positive_counts: counts,
    negative_counts: counts,
  }),
  gain_curve: z.object({
    plot: z.literal("gain_curve"),
    ...scoredClass,
    sample_share: numbers,
    gain: numbers,
    lift: z.array(maybe),
    threshold,
    deciles: z.array(
      z.object({
        decile: count,
        samples: count,
        positives: z.number(),
        highest_score: z.number(),
        lowest_score: z.number(),
        positive_share: maybe,
        lift: maybe,
        cumulative_positives: z.number(),
        cumulative_gain: maybe,
        cumulative_lift: maybe,
      }),
    ),
    exactness,
    thinning,
    reasons,
  }),
  threshold_table: z.object({
    plot: z.literal("threshold_table"),
    ...scoredClass,
    threshold,
    true_positives: counts,
    false_positives: counts,
    false_negatives: counts,
    true_negatives: counts,
    complete: z.boolean(),
    largest_step: z.number(),
  }),
  threshold_counts: z.object({
    plot: z.literal("threshold_counts"),
    ...scoredClass,
    threshold: maybe,
    true_positives: count,
    false_positives: count,
    false_negatives: count,
    true_negatives: count,
  }),
  predicted_vs_actual: z.object({
    plot: z.literal("predicted_vs_actual"),
    samples: count,
    data: cloud,
    y_true: range,
    y_pred: range,
    identity: range,
  }),
  residuals: z.object({
    plot: z.literal("residuals"),
    samples: count,
    data: cloud,
    y_pred: range,
    error: range,
  }),
  residual_histogram: z.object({
    plot: z.literal("residual_histogram"),
    samples: count,
    edges: numbers,
    counts,
    bins: z.enum(["auto", "fd", "number"]),
    bins_wanted: count,
    mean_error: z.number(),
    median_error: z.number(),
  }),
  normal_qq: z.object({
    plot: z.literal("normal_qq"),
    samples: count,
    theoretical_quantile: numbers,
    ordered_error: numbers,
    slope: maybe,
    intercept: maybe,
    r: maybe,
    slope_error_bound: z.number(),
    r_error_bound: z.number(),
    exactness,
    thinning,
    reasons,
  }),
  error_by_decile: z.object({
    plot: z.literal("error_by_decile"),
    samples: count,
    deciles: z.array(
      z.object({
        decile: count,
        lower: z.number(),
        upper: z.number(),
        samples: count,
        mean_absolute_error: maybe,
        root_mean_squared_error: maybe,
        mean_error: maybe,
        median_absolute_error: maybe,
      }),
    ),
  }),
  worst_samples: z.object({ plot: z.literal("worst_samples"), samples: count, rows: z.array(sampleRow) }),
} as const;

export type PlotName = keyof typeof plotSchemas;
export const plotNames = Object.keys(plotSchemas) as [PlotName, ...PlotName[]];

export const samplesSchema = z
  .object({
    plot: z.literal("samples"),
    total: count,
    offset: count,
    feature_names: z.array(z.string()),
    slice: z.string().nullable(),
    rows: z.array(sampleRow),
  })
  .openapi("Samples");

export const plotDataSchema = z
  .discriminatedUnion("plot", [
    plotSchemas.confusion_matrix,
    plotSchemas.per_class,
    plotSchemas.roc_curve,
    plotSchemas.precision_recall_curve,
    plotSchemas.calibration,
    plotSchemas.score_distribution,
    plotSchemas.gain_curve,
    plotSchemas.threshold_table,
    plotSchemas.threshold_counts,
    plotSchemas.predicted_vs_actual,
    plotSchemas.residuals,
    plotSchemas.residual_histogram,
    plotSchemas.normal_qq,
    plotSchemas.error_by_decile,
    plotSchemas.worst_samples,
  ])
  .openapi("PlotData");
