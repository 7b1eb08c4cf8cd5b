import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { plotQuery } from "../../api/queries.js";
import { brief } from "../../charts/brief.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { showScore } from "../../components/show-cell.js";
import { rocOption } from "./curve-options.js";
import { curveNote, fileName } from "./plot-names.js";
import type { MarkedPlotProps } from "./scored-plot.js";

/** True positive rate against false positive rate over all thresholds. */
export function RocCurve({ experiment, positive, marks }: MarkedPlotProps) {
  const { data, error, isPending } = useQuery(
    plotQuery(experiment.prediction_id, "roc_curve", { class: positive }),
  );
  const option = useMemo(() => data && rocOption(data, marks?.roc), [data, marks]);
  return (
    <PlotFrame
      title={`ROC curve${(data?.auc ?? null) === null ? "" : `: AUC ${showScore(data?.auc ?? null)}`}`}
      meaning="Share of positives found against share of false alarms; the diagonal is chance."
      inWords={
        data
          ? `The area under the curve for ${data.positive_label} is ${brief(data.auc)}, over ${data.positives} positives and ${data.negatives} negatives.`
          : ""
      }
      fileName={fileName(experiment, `roc-${data?.positive_label ?? ""}`)}
      loading={isPending}
      error={error}
      note={curveNote(data)}
      chart={option && { option, height: 320 }}
      table={[
        ["fpr", "tpr", "threshold"],
        ...(data?.fpr.map((fpr, i) => [fpr, data.tpr[i] ?? null, data.threshold[i] ?? null]) ?? []),
      ]}
    />
  );
}
