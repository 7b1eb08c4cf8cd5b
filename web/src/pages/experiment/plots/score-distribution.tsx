import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { plotQuery } from "../../../api/queries.js";
import { brief, plotArea, valueAxis } from "../../../charts/axes.js";
import type { ChartOption } from "../../../charts/echarts.js";
import { PlotFrame } from "../../../charts/plot-frame.js";
import { useExperimentAddress } from "../address.js";
import type { ScoredPlotProps } from "./classification-plots.js";
import { fileName } from "./plot-names.js";

/** How the scores of positives and of all others are spread; a bar opens its samples. */
export function ScoreDistribution({ experiment, positive }: ScoredPlotProps) {
  const { change } = useExperimentAddress();
  const query = plotQuery(experiment.prediction_id, "score_distribution", { class: positive });
  const { data, error, isPending } = useQuery(query);
  const option = useMemo((): ChartOption | undefined => {
    if (!data) return undefined;
    const middle = (i: number) => ((data.edges[i] as number) + (data.edges[i + 1] as number)) / 2;
    const series = [
      { name: String(data.positive_label), counts: data.positive_counts },
      { name: "all others", counts: data.negative_counts },
    ];
    return {
      grid: { ...plotArea, top: 40 },
      legend: { top: 0 },
      tooltip: {
        trigger: "axis",
        formatter: (events: { dataIndex: number }[]) => {
          const i = events[0]?.dataIndex ?? 0;
          return `score ${brief(data.edges[i])} to ${brief(data.edges[i + 1])}\n${data.positive_label}: ${data.positive_counts[i]}\nall others: ${data.negative_counts[i]}`;
        },
      },
      xAxis: {
        type: "category",
        data: data.positive_counts.map((_, i) => brief(middle(i))),
        name: "Score",
        nameLocation: "middle",
        nameGap: 28,
      },
      yAxis: valueAxis("Samples", { nameGap: 40 }),
      dataZoom: [{ type: "inside", xAxisIndex: 0 }],
      series: series.map(({ name, counts }) => ({
        type: "bar",
        name,
        data: counts,
        barGap: "-100%",
        barCategoryGap: "0%",
        itemStyle: { opacity: 0.6 },
      })),
    };
  }, [data]);
  return (
    <PlotFrame
      title="Scores by class"
      meaning="Well separated hills mean an easy choice of threshold. A bar opens its samples."
      inWords={
        data
          ? `Scores of ${data.positives} samples of ${data.positive_label} and ${data.negatives} others in ${data.positive_counts.length} bins.`
          : ""
      }
      fileName={fileName(experiment, `scores-${data?.positive_label ?? ""}`)}
      loading={isPending}
      error={error}
      chart={
        option &&
        data && {
          option,
          height: 320,
          onClick: ({ dataIndex }) =>
            change({
              y_score_min: String(data.edges[dataIndex]),
              y_score_max: String(data.edges[dataIndex + 1]),
              open: dataIndex + 1 < data.positive_counts.length ? ["y_score_max"] : undefined,
              offset: undefined,
            }),
        }
      }
      table={[
        ["from", "to", "positive", "others"],
        ...(data?.positive_counts.map((count, i) => [
          data.edges[i] as number,
          data.edges[i + 1] as number,
          count,
          data.negative_counts[i] as number,
        ]) ?? []),
      ]}
    />
  );
}
