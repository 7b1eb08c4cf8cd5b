import type { PlotDataOf } from "../api/types.js";
import { comparisonLine, plotArea, valueAxis, zoom } from "./axes.js";
import { brief } from "./brief.js";
import type { ChartOption } from "./chart-option.js";
import { tooltipOf } from "./tooltip.js";

export type Cloud = PlotDataOf<"residuals">["data"];

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
  const comparison = { ...comparisonLine(line, { width: 1.5, opacity: 0.8 }), z: 5 };
  if (data.form === "points") {
    return {
      ...frame,
      tooltip: {
        formatter: tooltipOf((i) => {
          const id = data.sample_id[i] ?? null;
          const sample = id === null ? `row ${data.row[i]}` : `sample ${id}`;
          return `${sample}\n${x.name} ${brief(data.x[i])}\n${y.name} ${brief(data.y[i])}`;
        }),
      },
      series: [
        {
          type: "scatter",
          data: data.x.map((value, i) => [value, data.y[i] ?? null]),
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
      formatter: tooltipOf((i) => {
        const cell = cellOf(data, i);
        if (!cell) return "";
        const range = (name: string, [from, to]: [number, number]) =>
          `${name} ${brief(from)} to ${brief(to)}`;
        return `${range(x.name, cell.x)}\n${range(y.name, cell.y)}\n${data.count[i]} samples`;
      }),
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
          const cell = cellOf(data, i);
          return cell ? [...cell.x, ...cell.y, count] : [];
        }),
        renderItem: (_, api) => {
          const [left = 0, bottom = 0] = api.coord([api.value(0), api.value(2)]);
          const [right = 0, top = 0] = api.coord([api.value(1), api.value(3)]);
          return {
            type: "rect",
            shape: { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) },
            style: { fill: api.visual("color") ?? "none" },
          };
        },
      },
      comparison,
    ],
  };
}

export interface CloudCell {
  x: [number, number];
  y: [number, number];
  /** Whether it is the last column or row of cells, whose upper end belongs to it. */
  xLast: boolean;
  yLast: boolean;
}

/** What a cell or point that was clicked covers. */
export function cloudCell(data: Cloud, i: number): CloudCell | undefined {
  if (data.form === "density") return cellOf(data, i);
  const [x, y] = [data.x[i], data.y[i]];
  return x === undefined || y === undefined ? undefined : { x: [x, x], y: [y, y], xLast: true, yLast: true };
}

function cellOf(data: Extract<Cloud, { form: "density" }>, i: number): CloudCell | undefined {
  const [column, row] = [data.x_bin[i], data.y_bin[i]];
  if (column === undefined || row === undefined) return undefined;
  const x = rangeAt(data.x_edges, column);
  const y = rangeAt(data.y_edges, row);
  return (
    x && y && { x, y, xLast: column + 2 === data.x_edges.length, yLast: row + 2 === data.y_edges.length }
  );
}

function rangeAt(edges: readonly number[], bin: number): [number, number] | undefined {
  const [from, to] = [edges[bin], edges[bin + 1]];
  return from === undefined || to === undefined ? undefined : [from, to];
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
      const cell = cellOf(data, i);
      return cell ? [...cell.x, ...cell.y, count] : [];
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
