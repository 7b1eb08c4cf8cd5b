import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { plotQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";
import { brief } from "../../charts/brief.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { normalQqOption } from "./normal-qq-option.js";
import { curveNote, fileName } from "./plot-names.js";

/** Whether the errors are normally distributed. */
export function NormalQq({ experiment }: { experiment: Experiment }) {
  const { data, error, isPending } = useQuery(plotQuery(experiment.prediction_id, "normal_qq"));
  const option = useMemo(() => data && normalQqOption(data), [data]);
  return (
    <PlotFrame
      title="Normal Q-Q of errors"
      meaning="On the line the errors are normally distributed; ends that bend away are errors larger than normal."
      inWords={data ? `The correlation with the normal distribution is ${brief(data.r)}.` : ""}
      fileName={fileName(experiment, "normal-qq")}
      loading={isPending}
      error={error}
      note={curveNote(data)}
      chart={option && { option, height: 320 }}
      table={[
        ["theoretical_quantile", "ordered_error"],
        ...(data?.theoretical_quantile.map((x, i) => [x, data.ordered_error[i] ?? null]) ?? []),
      ]}
    />
  );
}
