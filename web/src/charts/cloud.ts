import type { PlotDataOf } from "../api/types.js";
import { brief, plotArea, valueAxis, zoom } from "./axes.js";
import type { ChartOption } from "./echarts.js";

type Cloud = PlotDataOf<"residuals">["data"];

export interface CloudAxes {
  x: { name: string; min: number; max: number };
  y: { name: string; min: number; max: number };
  /** A straight line of comparison. */
  line: readonly (readonly [number, number])[];
}

/** Samples as points while they are few, else as squares that are darker where there are more. */
export function cloudOption(data: Cloud, { x, y, line }: CloudAxes): ChartOption {
  const frame = {
    grid: { ...plotArea, right: data.form === "density" ? 80 : 20 },
    xAxis: valueAxis(x.name, { min: floor(x), max: ceil(x) }),
    yAxis: valueAxis(y.name, { nameGap: 40, min: floor(y), max: ceil(y) }),
    dataZoom: zoom,
  };
  const comparison = {
    type: "line",
    data: line,
    symbol: "none",
    silent: true,
    lineStyle: { type: "dashed", width: 1.5, opacity: 0.8 },
    z: 5,
  };
  if (data.form === "points") {
    return {
      ...frame,
      tooltip: {
        formatter: ({ dataIndex: i }: { dataIndex: number }) =>
          `${data.sample_id[i] === null ? `row ${data.row[i]}` : `sample ${data.sample_id[i]}`}\n${x.name} ${brief(data.x[i])}\n${y.name} ${brief(data.y[i])}`,
      },
      series: [
        {
          type: "scatter",
          data: data.x.map((value, i) => [value, data.y[i]]),
          symbolSize: data.x.length > 1000 ? 4 : 7,
          itemStyle: { opacity: 0.65 },
        },
        comparison,
      ],
    };
  }
  const most = data.count.reduce((greatest, count) => Math.max(greatest, count), 1);
  return {
    ...frame,
    tooltip: {
      formatter: ({ dataIndex: i }: { dataIndex: number }) => {
        const [column, row] = [data.x_bin[i] as number, data.y_bin[i] as number];
        return `${x.name} ${brief(data.x_edges[column])} to ${brief(data.x_edges[column + 1])}\n${y.name} ${brief(data.y_edges[row])} to ${brief(data.y_edges[row + 1])}\n${data.count[i]} samples`;
      },
    },
    visualMap: {
      min: 1,
      max: most,
      dimension: 4,
      right: 0,
      top: "center",
      calculable: true,
      inRange: { color: ["#a5d8ff", "#1c7ed6", "#0b3d6f"] },
      seriesIndex: 0,
    },
    series: [
      {
        type: "custom",
        encode: { x: [0, 1], y: [2, 3] },
        data: data.count.map((count, i) => {
          const [column, row] = [data.x_bin[i] as number, data.y_bin[i] as number];
          return [
            data.x_edges[column],
            data.x_edges[column + 1],
            data.y_edges[row],
            data.y_edges[row + 1],
            count,
          ];
        }),
        renderItem: (
          _: unknown,
          api: {
            value(i: number): number;
            coord(point: [number, number]): [number, number];
            visual(name: string): string;
          },
        ) => {
          const [left, bottom] = api.coord([api.value(0), api.value(2)]);
          const [right, top] = api.coord([api.value(1), api.value(3)]);
          return {
            type: "rect",
            shape: { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) },
            style: { fill: api.visual("color") },
          };
        },
      },
      comparison,
    ],
  };
}

/** What a cell or point that was clicked covers. */
export function cloudCell(
  data: Cloud,
  i: number,
): { x: [number, number]; y: [number, number]; xLast: boolean; yLast: boolean } | undefined {
  if (data.form === "points") {
    const [x, y] = [data.x[i], data.y[i]];
    return x === undefined || y === undefined
      ? undefined
      : { x: [x, x], y: [y, y], xLast: true, yLast: true };
  }
  const [column, row] = [data.x_bin[i], data.y_bin[i]];
  if (column === undefined || row === undefined) return undefined;
  return {
    x: [data.x_edges[column] as number, data.x_edges[column + 1] as number],
    y: [data.y_edges[row] as number, data.y_edges[row + 1] as number],
    xLast: column + 2 === data.x_edges.length,
    yLast: row + 2 === data.y_edges.length,
  };
}

/** The cloud's data as rows. */
export function cloudTable(data: Cloud | undefined, x: string, y: string): (string | number | null)[][] {
  if (!data) return [];
  if (data.form === "points")
    return [
      ["sample_id", "row", x, y],
      ...data.x.map((value, i) => [data.sample_id[i] ?? null, data.row[i] ?? null, value, data.y[i] ?? null]),
    ];
  return [
    [`${x}_from`, `${x}_to`, `${y}_from`, `${y}_to`, "samples"],
    ...data.count.map((count, i) => {
      const [column, row] = [data.x_bin[i] as number, data.y_bin[i] as number];
      return [
        data.x_edges[column] ?? null,
        data.x_edges[column + 1] ?? null,
        data.y_edges[row] ?? null,
        data.y_edges[row + 1] ?? null,
        count,
      ];
    }),
  ];
}

function floor({ min, max }: { min: number; max: number }): number {
  return min - margin(min, max);
}

function ceil({ min, max }: { min: number; max: number }): number {
  return max + margin(min, max);
}

/** A little air, so that no point lies on the frame. */
function margin(min: number, max: number): number {
  return max > min ? (max - min) * 0.03 : Math.max(1, Math.abs(max)) * 0.03;
}
