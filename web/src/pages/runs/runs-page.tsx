import { Button, Group, MultiSelect, Select, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { runColumnsQuery, runsQuery, statusQuery } from "../../api/queries.js";
import type { Runs } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { FilterInput } from "../../components/filter-input.js";
import { PageButtons } from "../../components/page-buttons.js";
import { PageButton } from "../../components/page-link.js";
import { ProjectHeading } from "../../components/project-heading.js";
import { showCell, showCounted } from "../../components/show-cell.js";
import { StoreProblems } from "../../components/store-problems.js";
import { useGoodFilter } from "../../components/use-good-filter.js";
import { columnChoices, columnTitle } from "../../run/column-title.js";
import { MetricChoice } from "../../run/metric-choice.js";
import { stateColumns } from "../../run/run-status.js";
import { RunsCharts } from "../../run/runs-charts.js";
import { useLook } from "../../run/use-look.js";
import { runsRoute, useRunsAddress } from "./address.js";
import { RunGroups } from "./run-groups.js";
import classes from "./runs-page.module.css";
import { RunsTable } from "./runs-table.js";
import { drawnMetrics, groupingColumns, metricColumns, usualColumns } from "./shown-columns.js";

const pageSize = 50;
/** So many runs are drawn where none are chosen. */
const drawnAtFirst = 10;
/** So many runs of groups are drawn. */
const mostGrouped = 200;
const latestFirst = "started_at:desc";

/** Every run of a project, and beside the table the curves of those that are chosen, or of the first ones. */
export function RunsPage() {
  const { project } = runsRoute.useParams();
  return (
    <div className={classes.page}>
      <title>{`Runs of ${project} · ml-tracking`}</title>
      <RunsView key={project} project={project} />
    </div>
  );
}

function RunsView({ project }: { project: string }) {
  const { search, change } = useRunsAddress();
  const { data: status } = useQuery(statusQuery());
  const columns = useQuery(runColumnsQuery(project));
  const { filter, error: filterError } = useGoodFilter(project, search.filter, "runs");
  const all = columns.data?.columns ?? [];
  const metrics = metricColumns(all);
  const shown = search.column ?? usualColumns(all);
  const offset = Number(search.offset ?? 0) || 0;
  const by = search.group;
  const grouped = by === undefined ? [] : [by];
  const page = useQuery({
    ...runsQuery(project, {
      filter,
      sort: [search.sort ?? latestFirst],
      column: [...new Set([...shown, ...stateColumns, "started_at", ...grouped])],
      limit: by === undefined ? pageSize : mostGrouped,
      offset: by === undefined ? offset : 0,
    }),
    enabled: columns.isSuccess,
  });
  const error = columns.error ?? page.error;
  const chosen = search.metric ?? drawnMetrics(all);
  return (
    <Stack gap="xs">
      <ProjectHeading project={project} page="Runs" />
      <StoreProblems status={status} project={project} />
      <Group gap="xs" align="flex-start" className={classes.controls ?? ""}>
        <FilterInput
          project={project}
          of="runs"
          filter={search.filter ?? ""}
          error={filterError}
          onFilter={(text) => change({ filter: text || undefined, offset: undefined })}
        />
        <MultiSelect
          size="xs"
          aria-label="Columns"
          placeholder={`${shown.length} columns`}
          w={130}
          comboboxProps={{ width: 280, position: "bottom-end" }}
          data={columnChoices(all.filter(({ count }) => count > 0))}
          value={shown}
          onChange={(next) => change({ column: next.length > 0 ? next : undefined })}
          searchable
          maxDropdownHeight={320}
          className={classes.columns ?? ""}
        />
        <Select
          size="xs"
          aria-label="Group by"
          placeholder="Group by"
          data={columnChoices(groupingColumns(all))}
          value={by ?? null}
          onChange={(value) => change({ group: value ?? undefined, offset: undefined })}
          clearable
          searchable
          w={180}
        />
      </Group>
      {error && <ErrorBox error={error} />}
      {!error && !page.data && <Skeleton height={300} />}
      {page.data && (
        <>
          <Counts project={project} runs={page.data} isFiltered={filter !== undefined} />
          {page.data.total === 0 && filter === undefined ? (
            <Text size="sm">
              This project has no runs: start one with <code>start_run</code> in Python, or{" "}
              <code>startRun</code> in TypeScript.
            </Text>
          ) : (
            <div className={classes.beside}>
              <div className={classes.table}>
                {by === undefined ? (
                  <>
                    <RunsTable
                      runs={page.data}
                      shown={shown}
                      drawn={drawnOf(page.data, search)}
                      onDraw={(ids) =>
                        change({ select: ids.length > 0 ? [...ids] : [""], hide: undefined }, true)
                      }
                    />
                    <PageButtons
                      offset={offset}
                      pageSize={pageSize}
                      total={page.data.total}
                      onChange={(next) => change({ offset: String(next) })}
                    />
                  </>
                ) : (
                  <RunGroups
                    project={project}
                    filter={filter}
                    by={by}
                    metrics={chosen.map((name) => `metrics.${name}`)}
                    known={metrics.map(({ name }) => name)}
                  />
                )}
              </div>
              <Drawn
                project={project}
                runs={page.data}
                by={by}
                chosen={chosen}
                all={metrics.map(({ name }) => columnTitle(name))}
              />
            </div>
          )}
        </>
      )}
    </Stack>
  );
}

interface CountsProps {
  project: string;
  runs: Runs;
  isFiltered: boolean;
}

/** How many runs there are and are drawn, and what can be done with those. */
function Counts({ project, runs, isFiltered }: CountsProps) {
  const { search, change } = useRunsAddress();
  const drawn = drawnOf(runs, search);
  const isGrouped = search.group !== undefined;
  return (
    <Group gap="xs" className={classes.counts ?? ""}>
      <Text size="sm" c="dimmed" aria-live="polite">
        {showCounted(runs.total, "run")}
      </Text>
      {runs.total === 0 && isFiltered && (
        <Button size="compact-xs" variant="default" onClick={() => change({ filter: undefined })}>
          Show all
        </Button>
      )}
      {runs.total > 0 && !isGrouped && (
        <Text size="sm" c="dimmed">
          {drawn.length} drawn
        </Text>
      )}
      {search.select !== undefined && !isGrouped && (
        <Button size="compact-xs" variant="default" onClick={() => change({ select: undefined })}>
          The first ones again
        </Button>
      )}
      {drawn.length > 1 && !isGrouped && (
        <PageButton
          to="/projects/$project/runs/compare"
          params={{ project }}
          search={{ run: drawn }}
          size="compact-xs"
          variant="light"
        >
          Compare
        </PageButton>
      )}
    </Group>
  );
}

/**
 * The runs that are drawn: those that are chosen, or the first ones, without those that are hidden. That none is
 * chosen is an empty id in the address.
 */
function drawnOf(
  page: Runs,
  search: { select?: string[] | undefined; hide?: string[] | undefined },
): string[] {
  const { select, hide = [] } = search;
  return (select ?? page.run_ids.slice(0, drawnAtFirst)).filter((id) => id !== "" && !hide.includes(id));
}

interface DrawnProps {
  project: string;
  runs: Runs;
  by: string | undefined;
  chosen: readonly string[];
  all: readonly string[];
}

function Drawn({ project, runs, by, chosen, all }: DrawnProps) {
  const { search, change } = useRunsAddress();
  const started = runs.columns.findIndex(({ name }) => name === "started_at");
  const group = runs.columns.findIndex(({ name }) => name === by);
  const known = useMemo(
    () =>
      new Map(
        runs.run_ids.map((id, i) => [
          id,
          {
            title: runs.titles[i] ?? id,
            startedAt: Date.parse(String(runs.rows[i]?.[started])),
            group: runs.columns[group] && (showCell(runs.rows[i]?.[group], runs.columns[group]) || "none"),
          },
        ]),
      ),
    [runs, started, group, by],
  );
  const ids = by === undefined ? drawnOf(runs, search) : runs.run_ids;
  const look = useLook(search, (changes) => change(changes, true));
  return (
    <div className={classes.charts}>
      <MetricChoice all={all} chosen={chosen} onChoose={(metric) => change({ metric })} />
      <RunsCharts
        project={project}
        ids={ids}
        metrics={chosen}
        runs={known}
        {...look}
        {...(by === undefined
          ? {}
          : {
              tableHas: "means" as const,
              bands: {
                band: search.band === "interval" ? "interval" : "range",
                onBand: (band) => change({ band: band === "range" ? undefined : band }, true),
              },
            })}
      />
    </div>
  );
}
