import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";

import { plotQuery } from "../../api/queries.js";
import type { PlotDataOf } from "../../api/types.js";
import { binSamples, binTable, scoreDistributionOption } from "./histogram-options.js";
import { fileName } from "./plot-names.js";
import { SamplePlot } from "./sample-plot.js";
import type { MarkedPlotProps } from "./scored-plot.js";

/** How the scores of positives and of all others are spread; a bar opens its samples. */
export function ScoreDistribution({ experiment, positive, marks }: MarkedPlotProps) {
  const query = useQuery(plotQuery(experiment.prediction_id, "score_distribution", { class: positive }));
  const threshold = marks?.score.x;
  const option = useCallback(
    (data: PlotDataOf<"score_distribution">) => scoreDistributionOption(data, threshold),
    [threshold],
  );
  return (
    <SamplePlot
      title="Scores by class"
      meaning="The better the two are separated, the easier it is to choose a threshold. A bar opens its samples."
      query={query}
      height={320}
      option={option}
      inWords={({ positives, positive_label: label, negatives, positive_counts: counts }) =>
        `Scores of ${positives} samples of ${label} and ${negatives} others in ${counts.length} bins.`
      }
      samplesAt={({ edges }, bin) => binSamples(edges, bin, "y_score")}
      table={({ edges, positive_counts: positives, negative_counts: others }) => [
        ["from", "to", "positive", "others"],
        ...binTable(edges, positives, others),
      ]}
      fileName={fileName(experiment, `scores-${query.data?.positive_label ?? ""}`)}
    />
  );
}
