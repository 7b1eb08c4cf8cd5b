import type { PlotDataOf } from "../../api/types.js";
import { confusionFrame, lowerScale } from "../../charts/axes.js";
import { brief } from "../../charts/brief.js";
import type { ChartOption } from "../../charts/chart-option.js";
import { tooltipOf } from "../../charts/tooltip.js";

export type Matrix = PlotDataOf<"confusion_matrix">;
/** What a cell says: its count, or that as a share of its true or its predicted label. */
export type Share = "counts" | "true" | "predicted";

/** The matrix as a picture, for more classes than a table can show. */
export function confusionOption(data: Matrix, share: Share): ChartOption {
  const labels = labelsOf(data);
  const cells = filledCells(data).map(({ row, column, count }) => ({
    row,
    column,
    value: share === "counts" ? count : (shareOf(data, row, column, share) ?? 0),
  }));
  return {
    ...confusionFrame(labels),
    tooltip: {
      formatter: tooltipOf((i) => {
        const cell = cells[i];
        if (!cell) return "";
        const shown = share === "counts" ? `${cell.value} samples` : `${brief(cell.value * 100)} %`;
        return `true ${labels[cell.row]}\npredicted ${labels[cell.column]}\n${shown}`;
      }),
    },
    visualMap: {
      ...lowerScale,
      min: 0,
      max: cells.reduce((greatest, { value }) => Math.max(greatest, value), 0),
      inRange: { color: ["#d0ebff", "#1864ab"] },
    },
    series: [
      {
        type: "heatmap",
        data: cells.map(({ row, column, value }) => [column, row, value]),
        progressive: 10_000,
      },
    ],
  };
}

/** The cells that have samples, in the order in which the picture draws them. */
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
