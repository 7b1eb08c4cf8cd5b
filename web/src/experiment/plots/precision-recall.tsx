import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { plotQuery } from "../../api/queries.js";
import { brief } from "../../charts/brief.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { showScore } from "../../components/show-cell.js";
import { precisionRecallOption } from "./curve-options.js";
import { curveNote, fileName } from "./plot-names.js";
import type { MarkedPlotProps } from "./scored-plot.js";

/** Precision against recall over all thresholds. */
export function PrecisionRecall({ experiment, positive, marks }: MarkedPlotProps) {
  const query = plotQuery(experiment.prediction_id, "precision_recall_curve", { class: positive });
  const { data, error, isPending } = useQuery(query);
  const option = useMemo(() => data && precisionRecallOption(data, marks?.precisionRecall), [data, marks]);
  return (
    <PlotFrame
      title={`Precision-recall curve${(data?.average_precision ?? null) === null ? "" : `: AP ${showScore(data?.average_precision ?? null)}`}`}
      meaning="Precision at each recall. The dashed line is the share of positives, which is what chance gives."
      inWords={
        data
          ? `The average precision for ${data.positive_label} is ${brief(data.average_precision)}; ${brief(data.positives / data.samples)} of the samples are positive.`
          : ""
      }
      fileName={fileName(experiment, `precision-recall-${data?.positive_label ?? ""}`)}
      loading={isPending}
      error={error}
      note={curveNote(data)}
      chart={option && { option, height: 320 }}
      table={[
        ["recall", "precision", "threshold"],
        ...(data?.recall.map((recall, i) => [recall, data.precision[i] ?? null, data.threshold[i] ?? null]) ??
          []),
      ]}
    />
  );
}
