import { mark, plotArea, valueAxis, zoomAcross } from "./axes.js";
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
  /** A value to mark. */
  marked?: { x: number; name: string } | undefined;
}

/** Counts in bins. Several series are drawn over each other, with a legend. */
export function histogramOption({ of, edges, series, value, marked }: Histogram): ChartOption {
  const [first, ...others] = series;
  const isOne = others.length === 0;
  const bars = (counts: readonly number[]) =>
    edges.slice(1).map((to, i) => [((edges[i] ?? to) + to) / 2, counts[i] ?? 0]);
  return {
    grid: isOne ? plotArea : { ...plotArea, top: 40 },
    ...(isOne ? {} : { legend: { top: 0, data: series.map(({ name }) => name) } }),
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
    xAxis: valueAxis(of, { min: edges[0] ?? 0, max: edges.at(-1) ?? 1 }),
    yAxis: valueAxis("Samples", { nameGap: 40 }),
    dataZoom: [zoomAcross],
    series: [
      ...series.map(({ name, counts }) =>
        isOne
          ? { type: "bar" as const, data: bars(counts), barCategoryGap: "4%" }
          : {
              type: "bar" as const,
              name,
              data: bars(counts),
              barGap: "-100%",
              barCategoryGap: "0%",
              itemStyle: { opacity: 0.6 },
            },
      ),
      ...(marked ? [mark(marked)] : []),
    ],
  };
}
