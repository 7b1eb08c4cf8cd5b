import { useMemo } from "react";

import type { ChartOption } from "../../charts/chart-option.js";
import { PlotFrame, type PlotFrameProps } from "../../charts/plot-frame.js";
import type { ExperimentSearch } from "../../search.js";
import { useExperimentAddress } from "../address.js";

export interface SamplePlotProps<Data> extends Pick<PlotFrameProps, "title" | "meaning" | "fileName"> {
  query: { data: Data | undefined; error: Error | null; isPending: boolean };
  height: number;
  /** Of the same identity at each render, so that the chart is drawn once. */
  option: (data: Data) => ChartOption;
  inWords: (data: Data) => string;
  note?: (data: Data) => string;
  /** What the address says of the samples behind a part of the chart. */
  samplesAt: (data: Data, index: number) => ExperimentSearch | undefined;
  table: (data: Data) => PlotFrameProps["table"];
}

/** A plot of an experiment whose parts open the samples behind them. */
export function SamplePlot<Data>(props: SamplePlotProps<Data>) {
  const { title, meaning, fileName, query, height, option: optionOf, samplesAt } = props;
  const { data, error, isPending } = query;
  const { change } = useExperimentAddress();
  const option = useMemo(() => (data === undefined ? undefined : optionOf(data)), [data, optionOf]);
  return (
    <PlotFrame
      title={title}
      meaning={meaning}
      inWords={data === undefined ? "" : props.inWords(data)}
      fileName={fileName}
      loading={isPending}
      error={error}
      note={data === undefined ? undefined : props.note?.(data)}
      chart={
        option &&
        data && {
          option,
          height,
          onClick: ({ dataIndex }) => {
            const samples = samplesAt(data, dataIndex);
            if (samples) change({ ...samples, offset: undefined });
          },
        }
      }
      table={data === undefined ? [] : props.table(data)}
    />
  );
}
