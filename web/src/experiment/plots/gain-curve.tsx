import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { plotQuery } from "../../api/queries.js";
import { brief } from "../../charts/brief.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { useExperimentAddress } from "../address.js";
import { gainOption } from "./curve-options.js";
import { curveNote, fileName } from "./plot-names.js";
import type { MarkedPlotProps } from "./scored-plot.js";

/** What is found when only the samples with the highest scores are looked at. */
export function GainCurve({ experiment, positive, marks }: MarkedPlotProps) {
  const { search, change } = useExperimentAddress();
  const lift = search.gain === "lift";
  const { data, error, isPending } = useQuery(
    plotQuery(experiment.prediction_id, "gain_curve", { class: positive }),
  );
  const marked = lift ? marks?.lift : marks?.gain;
  const option = useMemo(() => data && gainOption(data, lift, marked), [data, lift, marked]);
  const first = data?.deciles[0];
  return (
    <PlotFrame
      title={lift ? "Lift curve" : "Gain curve"}
      meaning="Share of the positives among the samples with the highest scores, for every number of samples."
      inWords={
        first
          ? `The tenth with the highest scores holds ${brief((first.cumulative_gain ?? 0) * 100)} percent of the positives, a lift of ${brief(first.cumulative_lift)}.`
          : ""
      }
      fileName={fileName(experiment, `gain-${data?.positive_label ?? ""}`)}
      loading={isPending}
      error={error}
      note={curveNote(data)}
      chart={option && { option, height: 320 }}
      controls={
        <SegmentedControl
          size="xs"
          value={lift ? "lift" : "gain"}
          onChange={(value) => change({ gain: value === "lift" ? value : undefined })}
          data={[
            { value: "gain", label: "Gain" },
            { value: "lift", label: "Lift" },
          ]}
        />
      }
      table={[
        ["sample_share", "gain", "lift", "threshold"],
        ...(data?.sample_share.map((share, i) => [
          share,
          data.gain[i] ?? null,
          data.lift[i] ?? null,
          data.threshold[i] ?? null,
        ]) ?? []),
      ]}
    />
  );
}
