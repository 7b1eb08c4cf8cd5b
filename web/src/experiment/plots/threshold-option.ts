import { mark, plotArea, valueAxis } from "../../charts/axes.js";
import type { ChartOption } from "../../charts/chart-option.js";
import { briefValue } from "../../charts/tooltip.js";
import { thresholdScores } from "./threshold-scores.js";
import { countsAt, type ThresholdTable } from "./threshold-table.js";

const scores = [
  ["precision", "Precision"],
  ["recall", "Recall"],
  ["f1", "F1"],
] as const;

/**
 * Precision, recall and F1 over all thresholds. It cannot be zoomed: the slider below has the same scale.
 * @param chosen the threshold that is marked
 */
export function thresholdOption(data: ThresholdTable, chosen?: number): ChartOption {
  const points = data.threshold.flatMap((threshold, i) =>
    threshold === null ? [] : [{ threshold, ...thresholdScores(countsAt(data, i)) }],
  );
  return {
    grid: { ...plotArea, top: 36 },
    legend: { top: 0, data: scores.map(([, name]) => name) },
    tooltip: { trigger: "axis", valueFormatter: briefValue },
    xAxis: valueAxis("Threshold", { min: 0, max: 1 }),
    yAxis: valueAxis("", { min: 0, max: 1 }),
    series: [
      ...scores.map(([score, name]) => ({
        type: "line" as const,
        name,
        symbol: "none",
        data: points.map((point) => [point.threshold, point[score] ?? null]),
      })),
      ...(chosen === undefined ? [] : [mark({ x: chosen, name: "" })]),
    ],
  };
}
