import { Anchor, Badge, Button, Container, Group, Skeleton, Stack, Switch, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { apiAddress } from "../../api/fetch-json.js";
import { columnsQuery, differingColumnsQuery, experimentsQuery, statusQuery } from "../../api/queries.js";
import type { Cell, Column } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { FilterInput } from "../../components/filter-input.js";
import { andCell } from "../../components/filter-text.js";
import { isFilterError } from "../../components/is-filter-error.js";
import { PageButton } from "../../components/page-link.js";
import { isOfPositive, ProjectPositiveNote } from "../../components/positive-class.js";
import { ProjectTabs } from "../../components/project-tabs.js";
import { showCount } from "../../components/show-cell.js";
import { StoreProblems } from "../../components/store-problems.js";
import { trackingRoute, useTrackingAddress } from "./address.js";
import { ColumnChooser } from "./column-chooser.js";
import { defaultColumns } from "./default-columns.js";
import { ExperimentsGrid } from "./experiments-grid.js";
import { GroupTable } from "./group-table.js";

/** The tracking table: every experiment of a project, filtered, sorted, grouped and compared. */
export function TrackingPage() {
  const { project } = trackingRoute.useParams();
  const { search, change } = useTrackingAddress();
  const filter = search.filter;
  const sort = search.sort ?? [];
  const grouped = search.group ?? [];
  const selected = search.select ?? [];
  const differ = search.differ === "1";
  const [active, setActive] = useState<{ column: Column; value: Cell } | undefined>(undefined);

  const { data: status } = useQuery(statusQuery());
  const columns = useQuery(columnsQuery(project));
  const differing = useQuery({ ...differingColumnsQuery(project, { filter }), enabled: differ });
  const all = columns.data?.columns ?? [];
  const chosen = search.column ?? [];
  const wanted = chosen.length > 0 ? chosen : defaultColumns(all);
  const differs =
    differ && differing.data ? new Set(differing.data.columns.map(({ name }) => name)) : undefined;
  const shown = wanted
    .filter((name) => differs === undefined || differs.has(name) || name === "name")
    .flatMap((name) => all.find((column) => column.name === name) ?? []);
  const names = shown.map(({ name }) => name);
  const first = useQuery({
    ...experimentsQuery(project, { filter, sort, column: names, limit: 200, offset: 0 }),
    enabled: columns.data !== undefined && grouped.length === 0,
  });
  const error = columns.error ?? (isFilterError(first.error) ? null : first.error);
  return (
    <Stack gap="xs" h="calc(100dvh - 48px)" px="md" py="xs">
      <title>{`${project} · ml-tracking`}</title>
      <ProjectTabs project={project} active="experiments" />
      <StoreProblems status={status} project={project} />
      <Group gap="xs" align="flex-start">
        <FilterInput
          project={project}
          filter={filter ?? ""}
          error={isFilterError(first.error) ? first.error : undefined}
          onFilter={(text) => change({ filter: text || undefined })}
        />
        <ColumnChooser
          all={all}
          shown={wanted}
          onChange={(next) => change({ column: next.length > 0 ? next : undefined })}
        />
        <Switch
          label="Only columns that differ"
          size="xs"
          mt={7}
          checked={differ}
          onChange={(event) => change({ differ: event.currentTarget.checked ? "1" : undefined })}
        />
        <Button
          component="a"
          href={apiAddress(["projects", project, "export.csv"], {
            filter,
            sort,
            column: chosen.length > 0 ? chosen : undefined,
          })}
          download={`${project}.csv`}
          size="compact-sm"
          variant="default"
          mt={4}
        >
          Export CSV
        </Button>
      </Group>
      <Group gap="xs" mih={24}>
        <Text size="sm" c="dimmed" aria-live="polite">
          {first.data
            ? `${showCount(first.data.total)} ${first.data.total === 1 ? "experiment" : "experiments"}`
            : ""}
        </Text>
        {grouped.length === 0 && first.data && !first.error && names.some(isOfPositive) && (
          <ProjectPositiveNote project={project} filter={filter} />
        )}
        {sort.map((key) => (
          <Badge
            key={key}
            size="sm"
            variant="light"
            tt="none"
            rightSection={
              <RemoveButton
                label={`Do not sort by ${key}`}
                onClick={() => change({ sort: sort.filter((other) => other !== key) })}
              />
            }
          >
            {key.replace(/:desc$/, " ↓").replace(/:asc$/, " ↑")}
          </Badge>
        ))}
        {grouped.map((name) => (
          <Badge
            key={name}
            size="sm"
            color="grape"
            variant="light"
            tt="none"
            rightSection={
              <RemoveButton
                label={`Do not group by ${name}`}
                onClick={() => change({ group: grouped.filter((other) => other !== name) })}
              />
            }
          >
            grouped by {name}
          </Badge>
        ))}
        {active && grouped.length === 0 && (
          <Group gap={4}>
            <Button
              size="compact-xs"
              variant="light"
              onClick={() => change({ filter: andCell(filter, active.column, active.value, true) })}
            >
              Only {active.column.name} = {String(active.value ?? "nothing").slice(0, 30)}
            </Button>
            <Button
              size="compact-xs"
              variant="light"
              color="gray"
              onClick={() => change({ filter: andCell(filter, active.column, active.value, false) })}
            >
              All others
            </Button>
            <Button
              size="compact-xs"
              variant="light"
              color="grape"
              onClick={() => change({ group: [...grouped, active.column.name] })}
            >
              Group by {active.column.name}
            </Button>
          </Group>
        )}
        {selected.length > 0 && (
          <Group gap={4} ml="auto">
            <Text size="sm">{selected.length} selected</Text>
            {selected.length > 1 ? (
              <PageButton to="/compare" search={{ id: selected }} size="compact-xs">
                Compare
              </PageButton>
            ) : (
              <Text size="sm" c="dimmed">
                choose another to compare
              </Text>
            )}
            <Button size="compact-xs" variant="default" onClick={() => change({ select: undefined })}>
              Clear
            </Button>
          </Group>
        )}
      </Group>
      {error && (
        <Container size="sm">
          <ErrorBox error={error} />
        </Container>
      )}
      {!error && grouped.length > 0 && columns.data && (
        <GroupTable
          project={project}
          filter={filter}
          by={grouped}
          columns={all}
          onOpen={(text) => change({ filter: text, group: undefined })}
        />
      )}
      {!error &&
        grouped.length === 0 &&
        (first.isPending || columns.isPending) &&
        !isFilterError(first.error) && <Skeleton flex={1} />}
      {!error && grouped.length === 0 && first.data && (
        <ExperimentsGrid
          project={project}
          filter={isFilterError(first.error) ? undefined : filter}
          sort={sort}
          columns={shown}
          total={first.data.total}
          selected={selected}
          onActive={setActive}
        />
      )}
      {first.data?.total === 0 && (
        <Text size="sm" c="dimmed">
          No experiment is like that.{" "}
          <Anchor component="button" type="button" size="sm" onClick={() => change({ filter: undefined })}>
            Show all
          </Anchor>
        </Text>
      )}
    </Stack>
  );
}

function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      style={{ all: "unset", cursor: "pointer", padding: "0 2px" }}
    >
      ×
    </button>
  );
}
