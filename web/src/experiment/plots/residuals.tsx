import { useQuery } from "@tanstack/react-query";

import { plotQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";
import { brief } from "../../charts/brief.js";
import { cloudTable } from "../../charts/cloud.js";
import { cloudSamples, residualsOption } from "./cloud-options.js";
import { fileName } from "./plot-names.js";
import { SamplePlot } from "./sample-plot.js";

/** Errors against predicted; a point or cell opens its samples. */
export function Residuals({ experiment }: { experiment: Experiment }) {
  return (
    <SamplePlot
      title="Errors against predicted"
      meaning="Without pattern around 0 is good; a funnel or a curve shows what the model misses."
      query={useQuery(plotQuery(experiment.prediction_id, "residuals"))}
      height={360}
      option={residualsOption}
      inWords={({ error }) =>
        `Errors (predicted minus actual) from ${brief(error.min)} to ${brief(error.max)}.`
      }
      samplesAt={({ data }, index) => cloudSamples(data, index, "y_pred", "error")}
      table={({ data }) => cloudTable(data, "y_pred", "error")}
      fileName={fileName(experiment, "residuals")}
    />
  );
}
