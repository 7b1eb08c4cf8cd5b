import {
  Alert,
  Breadcrumbs,
  Button,
  Container,
  Group,
  Paper,
  Skeleton,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useMemo } from "react";

import { consoleQuery, historiesQuery, runModelsQuery, runQuery, runsQuery } from "../../api/queries.js";
import type { Run } from "../../api/types.js";
import { useDeleteRun } from "../../components/annotations/use-delete-runs.js";
import { CopyText } from "../../components/copy-text.js";
import { ErrorBox } from "../../components/error-box.js";
import { PageLink } from "../../components/page-link.js";
import { showTime } from "../../components/show-cell.js";
import { ContentsList } from "../../experiment/contents-list.js";
import classes from "../../experiment/experiment-parts.module.css";
import { flatSettings } from "../../experiment/flat-settings.js";
import { useAskedPart } from "../../experiment/use-asked-part.js";
import { artifactAddress } from "../../run/artifact-address.js";
import { Artifacts } from "../../run/artifacts.js";
import { ConsoleOutput, consoleLinesAtOnce } from "../../run/console-output.js";
import { MetricCharts } from "../../run/metric-charts.js";
import { noteTag } from "../../run/mlflow-tags.js";
import { RunDuration } from "../../run/run-duration.js";
import { Facts } from "../../run/run-facts.js";
import { RunModels } from "../../run/run-models.js";
import { StatusBadge } from "../../run/run-status.js";
import { RunTags } from "../../run/run-tags.js";
import { systemMetrics } from "../../run/system-metrics.js";
import { useLook } from "../../run/use-look.js";
import { runRoute, useRunAddress } from "./address.js";

const Markdown = lazy(() => import("../../components/annotations/markdown.js"));

const partsOfRun = [
  { id: "metrics", title: "Metrics" },
  { id: "parameters", title: "Parameters" },
  { id: "experiments", title: "Experiments" },
  { id: "models", title: "Models" },
  { id: "children", title: "Children" },
  { id: "artifacts", title: "Artifacts" },
  { id: "console", title: "Console" },
  { id: "system", title: "System" },
  { id: "details", title: "Run details" },
];

/** One run by its id: its curves, what it was started with, and what belongs to it; live while it lasts. */
export function RunPage() {
  const { run: id } = runRoute.useParams();
  const { data, error } = useQuery(runQuery(id));
  return (
    <Container fluid py="md" px="md" maw={1700}>
      <title>{`${data?.title ?? id} · ml-tracking`}</title>
      {error && <ErrorBox error={error} />}
      {!data && !error && <Skeleton height={400} />}
      {data && <RunView run={data} key={id} />}
    </Container>
  );
}

function RunView({ run }: { run: Run }) {
  useAskedPart();
  const { data: models = [] } = useQuery(runModelsQuery(run.run_id));
  const hasConsole = useHasConsole(run);
  const hasSystem = useHasSystemMetrics(run);
  const parts = useMemo(() => {
    const isThere: Record<string, boolean> = {
      models: models.length > 0,
      console: hasConsole,
      system: hasSystem,
    };
    return partsOfRun.filter(({ id }) => isThere[id] ?? true);
  }, [models.length, hasConsole, hasSystem]);
  const note = run.tags[noteTag] ?? "";
  return (
    <Stack gap="md">
      <RunHeading run={run} />
      {run.error !== null && (
        <Alert color="red" variant="light" title="What ended it">
          <Text size="sm" style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
            {run.error}
          </Text>
        </Alert>
      )}
      {note !== "" && (
        <Paper component="section" withBorder p="sm" maw={900} aria-label="Note">
          <Suspense fallback={<Skeleton height={20} />}>
            <Markdown text={note} />
          </Suspense>
        </Paper>
      )}
      <div className={classes.page}>
        <ContentsList parts={parts} />
        <Stack gap="lg" className={classes.parts}>
          <Part id="metrics" title="Metrics">
            <Metrics run={run} />
          </Part>
          <Part id="parameters" title="Parameters">
            <Facts
              facts={flatSettings(run.parameters).map(({ name, value }) => [name, value])}
              empty="None was given."
            />
            <Title order={3} size="h6" mt="sm">
              Tags
            </Title>
            <RunTags tags={run.tags} />
            <Inputs run={run} />
          </Part>
          <Part id="experiments" title="Experiments">
            <Linked
              ids={run.experiments}
              empty="No evaluation was logged in it."
              link={(id) => (
                <PageLink to="/experiments/$id" params={{ id }} size="sm">
                  {id}
                </PageLink>
              )}
            />
          </Part>
          {models.length > 0 && (
            <Part id="models" title="Models">
              <RunModels models={models} />
            </Part>
          )}
          <Part id="children" title="Children">
            <Children run={run} />
          </Part>
          <Part id="artifacts" title="Artifacts">
            <Artifacts files={run.artifacts} addressOf={(path) => artifactAddress(run.run_id, path)} />
          </Part>
          {hasConsole && (
            <Part id="console" title="Console">
              <ConsoleOutput runId={run.run_id} />
            </Part>
          )}
          {hasSystem && (
            <Part id="system" title="System">
              <SystemMetrics run={run} />
            </Part>
          )}
          <Part id="details" title="Run details">
            <Details run={run} />
          </Part>
        </Stack>
      </div>
    </Stack>
  );
}

/** Whether it printed something, as far as is known. */
function useHasConsole({ run_id: id }: Run): boolean {
  const { data, isError } = useQuery(consoleQuery(id, { limit: consoleLinesAtOnce }));
  return isError || (data?.total ?? 0) > 0;
}

/** Whether it recorded something of its machine, as far as is known. MLflow's clients do so only when asked to. */
function useHasSystemMetrics({ project, run_id: id }: Run): boolean {
  const { data, isError } = useQuery(
    historiesQuery(project, { runs: id, key: [...systemMetrics], x: "step" }),
  );
  return isError || (data?.series.length ?? 0) > 0;
}

/** The data sets and the models that it read, where these were logged. */
function Inputs({ run: { inputs } }: { run: Run }) {
  if (inputs.datasets.length + inputs.models.length === 0) return null;
  return (
    <>
      <Title order={3} size="h6" mt="sm">
        Inputs
      </Title>
      <Facts
        empty=""
        facts={[
          ...inputs.datasets.map(({ name, digest, context }, i): [string, ReactNode] => [
            `Data set ${i + 1}${context === null ? "" : `, for ${context}`}`,
            `${name} · digest ${digest}`,
          ]),
          ...inputs.models.map((id, i): [string, ReactNode] => [
            `Model ${i + 1}`,
            <PageLink key={id} to="/logged-models/$logged" params={{ logged: id }} size="sm">
              {id}
            </PageLink>,
          ]),
        ]}
      />
    </>
  );
}

function Metrics({ run }: { run: Run }) {
  const { search, change } = useRunAddress();
  const look = useLook(search, (changes) => change(changes, true));
  const keys = useMemo(() => Object.keys(run.metrics), [run.metrics]);
  return <MetricCharts run={run} keys={keys} {...look} />;
}

/** Drawn in a way of their own: a logarithm for losses says nothing of a machine. */
function SystemMetrics({ run }: { run: Run }) {
  const { search, change } = useRunAddress();
  const { system_x: asked, system_smoothing: smoothed, system_log: logs } = search;
  const look = useLook({ x: asked, smoothing: smoothed, log: logs }, ({ x, smoothing, log }) =>
    change({ system_x: x, system_smoothing: smoothing, system_log: log }, true),
  );
  return <MetricCharts run={run} keys={systemMetrics} isGuess {...look} />;
}

function RunHeading({ run }: { run: Run }) {
  const { project, run_id: id, parent_run_id: parent } = run;
  const end = run.ended_at ?? (run.lost_contact ? run.last_seen_at : null);
  return (
    <div>
      <Breadcrumbs>
        <PageLink to="/" size="sm">
          Projects
        </PageLink>
        <PageLink to="/projects/$project" params={{ project }} size="sm">
          {project}
        </PageLink>
        <PageLink to="/projects/$project/runs" params={{ project }} size="sm">
          Runs
        </PageLink>
        {parent !== null && (
          <PageLink to="/runs/$run" params={{ run: parent }} size="sm">
            parent run
          </PageLink>
        )}
      </Breadcrumbs>
      <Group gap={6} align="center">
        <Title order={1} size="h3" style={{ overflowWrap: "anywhere" }} lineClamp={3} title={run.title}>
          {run.title}
        </Title>
        <CopyText text={id} what="the run id" />
        <StatusBadge run={run} />
        <DeleteButton run={run} />
      </Group>
      <Text size="sm" c="dimmed">
        {showTime(run.started_at)} · <RunDuration startedAt={run.started_at} endedAt={end} />
        {run.user !== null && ` · ${run.user}`}
        {run.host !== null && ` on ${run.host}`}
      </Text>
    </div>
  );
}

function DeleteButton({ run: { run_id: id, title, project } }: { run: Run }) {
  const deleteRun = useDeleteRun();
  const navigate = useNavigate();
  const remove = async () => {
    if (await deleteRun(id, title, true)) {
      await navigate({ to: "/projects/$project/runs", params: { project }, search: {} });
    }
  };
  return (
    <Button size="compact-xs" variant="subtle" color="red" onClick={() => void remove()}>
      Delete
    </Button>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h4" id={id} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}

function Linked({
  ids,
  empty,
  link,
}: {
  ids: readonly string[];
  empty: string;
  link: (id: string) => ReactNode;
}) {
  if (ids.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    );
  }
  return (
    <Group gap="md">
      {ids.map((id) => (
        <span key={id}>{link(id)}</span>
      ))}
    </Group>
  );
}

const mostChildren = 200;

function Children({ run }: { run: Run }) {
  const hasChildren = run.children.length > 0;
  const { data } = useQuery({
    ...runsQuery(run.project, {
      filter: `parent_run_id = "${run.run_id}"`,
      column: ["name", "status", "duration"],
      limit: mostChildren,
    }),
    enabled: hasChildren,
  });
  if (!hasChildren) {
    return (
      <Text size="sm" c="dimmed">
        It has none.
      </Text>
    );
  }
  if (!data) return <Skeleton height={60} />;
  const status = data.columns.findIndex(({ name }) => name === "status");
  return (
    <Facts
      empty=""
      facts={data.run_ids.map((id, i) => [
        id,
        <PageLink key={id} to="/runs/$run" params={{ run: id }} size="sm">
          {data.titles[i]} · {String(data.rows[i]?.[status])}
        </PageLink>,
      ])}
    />
  );
}

function Details({ run }: { run: Run }) {
  const facts: [string, ReactNode][] = [
    ["Run id", run.run_id],
    ["Started", showTime(run.started_at)],
    ["Ended", run.ended_at === null ? "not yet" : showTime(run.ended_at)],
    ["Script", run.source ?? ""],
    [
      "Git commit",
      run.git_commit === null ? "" : `${run.git_commit}${run.git_dirty ? ", with changes" : ""}`,
    ],
    ...flatSettings(run.runtime).map(({ name, value }): [string, ReactNode] => [name, value]),
  ];
  return <Facts facts={facts.filter(([, value]) => value !== "")} empty="" />;
}
