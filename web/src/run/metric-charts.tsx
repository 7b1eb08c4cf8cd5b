import {
  Button,
  Group,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  TextInput,
  Title,
  useComputedColorScheme,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useId, useMemo, useState } from "react";

import { historiesQuery } from "../api/queries.js";
import type { Run } from "../api/types.js";
import type { MetricLook } from "../charts/metric-look.js";
import { runColours } from "../charts/run-colours.js";
import { ErrorBox } from "../components/error-box.js";
import { showCount } from "../components/show-cell.js";
import { LookControls } from "./look-controls.js";
import { MetricPanel } from "./metric-panel.js";
import { ProblemAlert } from "./problem-alert.js";
import { hasCourse, SingleValues } from "./single-values.js";
import type { LookState } from "./use-look.js";

/** So many charts of a group are drawn at first, and more at a time. */
const atFirst = 12;
/** The API takes no more of them at once. */
const mostDrawn = 48;

/**
 * A run's metrics as charts, those of one value as a list, of many those of one beginning before a slash together;
 * all zoom together.
 * @param isGuess whether it may not have all of the metrics: those that it has are drawn, without a search
 */
export function MetricCharts({
  run,
  keys,
  isGuess = false,
  look,
  onLook,
}: {
  run: Run;
  keys: readonly string[];
  isGuess?: boolean;
} & LookState) {
  const [search, setSearch] = useState("");
  const sought = useDeferredValue(search.trim().toLowerCase());
  const group = useId();
  const groups = useMemo(() => {
    const found = new Map<string, string[]>();
    for (const key of keys) {
      if (!key.toLowerCase().includes(sought)) continue;
      const slash = keys.length > atFirst ? key.indexOf("/") : -1;
      const name = slash > 0 ? key.slice(0, slash) : "";
      found.set(name, [...(found.get(name) ?? []), key]);
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  }, [keys, sought]);
  return (
    <Stack gap="sm">
      <Group gap="md">
        {keys.length > atFirst && !isGuess && (
          <TextInput
            size="xs"
            aria-label="Search metrics"
            placeholder={`Search ${showCount(keys.length)} metrics`}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )}
        {keys.some((key) => isGuess || mayHaveCourse(run, key)) && (
          <LookControls look={look} onLook={onLook} />
        )}
      </Group>
      {groups.length === 0 && (
        <Text size="sm" c="dimmed">
          {keys.length === 0 ? "Nothing was logged yet." : "No metric has that in its name."}
        </Text>
      )}
      {groups.map(([name, those]) => (
        <GroupOfCharts
          key={name}
          name={name}
          run={run}
          keys={those}
          look={look}
          group={group}
          isGuess={isGuess}
        />
      ))}
    </Stack>
  );
}

interface GroupProps {
  name: string;
  run: Run;
  keys: readonly string[];
  look: MetricLook;
  group: string;
  isGuess: boolean;
}

function GroupOfCharts({ name, run, keys, look, group, isGuess }: GroupProps) {
  const [shown, setShown] = useState(isGuess ? mostDrawn : atFirst);
  const courses = keys.filter((key) => isGuess || mayHaveCourse(run, key)).slice(0, shown);
  const others = isGuess ? [] : keys.filter((key) => !mayHaveCourse(run, key));
  const asked = [...courses, ...others].slice(0, mostDrawn);
  const { data, error } = useQuery(
    historiesQuery(run.project, {
      runs: run.run_id,
      key: asked,
      x: look.x === "step" ? "step" : "time",
    }),
  );
  const runs = useMemo(
    () => new Map([[run.run_id, { title: run.title, startedAt: new Date(run.started_at).getTime() }]]),
    [run.run_id, run.title, run.started_at],
  );
  const scheme = useComputedColorScheme("light");
  const colours = useMemo(() => runColours([{ id: run.run_id, startedAt: 0 }], scheme), [run.run_id, scheme]);
  const titleOf = (key: string) => (name === "" ? key : key.slice(name.length + 1));
  // One that has no series has only what is no number, or nothing yet.
  const found = asked.flatMap((key) => data?.series.find((each) => each.key === key) ?? []);
  const drawn = found.filter((series) => hasCourse([series]));
  const single = found.filter((series) => !hasCourse([series]));
  return (
    <div>
      {name !== "" && !isGuess && (
        <Title order={3} size="h6" c="dimmed" mb={4}>
          {name}
        </Title>
      )}
      {error && <ErrorBox error={error} />}
      {data?.problems.map(({ reason }) => (
        <ProblemAlert key={reason} title="The metrics of this run cannot be read" text={reason} />
      ))}
      {!data && !isGuess && <Skeleton height={courses.length > 0 ? 270 : 60} />}
      <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }} spacing="sm" verticalSpacing="sm">
        {drawn.map((series) => (
          <MetricPanel
            key={series.key}
            level={name === "" || isGuess ? 3 : 4}
            metric={titleOf(series.key)}
            series={[series]}
            runs={runs}
            colours={colours}
            look={look}
            group={group}
          />
        ))}
      </SimpleGrid>
      {single.length > 0 && (
        <SingleValues metrics={single.map((series) => ({ title: titleOf(series.key), series }))} />
      )}
      {keys.length > asked.length && (
        <Button
          mt="xs"
          size="compact-xs"
          variant="default"
          onClick={() => setShown(Math.min(shown + atFirst, mostDrawn))}
          disabled={asked.length >= mostDrawn}
        >
          {asked.length >= mostDrawn
            ? `${showCount(keys.length - asked.length)} more: search by name`
            : `Show more of ${showCount(keys.length)}`}
        </Button>
      )}
    </div>
  );
}

/** False where the run has ended, and the first, least and greatest values of the metric are the last one. */
function mayHaveCourse(run: Run, key: string): boolean {
  const last = run.metrics[key];
  return [run.first_metrics, run.min_metrics, run.max_metrics].some((values) => values[key] !== last);
}
