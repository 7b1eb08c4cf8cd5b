import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { plotQuery } from "../../../api/queries.js";
import type { Experiment } from "../../../api/types.js";
import { brief, plotArea, valueAxis } from "../../../charts/axes.js";
import type { ChartOption } from "../../../charts/echarts.js";
import { PlotFrame } from "../../../charts/plot-frame.js";
import { useExperimentAddress } from "../address.js";
import { fileName } from "./plot-names.js";

/** How the errors are spread; a bar opens its samples. */
export function ResidualHistogram({ experiment }: { experiment: Experiment }) {
  const { change } = useExperimentAddress();
  const { data, error, isPending } = useQuery(plotQuery(experiment.prediction_id, "residual_histogram"));
  const option = useMemo((): ChartOption | undefined => {
    if (!data) return undefined;
    return {
      grid: plotArea,
      tooltip: {
        trigger: "axis",
        formatter: (events: { dataIndex: number }[]) => {
          const i = events[0]?.dataIndex ?? 0;
          return `error ${brief(data.edges[i])} to ${brief(data.edges[i + 1])}\n${data.counts[i]} samples`;
        },
      },
      xAxis: {
        type: "category",
        data: data.counts.map((_, i) =>
          brief(((data.edges[i] as number) + (data.edges[i + 1] as number)) / 2),
        ),
        name: "Predicted - actual",
        nameLocation: "middle",
        nameGap: 28,
      },
      yAxis: valueAxis("Samples", { nameGap: 40 }),
      dataZoom: [{ type: "inside", xAxisIndex: 0 }],
      series: [{ type: "bar", data: data.counts, barCategoryGap: "4%" }],
    };
  }, [data]);
  return (
    <PlotFrame
      title="Histogram of errors"
      meaning="Centred at 0 and narrow is good; a bar opens its samples."
      inWords={
        data
          ? `The mean error is ${brief(data.mean_error)}, the median ${brief(data.median_error)}, over ${data.samples} samples.`
          : ""
      }
      fileName={fileName(experiment, "error-histogram")}
      loading={isPending}
      error={error}
      note={data && `Mean ${brief(data.mean_error)}, median ${brief(data.median_error)}.`}
      chart={
        option &&
        data && {
          option,
          height: 320,
          onClick: ({ dataIndex }) =>
            change({
              error_min: String(data.edges[dataIndex]),
              error_max: String(data.edges[dataIndex + 1]),
              open: dataIndex + 1 < data.counts.length ? ["error_max"] : undefined,
              offset: undefined,
            }),
        }
      }
      table={[
        ["from", "to", "samples"],
        ...(data?.counts.map((count, i) => [data.edges[i] as number, data.edges[i + 1] as number, count]) ??
          []),
      ]}
    />
  );
}
