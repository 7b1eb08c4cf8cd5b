import type { ChartOption } from "./chart-option.js";
import { isLogX, metricAxes } from "./metric-axes.js";
import type { MetricLook } from "./metric-look.js";
import { behind, metricTooltip } from "./metric-tooltip.js";
import { smoothed } from "./smoothed.js";

/** A number, or the word for one that JSON has none for. */
export type MetricValue = number | "NaN" | "Infinity" | "-Infinity";

/** One metric of one run. */
export interface MetricLine {
  name: string;
  color: string;
  x: readonly number[];
  y: readonly MetricValue[];
  /** Where x and y are but the extremes of buckets: what is smoothed instead. */
  means?: BucketMeans | undefined;
}

/** The means of buckets of points, null where there is none, and how many points each is of. */
export interface BucketMeans {
  x: readonly number[];
  y: readonly (number | null)[];
  n: readonly number[];
}

/** One metric of one run or several by step or time: smoothed lines, with what was logged pale behind. */
export function metricOption(lines: readonly MetricLine[], look: MetricLook): ChartOption {
  const isSmoothed = look.smoothing > 0;
  const series = lines.flatMap(({ name, color, x, y, means }, i) => {
    const points = pointsOf(x, y, look);
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
    const logged = { ...line, data: points };
    if (!isSmoothed) return [{ ...logged, lineStyle: { width: 1.5 } }];
    const smooth = means
      ? smoothed(means.y, look.smoothing, means.n)
      : smoothed(
          y.map((value) => (typeof value === "number" ? value : null)),
          look.smoothing,
        );
    return [
      {
        ...logged,
        lineStyle: { width: 1, opacity: 0.25 },
        id: `${behind} ${i}`,
        silent: true,
        tooltip: { show: false },
        emphasis: { disabled: true },
      },
      {
        ...line,
        data: pointsOf(means?.x ?? x, smooth, look),
        lineStyle: { width: 2 },
      },
    ];
  });
  return {
    ...metricAxes(look),
    tooltip: metricTooltip(look.x),
    series,
  };
}

type Values = readonly (MetricValue | null)[];

/** What can be drawn; on a logarithmic axis nothing from 0 down. */
function pointsOf(x: readonly number[], y: Values, look: MetricLook): [number, number | null][] {
  return x.flatMap((at, i): [number, number | null][] => {
    if (isLogX(look) && at <= 0) return [];
    const value = y[i];
    return [[at, typeof value === "number" && (!look.logY || value > 0) ? value : null]];
  });
}

/** How many values are no finite numbers, in words; empty where there are none. */
export function oddValues(y: readonly MetricValue[]): string {
  const counts = new Map<string, number>();
  for (const value of y) if (typeof value === "string") counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} × ${word}`).join(", ");
}
