import { SimpleGrid } from "@mantine/core";
import { useMemo } from "react";

import type { Pair } from "../../api/queries.js";
import type { ErrorDifference } from "../../api/types.js";
import { brief, plotArea, valueAxis } from "../../charts/axes.js";
import { cloudCell, cloudOption, cloudTable } from "../../charts/cloud.js";
import type { ChartOption } from "../../charts/echarts.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { useComparisonAddress } from "./address.js";
import { chosenSamples } from "./chosen-samples.js";

/** Where either of two regressions is nearer to the true values. */
export default function ErrorDifferencePlots({
  difference,
  pair,
}: {
  difference: ErrorDifference;
  pair: Pair;
}) {
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <ErrorsOfBoth difference={difference} pair={pair} />
      <NearerByDecile difference={difference} pair={pair} />
    </SimpleGrid>
  );
}

function ErrorsOfBoth({
  difference: { errors, greatest, n },
  pair,
}: {
  difference: ErrorDifference;
  pair: Pair;
}) {
  const { change } = useComparisonAddress();
  const option = useMemo(
    () =>
      cloudOption(errors, {
        x: { name: "Absolute error of A", min: 0, max: greatest },
        y: { name: "Absolute error of B", min: 0, max: greatest },
        line: [
          [0, 0],
          [greatest, greatest],
        ],
      }),
    [errors, greatest],
  );
  return (
    <PlotFrame
      title="Errors of both"
      meaning="Below the dashed line B is nearer to the true value, above it A. A point or cell opens its samples."
      inWords={`${n} samples; the largest absolute error of either is ${brief(greatest)}.`}
      fileName={`${pair.a}-${pair.b}-errors`}
      chart={{
        option,
        height: 360,
        onClick: ({ dataIndex }) => {
          const cell = cloudCell(errors, dataIndex);
          if (!cell) return;
          const open = [...(cell.xLast ? [] : ["error_a_max"]), ...(cell.yLast ? [] : ["error_b_max"])];
          change(
            chosenSamples(
              {
                error_a_min: String(cell.x[0]),
                error_a_max: String(cell.x[1]),
                error_b_min: String(cell.y[0]),
                error_b_max: String(cell.y[1]),
              },
              open,
            ),
          );
        },
      }}
      table={cloudTable(errors, "error_a", "error_b")}
    />
  );
}

function NearerByDecile({ difference: { deciles }, pair }: { difference: ErrorDifference; pair: Pair }) {
  const { change } = useComparisonAddress();
  const option = useMemo(
    (): ChartOption => ({
      grid: { ...plotArea, top: 40, bottom: 56 },
      legend: { top: 0 },
      tooltip: {
        trigger: "axis",
        formatter: (events: { dataIndex: number }[]) => {
          const decile = deciles[events[0]?.dataIndex ?? 0];
          if (!decile) return "";
          return `actual ${brief(decile.lower)} to ${brief(decile.upper)}, ${decile.samples} samples\nA nearer on ${decile.a_nearer}, mean absolute error ${brief(decile.a)}\nB nearer on ${decile.b_nearer}, mean absolute error ${brief(decile.b)}`;
        },
      },
      xAxis: {
        type: "category",
        data: deciles.map(({ lower, upper }) => `${brief(lower)} to ${brief(upper)}`),
        name: "Actual value, in tenths of the samples",
        nameLocation: "middle",
        nameGap: 38,
        axisLabel: { hideOverlap: true },
      },
      yAxis: valueAxis("Samples", { nameGap: 40, min: 0 }),
      series: [
        { type: "bar", name: "A nearer", data: deciles.map(({ a_nearer: count }) => count) },
        { type: "bar", name: "B nearer", data: deciles.map(({ b_nearer: count }) => count) },
      ],
    }),
    [deciles],
  );
  const best = [...deciles].sort((x, y) => y.b_nearer - y.a_nearer - (x.b_nearer - x.a_nearer))[0];
  return (
    <PlotFrame
      title="Whose prediction is nearer, by actual value"
      meaning="The samples in tenths by their actual value; a bar opens its samples."
      inWords={
        best
          ? `B gains most among actual values from ${brief(best.lower)} to ${brief(best.upper)}: nearer on ${best.b_nearer} samples, A on ${best.a_nearer}.`
          : ""
      }
      fileName={`${pair.a}-${pair.b}-nearer-by-decile`}
      chart={{
        option,
        height: 360,
        onClick: ({ seriesIndex, dataIndex }) => {
          const decile = deciles[dataIndex];
          if (!decile) return;
          change(
            chosenSamples(
              {
                nearer: seriesIndex === 0 ? "a_nearer" : "b_nearer",
                y_true_min: String(decile.lower),
                y_true_max: String(decile.upper),
              },
              dataIndex === 0 ? undefined : ["y_true_min"],
            ),
          );
        },
      }}
      table={[
        ["from", "to", "samples", "a_nearer", "b_nearer", "equally_near", "mae_a", "mae_b"],
        ...deciles.map((each) => [
          each.lower,
          each.upper,
          each.samples,
          each.a_nearer,
          each.b_nearer,
          each.equally_near,
          each.a,
          each.b,
        ]),
      ]}
    />
  );
}
