import type { PlotDataOf } from "../../api/types.js";
import { plotArea, valueAxis } from "../../charts/axes.js";
import type { ChartOption } from "../../charts/chart-option.js";
import { decileAxis } from "../../charts/decile-axis.js";
import { briefValue } from "../../charts/tooltip.js";

const measures = {
  mean_absolute_error: "Mean absolute error",
  root_mean_squared_error: "Root mean squared error",
  mean_error: "Mean error",
} as const;
const measureNames = ["mean_absolute_error", "root_mean_squared_error", "mean_error"] as const;

export function errorByDecileOption({ deciles }: PlotDataOf<"error_by_decile">): ChartOption {
  return {
    grid: { ...plotArea, top: 40, bottom: 56 },
    legend: { top: 0 },
    tooltip: { trigger: "axis", valueFormatter: briefValue },
    xAxis: decileAxis(deciles),
    yAxis: valueAxis("Error", { nameGap: 40 }),
    series: measureNames.map((measure) => ({
      type: "bar",
      name: measures[measure],
      data: deciles.map((decile) => decile[measure]),
    })),
  };
}
