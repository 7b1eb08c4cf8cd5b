import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { plotQuery } from "../../../api/queries.js";
import type { Experiment } from "../../../api/types.js";
import { brief } from "../../../charts/axes.js";
import { cloudCell, cloudOption, cloudTable } from "../../../charts/cloud.js";
import { PlotFrame } from "../../../charts/plot-frame.js";
import { useExperimentAddress } from "../address.js";
import { fileName } from "./plot-names.js";

/** Errors against predicted; a point or cell opens its samples. */
export function Residuals({ experiment }: { experiment: Experiment }) {
  const { change } = useExperimentAddress();
  const { data, error, isPending } = useQuery(plotQuery(experiment.prediction_id, "residuals"));
  const option = useMemo(
    () =>
      data &&
      cloudOption(data.data, {
        x: { name: "Predicted", ...data.y_pred },
        y: { name: "Predicted - actual", ...data.error },
        line: [
          [data.y_pred.min, 0],
          [data.y_pred.max, 0],
        ],
      }),
    [data],
  );
  return (
    <PlotFrame
      title="Errors against predicted"
      meaning="Without pattern around 0 is good; a funnel or a curve shows what the model misses."
      inWords={
        data
          ? `Errors (predicted minus actual) from ${brief(data.error.min)} to ${brief(data.error.max)}.`
          : ""
      }
      fileName={fileName(experiment, "residuals")}
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
              y_pred_min: String(cell.x[0]),
              y_pred_max: String(cell.x[1]),
              error_min: String(cell.y[0]),
              error_max: String(cell.y[1]),
              open: [...(cell.xLast ? [] : ["y_pred_max"]), ...(cell.yLast ? [] : ["error_max"])],
              offset: undefined,
            });
          },
        }
      }
      table={cloudTable(data?.data, "y_pred", "error")}
    />
  );
}
