import { Select, SimpleGrid, Text } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { plotQuery } from "../../api/queries.js";
import type { Experiment, PlotDataOf, PlotName } from "../../api/types.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { useComparisonAddress } from "./address.js";
import {
  calibrationLine,
  calibrationOverlay,
  errorLine,
  errorsOverlay,
  type OverlaidLine,
  type Overlay,
  precisionRecallLine,
  precisionRecallOverlay,
  rocLine,
  rocOverlay,
} from "./overlaid-options.js";

/** The curves of all experiments on top of each other. */
export default function OverlaidPlots({ experiments }: { experiments: readonly Experiment[] }) {
  const [first] = experiments;
  const alike = experiments.filter(
    (each) => each.test_set_digest === first?.test_set_digest && each.kind === first.kind,
  );
  const classified = alike.filter(({ kind, scores }) => kind === "classification" && "log_loss" in scores);
  return (
    <>
      {alike.length < experiments.length && (
        <Text size="sm" c="dimmed">
          Curves are laid over each other of one test set only: {alike.length} of {experiments.length}{" "}
          experiments were evaluated on the first one's.
        </Text>
      )}
      {classified.length > 1 && <ClassCurves experiments={classified} />}
      {first?.kind === "regression" && alike.length > 1 && (
        <OverlaidPlot
          overlay={errorsOverlay}
          experiments={alike}
          plot="residual_histogram"
          lineOf={errorLine}
        />
      )}
    </>
  );
}

function ClassCurves({ experiments }: { experiments: readonly Experiment[] }) {
  const { search, change } = useComparisonAddress();
  const { data } = useQuery(plotQuery(experiments[0]?.prediction_id ?? "", "per_class"));
  const labels = (data?.classes ?? []).map(({ label }) => String(label));
  const isMulticlass = labels.length > 2;
  const chosen = isMulticlass ? (search.class ?? labels[0]) : undefined;
  if (!data) return null;
  const all = { experiments, positive: chosen };
  return (
    <>
      {isMulticlass && (
        <Select
          label="Curves of the class"
          data={labels}
          value={chosen ?? null}
          allowDeselect={false}
          searchable
          w={260}
          onChange={(value) => change({ class: value ?? undefined })}
        />
      )}
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md">
        <OverlaidPlot {...all} overlay={rocOverlay} plot="roc_curve" lineOf={rocLine} />
        <OverlaidPlot
          {...all}
          overlay={precisionRecallOverlay}
          plot="precision_recall_curve"
          lineOf={precisionRecallLine}
        />
        <OverlaidPlot {...all} overlay={calibrationOverlay} plot="calibration" lineOf={calibrationLine} />
      </SimpleGrid>
    </>
  );
}

interface OverlaidPlotProps<Name extends PlotName> {
  overlay: Overlay;
  experiments: readonly Experiment[];
  plot: Name;
  lineOf: (name: string, data: PlotDataOf<Name>) => OverlaidLine;
  /** The class against all others, where there are more than two. */
  positive?: string | undefined;
}

function OverlaidPlot<Name extends PlotName>({
  overlay,
  experiments,
  plot,
  lineOf,
  positive,
}: OverlaidPlotProps<Name>) {
  const found = useQueries({
    queries: experiments.map(({ prediction_id: id }) => plotQuery(id, plot, { class: positive })),
  });
  const drawn = found.map(({ data }) => data);
  const lines = useMemo(
    () =>
      experiments.flatMap((experiment, i) => {
        const data = drawn[i];
        return data === undefined ? [] : [lineOf(nameOf(experiment), data)];
      }),
    [experiments, lineOf, ...drawn],
  );
  const option = useMemo(() => overlay.option(lines), [overlay, lines]);
  return (
    <PlotFrame
      title={overlay.title}
      meaning={overlay.meaning}
      inWords={lines.map(({ name, summary }) => `${name}: ${summary || overlay.title}`).join("; ")}
      fileName={overlay.fileName}
      loading={found.some(({ isPending }) => isPending)}
      error={found.find(({ error }) => error)?.error ?? null}
      chart={{ option, height: 340 }}
      table={[
        ["experiment", overlay.xName, overlay.yName],
        ...lines.flatMap(({ name, points }) => points.map(([x, y]) => [name, x, y])),
      ]}
    />
  );
}

function nameOf({ name, model, prediction_id: id }: Experiment): string {
  return `${name ?? model} (${id.slice(0, 4)})`;
}
