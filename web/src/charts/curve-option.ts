import { comparisonLine, mark, plotArea, valueAxis, zoom } from "./axes.js";
import type { ChartOption } from "./chart-option.js";
import { tooltipOf } from "./tooltip.js";

export interface Curve {
  x: readonly number[];
  y: readonly number[];
  xName: string;
  yName: string;
  name: string;
  /** Of the point at an index. */
  tooltip: (index: number) => string;
  /** A straight line to compare with, such as chance. */
  compare: readonly (readonly [number, number])[];
  step?: boolean;
  /** A point to mark, or a place along the horizontal axis. */
  marked?: { x: number; y?: number | undefined; name: string } | undefined;
  /** Whether both axes end at 1; if not, the vertical one is open. */
  isShare?: boolean;
}

/** A curve of points with its straight line of comparison. */
export function curveOption(curve: Curve): ChartOption {
  return {
    grid: plotArea,
    tooltip: {
      trigger: "item",
      formatter: tooltipOf((index, series) => (series === 0 ? curve.tooltip(index) : "")),
    },
    xAxis: valueAxis(curve.xName, { min: 0, max: 1 }),
    yAxis: valueAxis(curve.yName, { nameGap: 36, min: 0, ...(curve.isShare === false ? {} : { max: 1 }) }),
    dataZoom: zoom,
    series: [
      {
        type: "line",
        name: curve.name,
        data: curve.x.map((x, i) => [x, curve.y[i] ?? null]),
        symbol: "circle",
        symbolSize: 7,
        showSymbol: true,
        itemStyle: { opacity: 0 },
        emphasis: { itemStyle: { opacity: 1 } },
        lineStyle: { width: 2 },
        ...(curve.step ? { step: "start" } : {}),
      },
      { name: "by chance", ...comparisonLine(curve.compare, { width: 1, opacity: 0.6 }) },
      ...(curve.marked ? [mark(curve.marked)] : []),
    ],
  };
}
