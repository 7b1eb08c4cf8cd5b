import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { plotQuery } from "../../api/queries.js";
import { brief } from "../../charts/brief.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { useExperimentAddress } from "../address.js";
import { calibrationInWords } from "./calibration-in-words.js";
import { calibrationOption, filledBins } from "./curve-options.js";
import { fileName } from "./plot-names.js";
import type { MarkedPlotProps } from "./scored-plot.js";

/** How often the class is true among samples of about the same score. */
export function Calibration({ experiment, positive, marks }: MarkedPlotProps) {
  const { search, change } = useExperimentAddress();
  const strategy = search.bins ?? "uniform";
  const query = plotQuery(experiment.prediction_id, "calibration", { class: positive, strategy });
  const { data, error, isPending } = useQuery(query);
  const option = useMemo(() => data && calibrationOption(data, marks?.score), [data, marks]);
  const [worst] = data ? filledBins(data).sort((a, b) => gap(b) - gap(a)) : [];
  return (
    <PlotFrame
      title="Calibration"
      meaning="On the diagonal, a score of 0.8 means that 8 of 10 are positive. Below it the model is overconfident."
      inWords={
        worst && data
          ? `${calibrationInWords(data)} The largest gap: of ${worst.samples} samples with a mean score of ${brief(worst.meanScore)}, ${brief(worst.positiveShare)} are positive.`
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

function gap({ meanScore, positiveShare }: ReturnType<typeof filledBins>[number]): number {
  return Math.abs(meanScore - positiveShare);
}
