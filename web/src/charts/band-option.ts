import type { ChartOption } from "./chart-option.js";
import { isLogX, metricAxes } from "./metric-axes.js";
import type { MetricLook } from "./metric-look.js";
import { behind, metricTooltip } from "./metric-tooltip.js";
import { smoothed } from "./smoothed.js";

/** A mean and the band around it. */
export interface BandLine {
  name: string;
  color: string;
  x: readonly number[];
  mean: readonly number[];
  low: readonly number[];
  high: readonly number[];
  /** Points of the run that has most of them. */
  points: number;
}

/** Means with bands: of each a line, and around it an area between two lines that are not drawn. */
export function bandOption(lines: readonly BandLine[], look: MetricLook): ChartOption {
  const series = lines.flatMap(({ name, color, x, mean, low, high, points }, place) => {
    const counts = x.map(() => points / x.length);
    const smooth = (values: readonly number[]) =>
      look.smoothing > 0 ? smoothed(values, look.smoothing, counts) : values;
    const [means, lows, highs] = [smooth(mean), smooth(low), smooth(high)];
    const hidden = {
      type: "line" as const,
      symbol: "none",
      silent: true,
      lineStyle: { opacity: 0 },
      emphasis: { disabled: true },
    };
    // On a logarithmic axis there is nothing from 0 down: a band that reaches there ends at the least that is drawn.
    const isDrawn = (i: number) => (!look.logY || means[i]! > 0) && (!isLogX(look) || x[i]! > 0);
    const places = [...x.keys()].filter(isDrawn);
    const least = Math.min(...places.flatMap((i) => [lows[i]!, means[i]!].filter((value) => value > 0)));
    const edge = places.map((i) => [x[i]!, look.logY && lows[i]! <= 0 ? least : lows[i]!]);
    const back = places.map((i) => [x[i]!, highs[i]!]);
    return [
      {
        type: "line" as const,
        name,
        color,
        symbol: "none",
        data: x.flatMap((at, i) => (isLogX(look) && at <= 0 ? [] : [[at, isDrawn(i) ? means[i]! : null]])),
        lineStyle: { width: 2 },
        z: 3,
      },
      // Stacked areas would add up logarithms: a polygon goes there and back.
      {
        ...hidden,
        color,
        type: "custom" as const,
        id: `${behind} ${place}`,
        name: `${name}, band`,
        data: [...edge, ...back.reverse()],
        renderItem: polygonOf(places.length, color),
        z: 2,
      },
    ];
  });
  const axes = metricAxes(look);
  return {
    ...axes,
    grid: { ...axes.grid, top: 34 },
    legend: {
      top: 0,
      type: "scroll",
      icon: "roundRect",
      itemHeight: 12, // lower ones cut their names off
      data: lines.map(({ name }) => name),
    },
    tooltip: metricTooltip(look.x),
    series,
  } as ChartOption;
}

interface Drawing {
  value: (dimension: number, index?: number) => number;
  coord: (point: readonly [number, number]) => number[];
}

/** Draws the whole band with its first point. */
function polygonOf(count: number, color: string) {
  return (params: { dataIndex: number }, api: Drawing) => {
    if (params.dataIndex !== 0) return undefined;
    const points = Array.from({ length: 2 * count }, (_, i) => api.coord([api.value(0, i), api.value(1, i)]));
    return { type: "polygon", shape: { points }, style: { fill: color, opacity: 0.18 }, silent: true };
  };
}
