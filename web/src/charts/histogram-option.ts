import { categoryAxis, plotArea, valueAxis } from "./axes.js";
import { brief } from "./brief.js";
import type { ChartOption } from "./chart-option.js";
import { tooltipOf } from "./tooltip.js";

export interface Histogram {
  /** What the bins are of. */
  of: string;
  /** The bins' ends, one more than there are bins. */
  edges: readonly number[];
  series: readonly { name: string; counts: readonly number[] }[];
  /** How a tooltip calls a value of the bins. */
  value: string;
}

/** Counts in bins. Several series are drawn over each other, with a legend. */
export function histogramOption({ of, edges, series, value }: Histogram): ChartOption {
  const [first, ...others] = series;
  const isOne = others.length === 0;
  const middles = edges.slice(1).map((to, i) => brief(((edges[i] ?? to) + to) / 2));
  return {
    grid: isOne ? plotArea : { ...plotArea, top: 40 },
    ...(isOne ? {} : { legend: { top: 0 } }),
    tooltip: {
      trigger: "axis",
      formatter: tooltipOf((i) => {
        const range = `${value} ${brief(edges[i])} to ${brief(edges[i + 1])}`;
        const counts = isOne
          ? [`${first?.counts[i]} samples`]
          : series.map(({ name, counts: own }) => `${name}: ${own[i]}`);
        return [range, ...counts].join("\n");
      }),
    },
    xAxis: categoryAxis(of, middles),
    yAxis: valueAxis("Samples", { nameGap: 40 }),
    dataZoom: [{ type: "inside", xAxisIndex: 0 }],
    series: series.map(({ name, counts }) =>
      isOne
        ? { type: "bar", data: [...counts], barCategoryGap: "4%" }
        : {
            type: "bar",
            name,
            data: [...counts],
            barGap: "-100%",
            barCategoryGap: "0%",
            itemStyle: { opacity: 0.6 },
          },
    ),
  };
}
