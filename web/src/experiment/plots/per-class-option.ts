import type { PlotDataOf } from "../../api/types.js";
import type { ChartOption } from "../../charts/chart-option.js";

export const classScores = ["precision", "recall", "f1"] as const;

/** The table of classes as a picture to save. */
export function perClassOption({ classes }: PlotDataOf<"per_class">): ChartOption {
  return {
    grid: { left: 60, right: 20, top: 40, bottom: 60 },
    legend: { top: 0 },
    xAxis: { type: "category", data: classes.map(({ label }) => String(label)) },
    yAxis: { type: "value", min: 0, max: 1 },
    series: classScores.map((score) => ({
      type: "bar",
      name: score,
      data: classes.map((one) => one[score]),
    })),
  };
}
