import { Select, SimpleGrid, Text } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { plotQuery } from "../../api/queries.js";
import type { Experiment, PlotDataOf } from "../../api/types.js";
import { brief, plotArea, valueAxis, zoom } from "../../charts/axes.js";
import type { ChartOption } from "../../charts/echarts.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { useComparisonAddress } from "./address.js";

/** The curves of all experiments on top of each other. */
export default function OverlaidPlots({ experiments }: { experiments: readonly Experiment[] }) {
  const [first] = experiments as [Experiment];
  const alike = experiments.filter(
    (each) => each.test_set_digest === first.test_set_digest && each.kind === first.kind,
  );
  const classified = alike.filter(({ kind, scores }) => kind === "classification" && "log_loss" in scores);
  return (
    <>
      {alike.length < experiments.length && (
        <Text size="sm" c="dimmed">
          Curves are laid over each other of one test set only: {alike.length} of {experiments.length}{" "}
          experiments were evaluated on the first one's.
        </Text>
      )}
      {classified.length > 1 && <ClassCurves experiments={classified} />}
      {first.kind === "regression" && alike.length > 1 && <ErrorDistributions experiments={alike} />}
    </>
  );
}

const curves = [
  {
    plot: "roc_curve",
    title: "ROC curves",
    meaning: "How many positives are found for how many false alarms; further to the upper left is better.",
    x: "False positive rate",
    y: "True positive rate",
    points: (data: PlotDataOf<"roc_curve">) => data.fpr.map((x, i) => [x, data.tpr[i] as number]),
    summary: (data: PlotDataOf<"roc_curve">) => `AUC ${brief(data.auc)}`,
    diagonal: true,
  },
  {
    plot: "precision_recall_curve",
    title: "Precision-recall curves",
    meaning:
      "How many of those taken for positive are, against how many positives are found; up and right is better.",
    x: "Recall",
    y: "Precision",
    points: (data: PlotDataOf<"precision_recall_curve">) =>
      data.recall.map((x, i) => [x, data.precision[i] as number]),
    summary: (data: PlotDataOf<"precision_recall_curve">) =>
      `average precision ${brief(data.average_precision)}`,
    diagonal: false,
  },
  {
    plot: "calibration",
    title: "Calibration",
    meaning:
      "On the diagonal, a score of 0.8 means that 8 of 10 are positive. Below it the model is too sure.",
    x: "Mean score",
    y: "Share that is positive",
    points: (data: PlotDataOf<"calibration">) =>
      data.bins
        .filter(({ samples }) => samples > 0)
        .map((bin) => [bin.mean_score as number, bin.positive_share as number]),
    summary: () => "",
    diagonal: true,
  },
] as const;
type Curve = (typeof curves)[number];

function ClassCurves({ experiments }: { experiments: readonly Experiment[] }) {
  const { search, change } = useComparisonAddress();
  const [first] = experiments as [Experiment];
  const { data } = useQuery(plotQuery(first.prediction_id, "per_class"));
  const labels = (data?.classes ?? []).map(({ label }) => String(label));
  const isMulticlass = labels.length > 2;
  const chosen = isMulticlass ? (search.class ?? labels[0]) : undefined;
  if (!data) return null;
  return (
    <>
      {isMulticlass && (
        <Select
          label="Curves of the class"
          data={labels}
          value={chosen ?? null}
          allowDeselect={false}
          searchable
          w={260}
          onChange={(value) => change({ class: value ?? undefined })}
        />
      )}
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md">
        {curves.map((curve) => (
          <OverlaidCurve key={curve.plot} curve={curve} experiments={experiments} positive={chosen} />
        ))}
      </SimpleGrid>
    </>
  );
}

function OverlaidCurve({
  curve,
  experiments,
  positive,
}: {
  curve: Curve;
  experiments: readonly Experiment[];
  positive: string | undefined;
}) {
  const found = useQueries({
    queries: experiments.map(({ prediction_id: id }) => plotQuery(id, curve.plot, { class: positive })),
  });
  const drawn = found.map(({ data }) => data);
  const lines = experiments.flatMap((experiment, i) => {
    const data = drawn[i];
    // The queries are of the curve's own plot.
    return data
      ? [
          {
            name: nameOf(experiment),
            points: curve.points(data as never),
            summary: curve.summary(data as never),
          },
        ]
      : [];
  });
  const option: ChartOption = {
    grid: { ...plotArea, top: 24 + 20 * Math.ceil(lines.length / 2) },
    legend: {
      top: 0,
      type: lines.length > 8 ? "scroll" : "plain",
      icon: "roundRect",
      itemHeight: 4,
      itemStyle: { opacity: 1 },
    },
    tooltip: {
      trigger: "item",
      formatter: ({ seriesName, data }: { seriesName: string; data: [number, number] }) =>
        `${seriesName}\n${curve.x} ${brief(data[0])}\n${curve.y} ${brief(data[1])}`,
    },
    xAxis: valueAxis(curve.x, { min: 0, max: 1 }),
    yAxis: valueAxis(curve.y, { nameGap: 36, min: 0, max: 1 }),
    dataZoom: zoom,
    series: [
      ...lines.map(({ name, points }) => ({
        type: "line",
        name,
        data: points,
        symbol: "circle",
        symbolSize: 6,
        itemStyle: { opacity: curve.plot === "calibration" ? 1 : 0 },
        emphasis: { itemStyle: { opacity: 1 }, focus: "series" },
        lineStyle: { width: 2 },
      })),
      ...(curve.diagonal
        ? [
            {
              type: "line",
              data: [
                [0, 0],
                [1, 1],
              ],
              symbol: "none",
              silent: true,
              lineStyle: { type: "dashed", width: 1, opacity: 0.6 },
              tooltip: { show: false },
            },
          ]
        : []),
    ],
  };
  return (
    <PlotFrame
      title={curve.title}
      meaning={curve.meaning}
      inWords={lines.map(({ name, summary }) => `${name}: ${summary || curve.title}`).join("; ")}
      fileName={`compared-${curve.plot}`}
      loading={found.some(({ isPending }) => isPending)}
      error={found.find(({ error }) => error)?.error ?? null}
      chart={{ option, height: 340 }}
      table={[
        ["experiment", curve.x, curve.y],
        ...lines.flatMap(({ name, points }) => points.map(([x, y]) => [name, x ?? null, y ?? null])),
      ]}
    />
  );
}

/** How the errors of all are spread, as densities, so that test sets of different sizes compare. */
function ErrorDistributions({ experiments }: { experiments: readonly Experiment[] }) {
  const found = useQueries({
    queries: experiments.map(({ prediction_id: id }) => plotQuery(id, "residual_histogram")),
  });
  const drawn = found.map(({ data }) => data);
  const lines = useMemo(
    () =>
      experiments.flatMap((experiment, i) => {
        const data = drawn[i];
        return data ? [{ name: nameOf(experiment), points: densityOf(data), mean: data.mean_error }] : [];
      }),
    [experiments, ...drawn],
  );
  const option: ChartOption = {
    grid: { ...plotArea, left: 64, top: 24 + 20 * Math.ceil(lines.length / 3) },
    legend: {
      top: 0,
      type: lines.length > 8 ? "scroll" : "plain",
      icon: "roundRect",
      itemHeight: 4,
      itemStyle: { opacity: 1 },
    },
    tooltip: {
      trigger: "item",
      formatter: ({ seriesName, data }: { seriesName: string; data: [number, number] }) =>
        `${seriesName}\nerror ${brief(data[0])}`,
    },
    xAxis: valueAxis("Predicted - actual"),
    yAxis: valueAxis("Density", { nameGap: 46, min: 0 }),
    dataZoom: zoom,
    series: lines.map(({ name, points }) => ({
      type: "line",
      name,
      data: points,
      step: "middle",
      symbol: "none",
      lineStyle: { width: 2 },
      emphasis: { focus: "series" },
    })),
  };
  return (
    <PlotFrame
      title="Errors of all"
      meaning="The share of samples by error; centred at 0 and narrow is good."
      inWords={lines.map(({ name, mean }) => `${name}: mean error ${brief(mean)}`).join("; ")}
      fileName="compared-errors"
      loading={found.some(({ isPending }) => isPending)}
      error={found.find(({ error }) => error)?.error ?? null}
      chart={{ option, height: 340 }}
      table={[
        ["experiment", "error", "density"],
        ...lines.flatMap(({ name, points }) => points.map(([x, y]) => [name, x ?? null, y ?? null])),
      ]}
    />
  );
}

function densityOf({ edges, counts, samples }: PlotDataOf<"residual_histogram">): number[][] {
  return counts.map((count, i) => {
    const [from, to] = [edges[i] as number, edges[i + 1] as number];
    return [(from + to) / 2, count / samples / (to - from)];
  });
}

function nameOf({ name, model, prediction_id: id }: Experiment): string {
  return `${name ?? model} (${id.slice(0, 4)})`;
}
