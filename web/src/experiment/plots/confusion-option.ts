import type { PlotDataOf } from "../../api/types.js";
import { confusionFrame, lowerScale } from "../../charts/axes.js";
import { brief } from "../../charts/brief.js";
import type { ChartOption } from "../../charts/chart-option.js";
import { tooltipOf } from "../../charts/tooltip.js";

export type Matrix = PlotDataOf<"confusion_matrix">;
/** What a cell says: its count, or that as a share of its true or its predicted label. */
export type Share = "counts" | "true" | "predicted";

/**
 * The matrix as a picture, for more classes than a table can show. Errors have a scale of their own, so that
 * one of them is seen beside thousands that are right; a cell without samples is blank.
 */
export function confusionOption(data: Matrix, share: Share): ChartOption {
  const labels = labelsOf(data);
  const cells = filledCells(data).map(({ row, column, count }) => ({
    row,
    column,
    value: share === "counts" ? count : (shareOf(data, row, column, share) ?? 0),
  }));
  const parts = [
    { name: "right", cells: cells.filter(({ row, column }) => row === column), colors: right, left: "20%" },
    { name: "wrong", cells: cells.filter(({ row, column }) => row !== column), colors: wrong, left: "60%" },
  ];
  return {
    ...confusionFrame(labels),
    tooltip: {
      formatter: tooltipOf((i, series) => {
        const cell = parts[series]?.cells[i];
        if (!cell) return "";
        const shown = share === "counts" ? `${cell.value} samples` : `${brief(cell.value * 100)} %`;
        return `true ${labels[cell.row]}\npredicted ${labels[cell.column]}\n${shown}`;
      }),
    },
    visualMap: parts.map(({ name, cells: own, colors, left }, seriesIndex) => ({
      ...lowerScale,
      seriesIndex,
      left,
      text: ["", name],
      itemHeight: 90,
      calculable: false,
      min: 0,
      max: own.reduce((greatest, { value }) => Math.max(greatest, value), 0) || 1,
      formatter: (value) => brief(Number(value)),
      inRange: { color: colors },
    })),
    series: parts.map(({ name, cells: own }) => ({
      type: "heatmap",
      name,
      data: own.map(({ row, column, value }) => [column, row, value]),
      progressive: 10_000,
    })),
  };
}

const right = ["#a5d8ff", "#1864ab"];
const wrong = ["#ffc078", "#d9480f"];

/** The cell that the picture drew at a place of one of its series. */
export function drawnCell(
  data: Matrix,
  seriesIndex: number,
  dataIndex: number,
): { row: number; column: number } | undefined {
  const own = filledCells(data).filter(({ row, column }) => (row === column) === (seriesIndex === 0));
  return own[dataIndex];
}

/** The cells that have samples. */
export function filledCells(data: Matrix): { row: number; column: number; count: number }[] {
  return data.counts.flatMap((counts, row) =>
    counts.flatMap((count, column) => (count === 0 ? [] : [{ row, column, count }])),
  );
}

/** The names of rows and columns; the labels that are too many share the last one. */
export function labelsOf(data: Matrix): string[] {
  return [...data.labels.map(String), ...(data.other_labels > 0 ? [`${data.other_labels} others`] : [])];
}

/** A cell's share of its row or column; undefined where that has no samples. */
export function shareOf(
  data: Matrix,
  row: number,
  column: number,
  share: "true" | "predicted",
): number | undefined {
  const total = (share === "true" ? data.row_totals[row] : data.column_totals[column]) ?? 0;
  return total === 0 ? undefined : (data.counts[row]?.[column] ?? 0) / total;
}
