import { comparisonLine, plotArea, valueAxis, zoom } from "./axes.js";
import type { ChartOption } from "./chart-option.js";
import { tooltipOf } from "./tooltip.js";

export interface NamedLine {
  name: string;
  points: readonly (readonly [number, number])[];
}

export interface LinesLook {
  xName: string;
  yName: string;
  /** What a tooltip says below a line's name. */
  tooltip: (point: readonly [number, number]) => string;
  /** Both axes from 0 to 1; else the vertical one begins at 0 and the rest is open. */
  isShare: boolean;
  /** Marks on the points, at any time, only under the pointer, or none and a line of steps. */
  points: "shown" | "hovered" | "steps";
  diagonal: boolean;
  /** How many names fit beside each other in the legend. */
  namesAcross: number;
}

/** Lines of several experiments over each other, with a legend. */
export function linesOption(lines: readonly NamedLine[], look: LinesLook): ChartOption {
  const isSteps = look.points === "steps";
  const ends = look.isShare ? { min: 0, max: 1 } : {};
  return {
    grid: {
      ...plotArea,
      ...(isSteps ? { left: 64 } : {}),
      top: 24 + 20 * Math.ceil(lines.length / look.namesAcross),
    },
    legend: {
      top: 0,
      type: lines.length > 8 ? "scroll" : "plain",
      icon: "roundRect",
      itemHeight: 4,
      itemStyle: { opacity: 1 },
    },
    tooltip: {
      trigger: "item",
      formatter: tooltipOf((index, series) => {
        const line = lines[series];
        const point = line?.points[index];
        return line && point ? `${line.name}\n${look.tooltip(point)}` : "";
      }),
    },
    xAxis: valueAxis(look.xName, ends),
    yAxis: valueAxis(look.yName, { nameGap: isSteps ? 46 : 36, min: 0, ...ends }),
    dataZoom: zoom,
    series: [
      ...lines.map(({ name, points }) => ({
        type: "line" as const,
        name,
        data: points.map(([x, y]) => [x, y]),
        lineStyle: { width: 2 },
        ...(isSteps
          ? { step: "middle" as const, symbol: "none", emphasis: { focus: "series" as const } }
          : {
              symbol: "circle",
              symbolSize: 6,
              itemStyle: { opacity: look.points === "shown" ? 1 : 0 },
              emphasis: { itemStyle: { opacity: 1 }, focus: "series" as const },
            }),
      })),
      ...(look.diagonal
        ? [
            {
              ...comparisonLine(
                [
                  [0, 0],
                  [1, 1],
                ],
                { width: 1, opacity: 0.6 },
              ),
              tooltip: { show: false },
            },
          ]
        : []),
    ],
  };
}
