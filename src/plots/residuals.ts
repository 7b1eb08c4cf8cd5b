import { pointsOrDensity } from "./density-grid.js";
import { errorColumn } from "./error-column.js";
import { keptPlot } from "./kept-plot.js";
import type { Predictions } from "./open-predictions.js";
import type { PlotData } from "./plot-schema.js";
import { valueColumns } from "./value-columns.js";

/**
 * Errors against predicted values: every sample up to 5,000, beyond that counts on a grid of 60 by 60. The
 * error is y_pred - y_true, as the score mean_error has it (others call y_true - y_pred the residual): above
 * 0 the model predicts too high.
 * @throws TrackingError INVALID_ARGUMENT for a classification; PREDICTIONS_NOT_READABLE
 */
export async function residuals(
  predictions: Predictions,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<PlotData<"residuals">> {
  return keptPlot(predictions, "residuals", [], (giveUp) => spread(predictions, giveUp), signal);
}

async function spread(predictions: Predictions, signal: AbortSignal): Promise<PlotData<"residuals">> {
  const [{ yPred, predictedRange }, { errors, range }] = await Promise.all([
    valueColumns(predictions, signal),
    errorColumn(predictions, signal),
  ]);
  const [x, y] = [
    { values: yPred, range: predictedRange },
    { values: errors, range },
  ];
  return {
    plot: "residuals",
    samples: predictions.samples,
    data: await pointsOrDensity(predictions, x, y, signal),
    y_pred: predictedRange,
    error: range,
  };
}
