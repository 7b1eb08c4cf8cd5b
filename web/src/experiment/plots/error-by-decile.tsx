import { useQuery } from "@tanstack/react-query";

import { plotQuery } from "../../api/queries.js";
import type { Experiment, PlotDataOf } from "../../api/types.js";
import { brief } from "../../charts/brief.js";
import { errorByDecileOption } from "./error-by-decile-option.js";
import { fileName } from "./plot-names.js";
import { SamplePlot } from "./sample-plot.js";

type Deciles = PlotDataOf<"error_by_decile">["deciles"];

/** Whether low and high actual values are predicted equally well; a bar opens its samples. */
export function ErrorByDecile({ experiment }: { experiment: Experiment }) {
  return (
    <SamplePlot
      title="Error by actual value"
      meaning="The samples in tenths by their actual value, from the lowest; a bar opens its samples."
      query={useQuery(plotQuery(experiment.prediction_id, "error_by_decile"))}
      height={320}
      option={errorByDecileOption}
      inWords={({ deciles }) => inWords(deciles)}
      samplesAt={({ deciles }, i) => {
        const decile = deciles[i];
        return (
          decile && {
            y_true_min: String(decile.lower),
            y_true_max: String(decile.upper),
            open: i === 0 ? undefined : ["y_true_min"],
          }
        );
      }}
      table={({ deciles }) => tableOf(deciles)}
      fileName={fileName(experiment, "error-by-decile")}
    />
  );
}

function inWords(deciles: Deciles): string {
  const [worst] = [...deciles].sort((a, b) => (b.mean_absolute_error ?? 0) - (a.mean_absolute_error ?? 0));
  return worst
    ? `The largest mean absolute error, ${brief(worst.mean_absolute_error)}, is among actual values from ${brief(worst.lower)} to ${brief(worst.upper)}.`
    : "";
}

function tableOf(deciles: Deciles): (string | number | null)[][] {
  return [
    [
      "decile",
      "from",
      "to",
      "samples",
      "mean_absolute_error",
      "root_mean_squared_error",
      "mean_error",
      "median_absolute_error",
    ],
    ...deciles.map((one) => [
      one.decile,
      one.lower,
      one.upper,
      one.samples,
      one.mean_absolute_error,
      one.root_mean_squared_error,
      one.mean_error,
      one.median_absolute_error,
    ]),
  ];
}
