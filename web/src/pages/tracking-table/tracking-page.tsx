import { Anchor, Button, Container, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import {
  columnsQuery,
  differingColumnsQuery,
  experimentsQuery,
  scoresQuery,
  statusQuery,
} from "../../api/queries.js";
import type { Columns } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { MasterDetail } from "../../components/master-detail.js";
import { isOfPositive, ProjectPositiveNote } from "../../components/positive-class.js";
import { ProjectHeading } from "../../components/project-heading.js";
import { showCounted } from "../../components/show-cell.js";
import { StoreProblems } from "../../components/store-problems.js";
import { useGoodFilter } from "../../components/use-good-filter.js";
import { headlineScores, usePrimaryScore } from "../../components/use-primary-score.js";
import { type Pane, usePane } from "../../experiment/pane/use-pane.js";
import { trackingRoute, useTrackingAddress } from "./address.js";
import { defaultColumns } from "./default-columns.js";
import { ExperimentsGrid } from "./experiments-grid.js";
import { GroupTable } from "./group-table.js";
import { RunsOnly, useRunsOnly } from "./runs-only.js";
import { type ActiveCell, CellActions, OrderBadges, Selection } from "./table-state.js";
import { TableToolbar } from "./table-toolbar.js";
import classes from "./tracking-page.module.css";
import { useDefaultView } from "./use-default-view.js";

/** Where the address says no order. */
const latestFirst = ["logged_at:desc"];

/** The tracking table: every experiment of a project, and beside it the one that is chosen. */
export function TrackingPage() {
  const { project } = trackingRoute.useParams();
  const { search, change } = useTrackingAddress();
  const pane = usePane(project, search, change);
  const runs = useRunsOnly(project);
  useDefaultView(project);
  return (
    <div className={classes.page}>
      <title>{`${project} · ml-tracking`}</title>
      {runs === undefined ? (
        <MasterDetail {...pane.frame}>
          <TrackingTable key={project} project={project} pane={pane} />
        </MasterDetail>
      ) : (
        <Stack gap="xs" className={classes.table}>
          <ProjectHeading project={project} page="Tracking table" />
          <RunsOnly project={project} runs={runs} />
        </Stack>
      )}
    </div>
  );
}

/** The table: filtered, sorted, grouped, and what is done with its rows. */
function TrackingTable({ project, pane }: { project: string; pane: Pane }) {
  const { search, change } = useTrackingAddress();
  const { sort = latestFirst, group = [], select = [] } = search;
  const { filter, error: filterError } = useGoodFilter(project, search.filter);
  const isGrouped = group.length > 0;
  const [active, setActive] = useState<ActiveCell | undefined>(undefined);
  const { data: status } = useQuery(statusQuery());
  const { columns, all, wanted, shown } = useShownColumns(project, filter);
  const names = shown.map(({ name }) => name);
  const first = useQuery({
    ...experimentsQuery(project, { filter, sort, column: names, limit: 200, offset: 0 }),
    enabled: names.length > 0 && !isGrouped,
  });
  const error = columns.error ?? first.error;
  const total = first.data?.total;
  return (
    <Stack gap="xs" className={classes.table}>
      <ProjectHeading project={project} page="Tracking table" />
      <StoreProblems status={status} project={project} />
      <TableToolbar project={project} all={all} shown={wanted} filterError={filterError} />
      <Group gap="xs" mih={24}>
        <Text size="sm" c="dimmed" aria-live="polite">
          {total === undefined ? "" : showCounted(total, "experiment")}
        </Text>
        {!isGrouped && first.data && !first.error && names.some(isOfPositive) && (
          <ProjectPositiveNote project={project} filter={filter} />
        )}
        <OrderBadges />
        {active && !isGrouped && <CellActions cell={active} />}
        {select.length > 0 && <Selection ids={select} />}
        {search.pane === "closed" && (
          <Button size="compact-xs" variant="default" onClick={() => change({ pane: undefined })}>
            Show the pane
          </Button>
        )}
      </Group>
      {error && (
        <Container size="sm">
          <ErrorBox error={error} />
        </Container>
      )}
      {!error && isGrouped && columns.data && (
        <GroupTable
          project={project}
          filter={filter}
          by={group}
          columns={all}
          onOpen={(text) => change({ filter: text, group: undefined })}
        />
      )}
      {!error && !isGrouped && (first.isPending || columns.isPending) && <Skeleton flex={1} />}
      {!error && !isGrouped && total !== undefined && (
        <ExperimentsGrid
          project={project}
          filter={filter}
          sort={sort}
          columns={shown}
          total={total}
          selected={select}
          shown={pane.shown}
          onOpen={pane.show}
          onActive={setActive}
        />
      )}
      {total === 0 && (
        <Text size="sm" c="dimmed">
          No experiment matches.{" "}
          <Anchor component="button" type="button" size="sm" onClick={() => change({ filter: undefined })}>
            Show all
          </Anchor>
        </Text>
      )}
    </Stack>
  );
}

/**
 * The columns that the address asks for, or the usual ones; of those, where it is asked, the ones that
 * differ.
 */
function useShownColumns(project: string, filter: string | undefined) {
  const { search } = useTrackingAddress();
  const { column = [], differ } = search;
  const isDiffer = differ === "1";
  const columns = useQuery(columnsQuery(project));
  const { isSuccess: areScoresKnown } = useQuery(scoresQuery());
  const primary = usePrimaryScore(project);
  const differing = useQuery({ ...differingColumnsQuery(project, { filter }), enabled: isDiffer });
  const all: Columns["columns"] = columns.data?.columns ?? [];
  const total = all.find(({ name }) => name === "prediction_id")?.count ?? 0;
  const usual = areScoresKnown ? defaultColumns(all, primary ? headlineScores(primary) : [], total) : [];
  const wanted = column.length > 0 ? column : usual;
  const differs =
    isDiffer && differing.data ? new Set(differing.data.columns.map(({ name }) => name)) : undefined;
  const shown = wanted
    .filter((name) => differs === undefined || differs.has(name) || name === "name")
    .flatMap((name) => all.find((each) => each.name === name) ?? []);
  return { columns, all, wanted, shown };
}
