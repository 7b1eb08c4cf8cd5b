import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { plotQuery } from "../../../api/queries.js";
import type { Experiment } from "../../../api/types.js";
import { brief, plotArea, valueAxis } from "../../../charts/axes.js";
import type { ChartOption } from "../../../charts/echarts.js";
import { PlotFrame } from "../../../charts/plot-frame.js";
import { useExperimentAddress } from "../address.js";
import { fileName } from "./plot-names.js";

const measures = {
  mean_absolute_error: "Mean absolute error",
  root_mean_squared_error: "Root mean squared error",
  mean_error: "Mean error",
} as const;

/** Whether low and high actual values are predicted equally well; a bar opens its samples. */
export function ErrorByDecile({ experiment }: { experiment: Experiment }) {
  const { change } = useExperimentAddress();
  const { data, error, isPending } = useQuery(plotQuery(experiment.prediction_id, "error_by_decile"));
  const option = useMemo((): ChartOption | undefined => {
    if (!data) return undefined;
    return {
      grid: { ...plotArea, top: 40, bottom: 56 },
      legend: { top: 0 },
      tooltip: { trigger: "axis", valueFormatter: (value: number) => brief(value) },
      xAxis: {
        type: "category",
        data: data.deciles.map(({ lower, upper }) => `${brief(lower)} to ${brief(upper)}`),
        name: "Actual value, in tenths of the samples",
        nameLocation: "middle",
        nameGap: 38,
        axisLabel: { hideOverlap: true },
      },
      yAxis: valueAxis("Error", { nameGap: 40 }),
      series: Object.entries(measures).map(([key, name]) => ({
        type: "bar",
        name,
        data: data.deciles.map((decile) => decile[key as keyof typeof measures]),
      })),
    };
  }, [data]);
  const worst = [...(data?.deciles ?? [])].sort(
    (a, b) => (b.mean_absolute_error ?? 0) - (a.mean_absolute_error ?? 0),
  )[0];
  return (
    <PlotFrame
      title="Error by actual value"
      meaning="The samples in tenths by their actual value, from the lowest; a bar opens its samples."
      inWords={
        worst
          ? `The largest mean absolute error, ${brief(worst.mean_absolute_error)}, is among actual values from ${brief(worst.lower)} to ${brief(worst.upper)}.`
          : ""
      }
      fileName={fileName(experiment, "error-by-decile")}
      loading={isPending}
      error={error}
      chart={
        option &&
        data && {
          option,
          height: 320,
          onClick: ({ dataIndex }) => {
            const decile = data.deciles[dataIndex];
            if (!decile) return;
            change({
              y_true_min: String(decile.lower),
              y_true_max: String(decile.upper),
              open: dataIndex === 0 ? undefined : ["y_true_min"],
              offset: undefined,
            });
          },
        }
      }
      table={[
        [
          "decile",
          "from",
          "to",
          "samples",
          "mean_absolute_error",
          "root_mean_squared_error",
          "mean_error",
          "median_absolute_error",
        ],
        ...(data?.deciles.map((one) => [
          one.decile,
          one.lower,
          one.upper,
          one.samples,
          one.mean_absolute_error,
          one.root_mean_squared_error,
          one.mean_error,
          one.median_absolute_error,
        ]) ?? []),
      ]}
    />
  );
}
