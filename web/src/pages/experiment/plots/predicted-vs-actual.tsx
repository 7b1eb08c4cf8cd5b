import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { plotQuery } from "../../../api/queries.js";
import type { Experiment } from "../../../api/types.js";
import { brief } from "../../../charts/axes.js";
import { cloudCell, cloudOption, cloudTable } from "../../../charts/cloud.js";
import { PlotFrame } from "../../../charts/plot-frame.js";
import { useExperimentAddress } from "../address.js";
import { fileName } from "./plot-names.js";

/** Predicted against actual; a point or cell opens its samples. */
export function PredictedVsActual({ experiment }: { experiment: Experiment }) {
  const { change } = useExperimentAddress();
  const { data, error, isPending } = useQuery(plotQuery(experiment.prediction_id, "predicted_vs_actual"));
  const option = useMemo(
    () =>
      data &&
      cloudOption(data.data, {
        x: { name: "Actual", ...data.y_true },
        y: { name: "Predicted", ...data.y_pred },
        line: [
          [data.identity.min, data.identity.min],
          [data.identity.max, data.identity.max],
        ],
      }),
    [data],
  );
  return (
    <PlotFrame
      title="Predicted against actual"
      meaning="On the dashed line a prediction is exact; above it, too high."
      inWords={
        data
          ? `${data.samples} samples; actual values from ${brief(data.y_true.min)} to ${brief(data.y_true.max)}, predicted from ${brief(data.y_pred.min)} to ${brief(data.y_pred.max)}.`
          : ""
      }
      fileName={fileName(experiment, "predicted-vs-actual")}
      loading={isPending}
      error={error}
      chart={
        option &&
        data && {
          option,
          height: 360,
          onClick: ({ dataIndex }) => {
            const cell = cloudCell(data.data, dataIndex);
            if (!cell) return;
            change({
              y_true_min: String(cell.x[0]),
              y_true_max: String(cell.x[1]),
              y_pred_min: String(cell.y[0]),
              y_pred_max: String(cell.y[1]),
              open: [...(cell.xLast ? [] : ["y_true_max"]), ...(cell.yLast ? [] : ["y_pred_max"])],
              offset: undefined,
            });
          },
        }
      }
      table={cloudTable(data?.data, "y_true", "y_pred")}
    />
  );
}
