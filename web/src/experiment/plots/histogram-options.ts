import type { PlotDataOf } from "../../api/types.js";
import { brief } from "../../charts/brief.js";
import type { ChartOption } from "../../charts/chart-option.js";
import { histogramOption } from "../../charts/histogram-option.js";
import type { ExperimentSearch } from "../../search.js";

export function residualHistogramOption({ edges, counts }: PlotDataOf<"residual_histogram">): ChartOption {
  return histogramOption({
    of: "Predicted - actual",
    value: "error",
    edges,
    series: [{ name: "Samples", counts }],
  });
}

export function scoreDistributionOption(
  data: PlotDataOf<"score_distribution">,
  threshold?: number,
): ChartOption {
  return histogramOption({
    marked: threshold === undefined ? undefined : { x: threshold, name: brief(threshold) },
    of: "Score",
    value: "score",
    edges: data.edges,
    series: [
      { name: String(data.positive_label), counts: data.positive_counts },
      { name: "all others", counts: data.negative_counts },
    ],
  });
}

/** The samples behind a bin, whose upper end belongs to the next bin, but for the last one. */
export function binSamples(
  edges: readonly number[],
  bin: number,
  column: "error" | "y_score",
): ExperimentSearch {
  return {
    [`${column}_min`]: String(edges[bin]),
    [`${column}_max`]: String(edges[bin + 1]),
    open: bin + 2 < edges.length ? [`${column}_max`] : undefined,
  };
}

/** A row a bin: its ends, then a count of each series. */
export function binTable(edges: readonly number[], ...series: readonly (readonly number[])[]): number[][] {
  return edges.slice(1).map((to, i) => [edges[i] ?? to, to, ...series.map((counts) => counts[i] ?? 0)]);
}
