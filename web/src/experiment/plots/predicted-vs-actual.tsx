import { useQuery } from "@tanstack/react-query";

import { plotQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";
import { brief } from "../../charts/brief.js";
import { cloudTable } from "../../charts/cloud.js";
import { cloudSamples, predictedVsActualOption } from "./cloud-options.js";
import { fileName } from "./plot-names.js";
import { SamplePlot } from "./sample-plot.js";

/** Predicted against actual; a point or cell opens its samples. */
export function PredictedVsActual({ experiment }: { experiment: Experiment }) {
  return (
    <SamplePlot
      title="Predicted against actual"
      meaning="On the dashed line a prediction is exact; above it, too high."
      query={useQuery(plotQuery(experiment.prediction_id, "predicted_vs_actual"))}
      height={360}
      option={predictedVsActualOption}
      inWords={({ samples, y_true, y_pred }) =>
        `${samples} samples; actual values from ${brief(y_true.min)} to ${brief(y_true.max)}, predicted from ${brief(y_pred.min)} to ${brief(y_pred.max)}.`
      }
      samplesAt={({ data }, index) => cloudSamples(data, index, "y_true", "y_pred")}
      table={({ data }) => cloudTable(data, "y_true", "y_pred")}
      fileName={fileName(experiment, "predicted-vs-actual")}
    />
  );
}
