import type { PlotDataOf } from "../../api/types.js";
import { comparisonLine, plotArea, valueAxis, zoom } from "../../charts/axes.js";
import { brief } from "../../charts/brief.js";
import type { ChartOption } from "../../charts/chart-option.js";
import { tooltipOf } from "../../charts/tooltip.js";

export function normalQqOption(data: PlotDataOf<"normal_qq">): ChartOption {
  const { theoretical_quantile: quantiles, ordered_error: errors, slope, intercept } = data;
  const line =
    slope === null || intercept === null
      ? undefined
      : [quantiles[0] ?? 0, quantiles.at(-1) ?? 0].map((x) => [x, intercept + slope * x] as const);
  return {
    grid: plotArea,
    tooltip: {
      formatter: tooltipOf((i) => `normal quantile ${brief(quantiles[i])}\nerror ${brief(errors[i])}`),
    },
    xAxis: valueAxis("Normal quantile"),
    yAxis: valueAxis("Predicted - actual", { nameGap: 40 }),
    dataZoom: zoom,
    series: [
      {
        type: "scatter",
        symbolSize: 5,
        itemStyle: { opacity: 0.65 },
        data: quantiles.map((x, i) => [x, errors[i] ?? null]),
      },
      ...(line ? [comparisonLine(line, { width: 1.5 })] : []),
    ],
  };
}
