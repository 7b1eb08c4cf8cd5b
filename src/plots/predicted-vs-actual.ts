import { pointsOrDensity } from "./density-grid.js";
import { keptPlot } from "./kept-plot.js";
import type { Predictions } from "./open-predictions.js";
import type { PlotData } from "./plot-schema.js";
import { valueColumns } from "./value-columns.js";

/**
 * Predicted against true values: every sample up to 5,000, beyond that counts on a grid of 60 by 60.
 * @throws TrackingError INVALID_ARGUMENT for a classification; PREDICTIONS_NOT_READABLE
 */
export async function predictedVsActual(
  predictions: Predictions,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<PlotData<"predicted_vs_actual">> {
  return keptPlot(predictions, "predicted_vs_actual", [], (giveUp) => compare(predictions, giveUp), signal);
}

async function compare(
  predictions: Predictions,
  signal: AbortSignal,
): Promise<PlotData<"predicted_vs_actual">> {
  const { yTrue, yPred, trueRange, predictedRange } = await valueColumns(predictions, signal);
  const [x, y] = [
    { values: yTrue, range: trueRange },
    { values: yPred, range: predictedRange },
  ];
  return {
    plot: "predicted_vs_actual",
    samples: predictions.samples,
    data: await pointsOrDensity(predictions, x, y, signal),
    y_true: trueRange,
    y_pred: predictedRange,
    identity: {
      min: Math.min(trueRange.min, predictedRange.min),
      max: Math.max(trueRange.max, predictedRange.max),
    },
  };
}
