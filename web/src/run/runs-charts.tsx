import { SegmentedControl, SimpleGrid, Skeleton, Stack, Text, useComputedColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useMemo } from "react";

import { historiesQuery } from "../api/queries.js";
import { runColours } from "../charts/run-colours.js";
import { ErrorBox } from "../components/error-box.js";
import type { Series } from "./along-axis.js";
import { drawnRuns } from "./drawn-runs.js";
import type { Band } from "./group-course.js";
import { GroupPanel } from "./group-panel.js";
import { LookControls } from "./look-controls.js";
import { MetricPanel } from "./metric-panel.js";
import { ProblemAlert } from "./problem-alert.js";
import { hasCourse, SingleValuesOfRuns } from "./single-values.js";
import type { LookState } from "./use-look.js";

export interface RunsChartsProps extends LookState {
  project: string;
  ids: readonly string[];
  metrics: readonly string[];
  runs: ReadonlyMap<string, { title: string; startedAt: number; group?: string | undefined }>;
  /** How groups are drawn; runs by themselves where it is left out. */
  bands?: { band: Band; onBand: (band: Band) => void };
  /** Charts beside each other on a wide screen. */
  across?: number;
  /** Of their headings. */
  level?: 2 | 3;
  /** What a table of the page has of every metric, so that single values are not listed once more. */
  tableHas?: "means" | "last values";
}

const none: readonly Series[] = [];

/** The curves of several runs, a chart a metric; in groups, their means with a band. Single values are listed. */
export function RunsCharts(props: RunsChartsProps) {
  const { project, ids, metrics, runs, look, onLook, bands, across = 1, level = 2, tableHas } = props;
  const group = useId();
  const scheme = useComputedColorScheme("light");
  const colours = useMemo(() => runColours(drawnRuns(ids, runs), scheme), [ids, runs, scheme]);
  const { data, error } = useQuery({
    ...historiesQuery(project, {
      runs: ids.join(","),
      key: metrics,
      x: look.x === "step" ? "step" : "time",
    }),
    enabled: ids.length > 0 && metrics.length > 0,
  });
  const byMetric = useMemo(() => {
    const found = new Map<string, Series[]>();
    for (const each of data?.series ?? []) {
      if (runs.has(each.run_id)) found.set(each.key, [...(found.get(each.key) ?? []), each]);
    }
    return found;
  }, [data, runs]);
  if (ids.length === 0 || metrics.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {ids.length === 0 ? "No run is drawn: tick some in the table." : "Choose a metric."}
      </Text>
    );
  }
  const single = metrics.filter((metric) => byMetric.has(metric) && !hasCourse(byMetric.get(metric) ?? none));
  const drawn = metrics.filter((metric) => !single.includes(metric));
  return (
    <Stack gap="sm">
      {drawn.length > 0 && <LookControls look={look} onLook={onLook} />}
      {drawn.length > 0 && bands && (
        <SegmentedControl
          size="xs"
          w="fit-content"
          aria-label="Band around a mean"
          value={bands.band}
          onChange={bands.onBand}
          data={[
            { value: "range", label: "Least to greatest" },
            { value: "interval", label: "95 % interval of the mean" },
          ]}
        />
      )}
      {error && <ErrorBox error={error} />}
      {data?.problems.map(({ run_id: id, reason }) => (
        <ProblemAlert
          key={id}
          title={`The metrics of ${runs.get(id)?.title ?? id} cannot be read`}
          text={reason}
        />
      ))}
      <SimpleGrid cols={{ base: 1, sm: Math.min(2, across), xl: across }} spacing="sm" verticalSpacing="sm">
        {drawn.map((metric) => {
          const series = data && (byMetric.get(metric) ?? none);
          if (!series) return <Skeleton key={metric} height={310} />;
          const common = { metric, series, look, group };
          return bands ? (
            <GroupPanel key={metric} {...common} runs={runs} band={bands.band} />
          ) : (
            <MetricPanel key={metric} level={level} {...common} runs={runs} colours={colours} />
          );
        })}
      </SimpleGrid>
      {single.length > 0 && tableHas === undefined && (
        <SingleValuesOfRuns metrics={single} byMetric={byMetric} ids={ids} runs={runs} colours={colours} />
      )}
      {single.length > 0 && tableHas !== undefined && (
        <Text size="sm" c="dimmed">
          The table has the {tableHas} of {single.join(", ")}: each run has one value.
        </Text>
      )}
    </Stack>
  );
}
