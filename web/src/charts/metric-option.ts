import type { ChartOption } from "./chart-option.js";
import { metricAxes } from "./metric-axes.js";
import type { MetricLook } from "./metric-look.js";
import { behind, metricTooltip } from "./metric-tooltip.js";

/** A number, or the word for one that JSON has none for. */
export type MetricValue = number | "NaN" | "Infinity" | "-Infinity";

/** One metric of one run. */
export interface MetricLine {
  name: string;
  color: string;
  x: readonly number[];
  y: readonly MetricValue[];
}

/** One metric of one run or several by step or time: smoothed lines, with what was logged pale behind. */
export function metricOption(lines: readonly MetricLine[], look: MetricLook): ChartOption {
  const isSmoothed = look.smoothing > 0;
  const series = lines.flatMap(({ name, color, x, y }, i) => {
    const points = x.map((at, k) => [at, finite(y[k], look.logY)] as const);
    const line = {
      type: "line" as const,
      name,
      color,
      showSymbol: points.length < 2,
      symbol: "circle",
      symbolSize: 6,
      connectNulls: false,
      emphasis: { focus: "series" as const },
    };
    const logged = { ...line, data: points.map(([at, value]) => [at, value]) };
    if (!isSmoothed) return [{ ...logged, lineStyle: { width: 1.5 } }];
    const smooth = smoothed(
      points.map(([, value]) => value),
      look.smoothing,
    );
    return [
      {
        ...logged,
        lineStyle: { width: 1, opacity: 0.25 },
        id: `${behind} ${i}`,
        silent: true,
        emphasis: { disabled: true },
      },
      { ...line, data: points.map(([at], k) => [at, smooth[k] ?? null]), lineStyle: { width: 2 } },
    ];
  });
  return {
    ...metricAxes(look),
    tooltip: metricTooltip(look.x),
    series,
  };
}

/** What can be drawn; on a logarithmic axis nothing from 0 down. */
function finite(value: MetricValue | undefined, isLog: boolean): number | null {
  return typeof value === "number" && (!isLog || value > 0) ? value : null;
}

/**
 * The exponential moving average, without its bias towards the first value: each point is the weighted mean of
 * those up to it, a point before weighing `smoothing` times what the next one does.
 */
export function smoothed(values: readonly (number | null)[], smoothing: number): (number | null)[] {
  let sum = 0;
  let weight = 0;
  return values.map((value) => {
    if (value === null) return null;
    sum = smoothing * sum + value;
    weight = smoothing * weight + 1;
    return sum / weight;
  });
}

/** How many values are no finite numbers, in words; empty where there are none. */
export function oddValues(y: readonly MetricValue[]): string {
  const counts = new Map<string, number>();
  for (const value of y) if (typeof value === "string") counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} × ${word}`).join(", ");
}
