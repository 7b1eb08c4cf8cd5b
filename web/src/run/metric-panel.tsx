import { Group, Paper, Skeleton, Text, Title } from "@mantine/core";
import { lazy, Suspense, useId, useMemo } from "react";

import type { MetricLook } from "../charts/metric-look.js";
import { metricOption, oddValues } from "../charts/metric-option.js";
import { showCount, showNumber } from "../components/show-cell.js";
import { alongAxis, type Series } from "./along-axis.js";
import { leftOutByLog } from "./left-out-by-log.js";

const Chart = lazy(async () => ({ default: (await import("../charts/chart.js")).Chart }));

export interface MetricPanelProps {
  metric: string;
  /** Of each run that has it. */
  series: readonly Series[];
  /** What each run is called and when it began, in milliseconds since 1970, by its id. */
  runs: ReadonlyMap<string, { title: string; startedAt: number }>;
  /** The colour of each run, by its id. */
  colours: ReadonlyMap<string, string>;
  look: MetricLook;
  /** Charts of one group zoom together. */
  group: string;
  /** Of its heading. */
  level: 2 | 3 | 4;
}

/** Of one run, and of several: their tooltip is as tall. */
const heightOfOne = 220;
export const heightOfSeveral = 264;

/** One metric as a chart. */
export function MetricPanel(props: MetricPanelProps) {
  const { metric, series, runs, colours, look, group, level } = props;
  const id = useId();
  const lines = useMemo(
    () =>
      series.map((each) => {
        const run = runs.get(each.run_id);
        return {
          name: run?.title ?? each.run_id,
          color: colours.get(each.run_id) ?? "gray",
          ...alongAxis(each, look.x, run?.startedAt ?? 0),
        };
      }),
    [series, runs, colours, look.x],
  );
  const option = useMemo(() => metricOption(lines, look), [lines, look]);
  const isThinned = series.some(({ n, x }) => n > x.length);
  const leftOut = leftOutByLog(lines, look, isThinned ? "points drawn" : "points");
  const height = series.length > 1 ? heightOfSeveral : heightOfOne;
  const last = series[0]?.y.at(-1);
  return (
    <Paper component="section" withBorder p="xs" aria-labelledby={id}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Title order={level} size="h6" id={id} style={{ overflowWrap: "anywhere" }}>
          {metric}
        </Title>
        {series.length === 1 && last !== undefined && (
          <Text size="sm" fw={500} aria-label={`last value of ${metric}`}>
            {typeof last === "number" ? showNumber(last) : last}
          </Text>
        )}
      </Group>
      {series.length === 0 && (
        <Text size="xs" c="dimmed">
          None of these runs logged it.
        </Text>
      )}
      {series.length > 0 && (
        <Suspense fallback={<Skeleton height={height} />}>
          <Chart option={option} height={height} group={group} />
        </Suspense>
      )}
      <Notes series={series} runs={runs} leftOut={leftOut} />
    </Paper>
  );
}

function Notes({ series, runs, leftOut }: Pick<MetricPanelProps, "series" | "runs"> & { leftOut: string }) {
  const notes = series.flatMap(({ run_id: runId, y, n, x }) => {
    const odd = oddValues(y);
    const whose = series.length > 1 ? `${runs.get(runId)?.title ?? runId}: ` : "";
    const drawn =
      n > x.length && x.length > 1 ? [`${whose}${showCount(n)} points, drawn by their extremes`] : [];
    return [...(odd === "" ? [] : [`${whose}not drawn: ${odd}`]), ...(series.length === 1 ? drawn : [])];
  });
  if (notes.length === 0 && leftOut === "") return null;
  return (
    <Text size="xs" c="dimmed">
      {[...(leftOut === "" ? [] : [leftOut]), ...notes.slice(0, 3)].join("; ")}
    </Text>
  );
}
