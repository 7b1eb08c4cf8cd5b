import { SegmentedControl, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";

import { historiesQuery } from "../../api/queries.js";
import { ErrorBox } from "../../components/error-box.js";
import { GroupPanel } from "../../run/group-panel.js";
import { LookControls, usualLook } from "../../run/look-controls.js";
import { MetricPanel } from "../../run/metric-panel.js";
import { useRunsAddress } from "./address.js";

export interface RunsChartsProps {
  project: string;
  ids: readonly string[];
  metrics: readonly string[];
  runs: ReadonlyMap<string, { title: string; startedAt: number; group: string | undefined }>;
  isGrouped: boolean;
}

/** The curves of several runs, a chart a metric; in groups, their means with a band. */
export function RunsCharts({ project, ids, metrics, runs, isGrouped }: RunsChartsProps) {
  const [look, setLook] = useState(usualLook);
  const { search, change } = useRunsAddress();
  const group = useId();
  const band = search.band === "interval" ? "interval" : "range";
  const { data, error } = useQuery({
    ...historiesQuery(project, {
      runs: ids.join(","),
      key: metrics,
      x: look.x === "step" ? "step" : "time",
    }),
    enabled: ids.length > 0 && metrics.length > 0,
  });
  if (ids.length === 0 || metrics.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {ids.length === 0 ? "No run is drawn: tick some in the table." : "Choose a metric."}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <LookControls look={look} onLook={setLook} />
      {isGrouped && (
        <SegmentedControl
          size="xs"
          w="fit-content"
          aria-label="Band around a mean"
          value={band}
          onChange={(value) => change({ band: value === "range" ? undefined : value }, true)}
          data={[
            { value: "range", label: "Least to greatest" },
            { value: "interval", label: "95 % interval of the mean" },
          ]}
        />
      )}
      {error && <ErrorBox error={error} />}
      {data?.problems.map(({ run_id: id, reason }) => (
        <ErrorBox key={id} error={new Error(`${runs.get(id)?.title ?? id}: ${reason}`)} />
      ))}
      {metrics.map((metric) => {
        const series = data?.series.filter(({ key, run_id: id }) => key === metric && runs.has(id));
        if (!series) return <Skeleton key={metric} height={250} />;
        const common = { metric, series, look, group };
        return isGrouped ? (
          <GroupPanel key={metric} {...common} runs={runs} band={band} />
        ) : (
          <MetricPanel key={metric} level={2} {...common} runs={runs} />
        );
      })}
    </Stack>
  );
}
