import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";

import type { Catalog } from "../catalog/catalog.js";
import { calibration } from "../plots/calibration.js";
import { confusionMatrix } from "../plots/confusion-matrix.js";
import { errorByDecile } from "../plots/error-by-decile.js";
import { gainCurve } from "../plots/gain-curve.js";
import { normalQq } from "../plots/normal-qq.js";
import type { PlotSource } from "../plots/open-plots.js";
import type { Predictions } from "../plots/open-predictions.js";
import { perClass } from "../plots/per-class.js";
import type { PlotData, PlotName } from "../plots/plot-schema.js";
import { precisionRecallCurve } from "../plots/precision-recall-curve.js";
import { predictedVsActual } from "../plots/predicted-vs-actual.js";
import { residualHistogram } from "../plots/residual-histogram.js";
import { residuals } from "../plots/residuals.js";
import { rocCurve } from "../plots/roc-curve.js";
import { type SampleInterval, sampleOrders, samples } from "../plots/samples.js";
import { scoreDistribution } from "../plots/score-distribution.js";
import { thresholdCounts, thresholdTable } from "../plots/threshold-table.js";
import { worstSamples } from "../plots/worst-samples.js";
import type { SliceCondition } from "../predictions/slice-condition.js";
import { sliceConditionSchema } from "../predictions/slice-condition-schema.js";
import { TrackingError } from "../tracking-error.js";
import { answersFromPredictions } from "./api-schema.js";
import { plotDataSchema, plotNames, samplesSchema } from "./plot-schema.js";
import { listOf, numberText, wholeNumberText } from "./query-parameters.js";

const number = numberText.optional();
const plotQuery = z.strictObject({
  class: z.string().optional().openapi({ description: "For plots of y_score: the class against all others" }),
  strategy: z.enum(["uniform", "quantile"]).optional(),
  bins: z.union([z.enum(["auto", "fd"]), wholeNumberText]).optional(),
  threshold: number,
  limit: wholeNumberText.optional(),
});
type PlotQuery = z.infer<typeof plotQuery> & { signal: AbortSignal };

/** What each plot is drawn from. */
const plots: {
  [Name in PlotName]: (predictions: Predictions, query: PlotQuery) => Promise<PlotData<Name>>;
} = {
  confusion_matrix: confusionMatrix,
  per_class: perClass,
  roc_curve: rocCurve,
  precision_recall_curve: precisionRecallCurve,
  calibration: (predictions, query) => calibration(predictions, { ...query, bins: wholeBins(query.bins) }),
  score_distribution: (predictions, query) =>
    scoreDistribution(predictions, { ...query, bins: wholeBins(query.bins) }),
  gain_curve: gainCurve,
  threshold_table: thresholdTable,
  threshold_counts: (predictions, query) => {
    if (query.threshold === undefined)
      throw new TrackingError("MISSING_ARGUMENT", "missing argument: threshold; give a number from 0 to 1");
    return thresholdCounts(predictions, { ...query, threshold: query.threshold });
  },
  predicted_vs_actual: predictedVsActual,
  residuals,
  residual_histogram: residualHistogram,
  normal_qq: normalQq,
  error_by_decile: errorByDecile,
  worst_samples: worstSamples,
};

function wholeBins(bins: PlotQuery["bins"]): number | undefined {
  if (typeof bins !== "string") return bins;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `bins is ${JSON.stringify(bins)}; this plot takes a whole number`,
  );
}

const intervals = ["y_score", "y_true", "y_pred", "error", "absolute_error"] as const;
const bounds = intervals.flatMap((name) => [`${name}_min`, `${name}_max`] as const);
const samplesQuery = z.strictObject({
  true_label: z.string().optional(),
  predicted_label: z.string().optional(),
  correct: z.enum(["true", "false"]).optional(),
  ...Object.fromEntries(bounds.map((bound) => [bound, number])),
  open: z
    .union([z.enum(bounds), z.array(z.enum(bounds))])
    .optional()
    .openapi({ description: "Bounds that are not included, such as `error_max`; repeat it" }),
  sample_id: z.string().max(1000).optional().openapi({ description: "Text that the id contains" }),
  slice: z.string().max(10_000).optional().openapi({ description: "The `conditions` of a slice, as JSON" }),
  features: z
    .enum(["true", "false"])
    .optional()
    .openapi({ description: "Whether to give the features, too" }),
  class: z.string().optional(),
  order: z.enum(sampleOrders).optional(),
  descending: z.enum(["true", "false"]).optional(),
  limit: wholeNumberText.optional(),
  offset: wholeNumberText.optional(),
});

const idParameter = z.object({ id: z.string() });

/** The data of each plot of an experiment, and the samples behind a plot's cell. */
export function addPlotRoutes(
  app: OpenAPIHono,
  { catalog, plots: source }: { catalog: Catalog; plots: PlotSource },
): void {
  const predictionsOf = async (id: string, signal: AbortSignal) =>
    source.predictionsOf(await catalog.experiment(id, { signal }));

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/experiments/{id}/plots/{plot}",
      request: { params: idParameter.extend({ plot: z.enum(plotNames) }), query: plotQuery },
      responses: answersFromPredictions(plotDataSchema, "The plot's data"),
    }),
    async (context) => {
      const { id, plot } = context.req.valid("param");
      const { signal } = context.req.raw;
      const data = await plots[plot](await predictionsOf(id, signal), {
        ...context.req.valid("query"),
        signal,
      });
      return context.json(data, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/experiments/{id}/samples",
      request: { params: idParameter, query: samplesQuery },
      responses: answersFromPredictions(samplesSchema, "Samples, page by page"),
    }),
    async (context) => {
      const { id } = context.req.valid("param");
      const query = context.req.valid("query");
      const { signal } = context.req.raw;
      const ends = query as Record<string, number | undefined>;
      const open = new Set(listOf(query.open));
      const interval = (name: string): SampleInterval | undefined => {
        const [min, max] = [ends[`${name}_min`], ends[`${name}_max`]];
        if (min === undefined && max === undefined) return undefined;
        return { min, max, min_open: open.has(`${name}_min`), max_open: open.has(`${name}_max`) };
      };
      const page = await samples(await predictionsOf(id, signal), {
        filter: {
          true_label: query.true_label,
          predicted_label: query.predicted_label,
          correct: query.correct === undefined ? undefined : query.correct === "true",
          ...Object.fromEntries(intervals.map((name) => [name, interval(name)])),
          sample_id: query.sample_id,
          slice: sliceOf(query.slice),
        },
        features: query.features === "true",
        class: query.class,
        order: query.order,
        descending: query.descending === "true",
        limit: query.limit,
        offset: query.offset,
        signal,
      });
      return context.json(page, 200);
    },
  );
}

function sliceOf(json: string | undefined): SliceCondition[] | undefined {
  if (json === undefined) return undefined;
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch {
    given = undefined;
  }
  const read = z.array(sliceConditionSchema).max(10).safeParse(given);
  if (read.success) return read.data;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `slice is ${JSON.stringify(json.slice(0, 200))}; give the conditions of a slice as JSON, such as [{"column":"island","type":"value","value":"Dream"}]`,
  );
}
