import type { PlotDataOf } from "../../api/types.js";
import type { ChartOption } from "../../charts/chart-option.js";
import { type Cloud, cloudCell, cloudOption } from "../../charts/cloud.js";
import type { ExperimentSearch } from "../../search.js";

export function predictedVsActualOption({
  data,
  y_true,
  y_pred,
  identity: { min, max },
}: PlotDataOf<"predicted_vs_actual">): ChartOption {
  return cloudOption(data, {
    x: { name: "Actual", ...y_true },
    y: { name: "Predicted", ...y_pred },
    line: [
      [min, min],
      [max, max],
    ],
  });
}

export function residualsOption({ data, y_pred, error }: PlotDataOf<"residuals">): ChartOption {
  return cloudOption(data, {
    x: { name: "Predicted", ...y_pred },
    y: { name: "Predicted - actual", ...error },
    line: [
      [y_pred.min, 0],
      [y_pred.max, 0],
    ],
  });
}

type Bounded = "y_true" | "y_pred" | "error";

/**
 * The samples behind a point or cell: values of two columns, an upper end left out where the next cell begins
 * there.
 */
export function cloudSamples(
  data: Cloud,
  index: number,
  x: Bounded,
  y: Bounded,
): ExperimentSearch | undefined {
  const cell = cloudCell(data, index);
  if (!cell) return undefined;
  return {
    [`${x}_min`]: String(cell.x[0]),
    [`${x}_max`]: String(cell.x[1]),
    [`${y}_min`]: String(cell.y[0]),
    [`${y}_max`]: String(cell.y[1]),
    open: [...(cell.xLast ? [] : [`${x}_max`]), ...(cell.yLast ? [] : [`${y}_max`])],
  };
}
