import { useQuery } from "@tanstack/react-query";

import { plotQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";
import { brief } from "../../charts/brief.js";
import { binSamples, binTable, residualHistogramOption } from "./histogram-options.js";
import { fileName } from "./plot-names.js";
import { SamplePlot } from "./sample-plot.js";

/** How the errors are spread; a bar opens its samples. */
export function ResidualHistogram({ experiment }: { experiment: Experiment }) {
  return (
    <SamplePlot
      title="Histogram of errors"
      meaning="Centred at 0 and narrow is good; a bar opens its samples."
      query={useQuery(plotQuery(experiment.prediction_id, "residual_histogram"))}
      height={320}
      option={residualHistogramOption}
      inWords={({ mean_error: mean, median_error: median, samples }) =>
        `The mean error is ${brief(mean)}, the median ${brief(median)}, over ${samples} samples.`
      }
      note={({ mean_error: mean, median_error: median }) => `Mean ${brief(mean)}, median ${brief(median)}.`}
      samplesAt={({ edges }, bin) => binSamples(edges, bin, "error")}
      table={({ edges, counts }) => [["from", "to", "samples"], ...binTable(edges, counts)]}
      fileName={fileName(experiment, "error-histogram")}
    />
  );
}
