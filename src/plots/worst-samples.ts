import { keptPlot } from "./kept-plot.js";
import type { Predictions } from "./open-predictions.js";
import type { PlotData } from "./plot-schema.js";
import { samples } from "./samples.js";
import { notARegression } from "./value-columns.js";

/**
 * The samples with the largest absolute errors, the worst first.
 * @param options.limit 1 to 1,000; 20 by default
 * @throws TrackingError INVALID_ARGUMENT for a classification; PREDICTIONS_NOT_READABLE
 */
export async function worstSamples(
  predictions: Predictions,
  { limit = 20, signal }: { limit?: number | undefined; signal?: AbortSignal | undefined } = {},
): Promise<PlotData<"worst_samples">> {
  if (predictions.kind !== "regression") throw notARegression();
  const compute = async (giveUp: AbortSignal): Promise<PlotData<"worst_samples">> => {
    const query = { order: "absolute_error", descending: true, limit, signal: giveUp } as const;
    const page = await samples(predictions, query);
    return { plot: "worst_samples", samples: page.total, rows: page.rows };
  };
  return keptPlot(predictions, "worst_samples", [limit], compute, signal);
}
