import { Button, Group, Switch } from "@mantine/core";

import { type ApiError, apiAddress } from "../../api/fetch-json.js";
import type { Columns } from "../../api/types.js";
import { AddedScoresButton } from "../../components/added-scores/added-scores-button.js";
import { FilterInput } from "../../components/filter-input.js";
import { useTrackingAddress } from "./address.js";
import { ColumnChooser } from "./column-chooser.js";
import { ViewsMenu } from "./views-menu.js";

export interface TableToolbarProps {
  project: string;
  all: Columns["columns"];
  /** Names of the columns that are shown where none is left out for being the same everywhere. */
  shown: readonly string[];
  filterError: ApiError | undefined;
}

/** Which experiments and which of their columns are shown, and a file of them to take away. */
export function TableToolbar({ project, all, shown, filterError }: TableToolbarProps) {
  const { search, change } = useTrackingAddress();
  const { filter, sort, column } = search;
  return (
    <Group gap="xs" align="flex-start">
      <FilterInput
        project={project}
        filter={filter ?? ""}
        error={filterError}
        onFilter={(text) => change({ filter: text || undefined })}
      />
      <Group gap="xs">
        <ColumnChooser
          all={all}
          shown={shown}
          onChange={(next) => change({ column: next.length > 0 ? next : undefined })}
        />
        <Switch
          label="Only columns that differ"
          size="xs"
          mt={4}
          checked={search.differ === "1"}
          onChange={(event) => change({ differ: event.currentTarget.checked ? "1" : undefined })}
        />
        <ViewsMenu project={project} />
        <AddedScoresButton project={project} />
        <Button
          component="a"
          href={apiAddress("/api/projects/{project}/export.csv", { project }, { filter, sort, column })}
          download={`${project}.csv`}
          size="compact-sm"
          variant="default"
          fw={400}
          mt={4}
        >
          Export CSV
        </Button>
      </Group>
    </Group>
  );
}
