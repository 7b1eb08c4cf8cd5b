import { Breadcrumbs, Container, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { runsQuery, scoresQuery } from "../../api/queries.js";
import type { Runs } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { PageLink } from "../../components/page-link.js";
import { showCounted } from "../../components/show-cell.js";
import { MetricChoice } from "../../run/metric-choice.js";
import { ProblemAlert } from "../../run/problem-alert.js";
import { RunsCharts } from "../../run/runs-charts.js";
import { useLook } from "../../run/use-look.js";
import { runComparisonRoute, useRunComparisonAddress } from "./address.js";
import { comparedRows } from "./compared-rows.js";
import { ComparedTable } from "./compared-table.js";

/** So many columns are still read side by side. */
const mostCompared = 50;
const drawnAtFirst = 6;

/** Runs side by side: in what they differ, where they ended, and their curves. */
export function RunComparisonPage() {
  const { project } = runComparisonRoute.useParams();
  const { search } = useRunComparisonAddress();
  const asked = [...new Set(search.run)];
  const ids = asked.slice(0, mostCompared);
  const { data, error } = useQuery({
    ...runsQuery(project, {
      filter: `run_id IN (${ids.map((id) => `'${id.replaceAll("'", "''")}'`).join(", ")})`,
      limit: mostCompared,
    }),
    enabled: ids.length > 0,
  });
  return (
    <Container fluid py="md" px="md" maw={1700}>
      <title>{`Runs of ${project} compared · ml-tracking`}</title>
      <Breadcrumbs>
        <PageLink to="/projects/$project" params={{ project }} size="sm">
          {project}
        </PageLink>
        <PageLink to="/projects/$project/runs" params={{ project }} size="sm">
          Runs
        </PageLink>
      </Breadcrumbs>
      <Title order={1} size="h3" mb="sm">
        {ids.length === 0 ? "Compare runs" : `${showCounted(ids.length, "run")} compared`}
      </Title>
      {asked.length > ids.length && (
        <Text size="sm" c="dimmed">
          The first {mostCompared} of {asked.length}: more do not fit beside each other.
        </Text>
      )}
      {ids.length === 0 && <Text size="sm">Tick two runs or more on the page of runs, then Compare.</Text>}
      {error && <ErrorBox error={error} />}
      {ids.length > 0 && !data && !error && <Skeleton height={300} />}
      {data && <Compared runs={data} asked={ids} />}
    </Container>
  );
}

function Compared({ runs, asked }: { runs: Runs; asked: readonly string[] }) {
  const { search, change } = useRunComparisonAddress();
  const look = useLook(search, (changes) => change(changes, true));
  const { data: registry } = useQuery(scoresQuery());
  const ids = asked.filter((id) => runs.run_ids.includes(id));
  const unknown = asked.filter((id) => !ids.includes(id));
  const directions = new Map(registry?.map(({ name, direction }) => [name, direction]));
  const metrics = comparedRows(runs, ids, "metric", directions);
  const names = metrics.map(({ name }) => name);
  const chosen = search.metric ?? names.slice(0, drawnAtFirst);
  const known = useMemo(() => {
    const started = runs.columns.findIndex(({ name }) => name === "started_at");
    return new Map(
      runs.run_ids.map((id, i) => [
        id,
        { title: runs.titles[i] ?? id, startedAt: Date.parse(String(runs.rows[i]?.[started])) },
      ]),
    );
  }, [runs]);
  return (
    <Stack gap="md">
      {unknown.length > 0 && (
        <ProblemAlert
          title={`This project has no ${unknown.length === 1 ? "such run" : "such runs"}`}
          text={unknown.join(", ")}
        />
      )}
      <Paper component="section" withBorder p="md" aria-labelledby="side-by-side">
        <Title order={2} size="h5" id="side-by-side" mb={4}>
          Side by side
        </Title>
        <ComparedTable
          runs={runs}
          ids={ids}
          metrics={metrics}
          everything={search.everything === "1"}
          onEverything={(everything) => change({ everything: everything ? "1" : undefined })}
        />
      </Paper>
      <section aria-labelledby="curves">
        <Title order={2} size="h5" id="curves" mb={4}>
          Curves
        </Title>
        <MetricChoice all={names} chosen={chosen} onChoose={(metric) => change({ metric })} />
        <RunsCharts
          tableHas="last values"
          project={runs.project}
          ids={ids}
          metrics={chosen}
          runs={known}
          across={3}
          level={3}
          {...look}
        />
      </section>
    </Stack>
  );
}
