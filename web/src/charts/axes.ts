import type { ChartOption } from "./echarts.js";

/** A value axis with a name in its middle, as every plot has two of. */
export function valueAxis(name: string, more: object = {}): object {
  return {
    type: "value",
    name,
    nameLocation: "middle",
    nameGap: 28,
    scale: true,
    axisLabel: {
      formatter: brief,
      showMinLabel: !("min" in more) || Number.isInteger((more as { min: number }).min),
      showMaxLabel: !("max" in more) || Number.isInteger((more as { max: number }).max),
    },
    splitLine: { lineStyle: { opacity: 0.35 } },
    ...more,
  };
}

/** Wheel and pinch zoom into both axes. */
export const zoom = [
  { type: "inside", xAxisIndex: 0, filterMode: "none" },
  { type: "inside", yAxisIndex: 0, filterMode: "none" },
];

export const plotArea = { left: 56, right: 20, top: 28, bottom: 44 };

/** A curve of points with its straight line of comparison, both from 0 to 1. */
export function curveOption(curve: {
  x: readonly number[];
  y: readonly number[];
  xName: string;
  yName: string;
  name: string;
  tooltip: (index: number) => string;
  compare?: readonly (readonly [number, number])[];
  step?: boolean;
  yMax?: number;
}): ChartOption {
  return {
    grid: plotArea,
    tooltip: {
      trigger: "item",
      formatter: (event: { seriesIndex: number; dataIndex: number }) =>
        event.seriesIndex === 0 ? curve.tooltip(event.dataIndex) : "",
    },
    xAxis: valueAxis(curve.xName, { min: 0, max: 1 }),
    yAxis: valueAxis(curve.yName, { nameGap: 36, min: 0, ...(curve.yMax === undefined ? { max: 1 } : {}) }),
    dataZoom: zoom,
    series: [
      {
        type: "line",
        name: curve.name,
        data: curve.x.map((x, i) => [x, curve.y[i]]),
        symbol: "circle",
        symbolSize: 7,
        showSymbol: true,
        itemStyle: { opacity: 0 },
        emphasis: { itemStyle: { opacity: 1 } },
        lineStyle: { width: 2 },
        ...(curve.step ? { step: "start" } : {}),
      },
      ...(curve.compare
        ? [
            {
              type: "line",
              name: "by chance",
              data: curve.compare,
              symbol: "none",
              silent: true,
              lineStyle: { type: "dashed", width: 1, opacity: 0.6 },
            },
          ]
        : []),
    ],
  };
}

/** A number as a tooltip shows it. */
export function brief(value: number | null | undefined): string {
  if (value === null || value === undefined) return "undefined";
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}

/** The frame of a confusion matrix that is drawn as a picture: true labels downwards, predicted ones to the right. */
export function confusionFrame(labels: readonly string[]): object {
  return {
    grid: { left: 90, right: 20, top: 20, bottom: 110 },
    xAxis: {
      type: "category",
      data: labels,
      name: "predicted",
      nameLocation: "middle",
      nameGap: 70,
      axisLabel: { rotate: 60 },
    },
    yAxis: { type: "category", data: labels, name: "true", inverse: true },
    dataZoom: [
      { type: "inside", xAxisIndex: 0 },
      { type: "inside", yAxisIndex: 0 },
    ],
  };
}
