import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { plotQuery } from "../../../api/queries.js";
import type { Experiment } from "../../../api/types.js";
import { brief, plotArea, valueAxis, zoom } from "../../../charts/axes.js";
import type { ChartOption } from "../../../charts/echarts.js";
import { PlotFrame } from "../../../charts/plot-frame.js";
import { curveNote, fileName } from "./plot-names.js";

/** Whether the errors are normally distributed. */
export function NormalQq({ experiment }: { experiment: Experiment }) {
  const { data, error, isPending } = useQuery(plotQuery(experiment.prediction_id, "normal_qq"));
  const option = useMemo((): ChartOption | undefined => {
    if (!data) return undefined;
    const ends = [data.theoretical_quantile[0] ?? 0, data.theoretical_quantile.at(-1) ?? 0];
    const { slope, intercept } = data;
    return {
      grid: plotArea,
      tooltip: {
        formatter: ({ dataIndex: i }: { dataIndex: number }) =>
          `normal quantile ${brief(data.theoretical_quantile[i])}\nerror ${brief(data.ordered_error[i])}`,
      },
      xAxis: valueAxis("Normal quantile"),
      yAxis: valueAxis("Predicted - actual", { nameGap: 40 }),
      dataZoom: zoom,
      series: [
        {
          type: "scatter",
          symbolSize: 5,
          itemStyle: { opacity: 0.65 },
          data: data.theoretical_quantile.map((x, i) => [x, data.ordered_error[i]]),
        },
        ...(slope === null || intercept === null
          ? []
          : [
              {
                type: "line",
                symbol: "none",
                silent: true,
                lineStyle: { type: "dashed", width: 1.5 },
                data: ends.map((x) => [x, intercept + slope * x]),
              },
            ]),
      ],
    };
  }, [data]);
  return (
    <PlotFrame
      title="Normal Q-Q of errors"
      meaning="On the line the errors are normally distributed; ends that bend away are errors larger than normal."
      inWords={data ? `The correlation with the normal distribution is ${brief(data.r)}.` : ""}
      fileName={fileName(experiment, "normal-qq")}
      loading={isPending}
      error={error}
      note={curveNote(data)}
      chart={option && { option, height: 320 }}
      table={[
        ["theoretical_quantile", "ordered_error"],
        ...(data?.theoretical_quantile.map((x, i) => [x, data.ordered_error[i] ?? null]) ?? []),
      ]}
    />
  );
}
