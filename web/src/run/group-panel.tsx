import { Paper, Skeleton, Text, Title, useComputedColorScheme } from "@mantine/core";
import { lazy, Suspense, useId, useMemo } from "react";

import { type BandLine, bandOption } from "../charts/band-option.js";
import type { MetricLook } from "../charts/metric-look.js";
import { runColours } from "../charts/run-colours.js";
import { showCounted } from "../components/show-cell.js";
import { alongAxis, type Series } from "./along-axis.js";
import { type Band, groupCourse } from "./group-course.js";
import { leftOutByLog } from "./left-out-by-log.js";
import { heightOfSeveral } from "./metric-panel.js";

const Chart = lazy(async () => ({ default: (await import("../charts/chart.js")).Chart }));

export interface GroupPanelProps {
  metric: string;
  series: readonly Series[];
  runs: ReadonlyMap<string, { title: string; startedAt: number; group?: string | undefined }>;
  look: MetricLook;
  band: Band;
  group: string;
}

/** One metric, a line and a band for each group of runs. */
export function GroupPanel({ metric, series, runs, look, band, group }: GroupPanelProps) {
  const id = useId();
  const scheme = useComputedColorScheme("light");
  const isSmoothed = look.smoothing > 0;
  const lines = useMemo(() => {
    const groups = new Map<string, Series[]>();
    for (const each of series) {
      const name = runs.get(each.run_id)?.group ?? "none";
      groups.set(name, [...(groups.get(name) ?? []), each]);
    }
    const colours = runColours(
      [...groups.keys()].map((name) => ({ id: `group ${name}`, startedAt: 0 })),
      scheme,
    );
    return [...groups].map(([name, those]): BandLine => {
      const placed = those.map((each) => {
        const { means, ...points } = alongAxis(each, look.x, runs.get(each.run_id)?.startedAt ?? 0);
        return isSmoothed && means ? means : points;
      });
      return {
        name: `${name} (${showCounted(those.length, "run")})`,
        color: colours.get(`group ${name}`) ?? "gray",
        points: Math.max(...those.map(({ n }) => n)),
        ...groupCourse(placed, band),
      };
    });
  }, [series, runs, look.x, isSmoothed, band, scheme]);
  const option = useMemo(() => bandOption(lines, look), [lines, look]);
  const leftOut = leftOutByLog(
    lines.map(({ x, mean }) => ({ x, y: mean })),
    look,
    "means",
  );
  return (
    <Paper component="section" withBorder p="xs" aria-labelledby={id}>
      <Title order={2} size="h6" id={id} style={{ overflowWrap: "anywhere" }}>
        {metric}
      </Title>
      {lines.length === 0 ? (
        <Text size="xs" c="dimmed">
          None of these runs logged it.
        </Text>
      ) : (
        <Suspense fallback={<Skeleton height={heightOfSeveral} />}>
          <Chart option={option} height={heightOfSeveral} group={group} />
        </Suspense>
      )}
      {leftOut !== "" && (
        <Text size="xs" c="dimmed">
          {leftOut}
        </Text>
      )}
    </Paper>
  );
}
