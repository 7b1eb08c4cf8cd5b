import type { ClassDifference } from "../../api/types.js";
import { confusionFrame, lowerScale } from "../../charts/axes.js";
import type { ChartOption } from "../../charts/chart-option.js";
import { tooltipOf } from "../../charts/tooltip.js";

/** B's confusion matrix less A's: a gain, whether on the diagonal or beside it, is green. */
export function differenceHeatmapOption({ labels, cells }: ClassDifference): ChartOption {
  const most = cells.reduce((greatest, { a, b }) => Math.max(greatest, Math.abs(b - a)), 1);
  return {
    ...confusionFrame(labels),
    tooltip: {
      formatter: tooltipOf((i) => {
        const cell = cells[i];
        return cell
          ? `true ${labels[cell.true]}\npredicted ${labels[cell.predicted]}\nA ${cell.a}, B ${cell.b}`
          : "";
      }),
    },
    visualMap: {
      ...lowerScale,
      min: -most,
      max: most,
      dimension: 3,
      text: ["gain", "loss"],
      inRange: { color: ["#e03131", "#f1f3f5", "#0ca678"] },
    },
    series: [
      {
        type: "heatmap",
        progressive: 10_000,
        data: cells.map(({ true: truth, predicted, a, b }) => [
          predicted,
          truth,
          b - a,
          truth === predicted ? b - a : a - b,
        ]),
      },
    ],
  };
}
