import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { plotQuery } from "../../../api/queries.js";
import { brief, curveOption } from "../../../charts/axes.js";
import { PlotFrame } from "../../../charts/plot-frame.js";
import { useExperimentAddress } from "../address.js";
import type { ScoredPlotProps } from "./classification-plots.js";
import { fileName } from "./plot-names.js";

/** How often the class is true among samples of about the same score. */
export function Calibration({ experiment, positive }: ScoredPlotProps) {
  const { search, change } = useExperimentAddress();
  const strategy = search.bins ?? "uniform";
  const query = plotQuery(experiment.prediction_id, "calibration", { class: positive, strategy });
  const { data, error, isPending } = useQuery(query);
  const bins = useMemo(() => (data?.bins ?? []).filter(({ samples }) => samples > 0), [data]);
  const option = useMemo(
    () =>
      data &&
      curveOption({
        name: "Calibration",
        x: bins.map(({ mean_score: score }) => score as number),
        y: bins.map(({ positive_share: share }) => share as number),
        xName: "Mean score",
        yName: "Share that is positive",
        compare: [
          [0, 0],
          [1, 1],
        ],
        tooltip: (i) => {
          const bin = bins[i];
          return bin
            ? `mean score ${brief(bin.mean_score)}\npositive ${brief(bin.positive_share)}\n${bin.samples} samples`
            : "";
        },
      }),
    [data, bins],
  );
  const worst = [...bins].sort((a, b) => gap(b) - gap(a))[0];
  return (
    <PlotFrame
      title="Calibration"
      meaning="On the diagonal, a score of 0.8 means that 8 of 10 are positive. Below it the model is too sure."
      inWords={
        worst
          ? `The largest gap: of ${worst.samples} samples with a mean score of ${brief(worst.mean_score)}, ${brief(worst.positive_share)} are positive.`
          : ""
      }
      fileName={fileName(experiment, `calibration-${data?.positive_label ?? ""}`)}
      loading={isPending}
      error={error}
      chart={option && { option, height: 320 }}
      controls={
        <SegmentedControl
          size="xs"
          value={strategy}
          onChange={(value) => change({ bins: value === "uniform" ? undefined : value })}
          data={[
            { value: "uniform", label: "Bins of equal width" },
            { value: "quantile", label: "Of equally many samples" },
          ]}
        />
      }
      table={[
        ["lower", "upper", "samples", "positives", "mean_score", "positive_share"],
        ...(data?.bins.map((bin) => [
          bin.lower,
          bin.upper,
          bin.samples,
          bin.positives,
          bin.mean_score,
          bin.positive_share,
        ]) ?? []),
      ]}
    />
  );
}

function gap(bin: { mean_score: number | null; positive_share: number | null }): number {
  return Math.abs((bin.mean_score ?? 0) - (bin.positive_share ?? 0));
}
