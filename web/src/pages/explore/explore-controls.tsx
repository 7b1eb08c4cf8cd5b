import { Group, MultiSelect, Select } from "@mantine/core";

import type { ApiError } from "../../api/fetch-json.js";
import type { Score } from "../../api/types.js";
import { FilterInput } from "../../components/filter-input.js";
import { useExploreAddress } from "./address.js";
import type { ExploreChoice } from "./explore-choice.js";

const maxAxes = 12;
/** What the address says for all test sets together; by default it is the one with the most experiments. */
export const everySet = "all";

export interface TestSet {
  digest: string;
  label: string;
}

export interface ExploreControlsProps {
  project: string;
  filterError: ApiError | undefined;
  testSets: readonly TestSet[];
  /** Undefined: all of them. */
  testSet: TestSet | undefined;
  choice: ExploreChoice & { score: Score };
}

/** Which experiments are drawn, and what of them. */
export function ExploreControls({ project, filterError, testSets, testSet, choice }: ExploreControlsProps) {
  const { search, change } = useExploreAddress();
  const parameters = choice.parameters.map(({ name }) => name);
  return (
    <>
      <Group>
        <FilterInput
          project={project}
          filter={search.filter ?? ""}
          error={filterError}
          onFilter={(text) => change({ filter: text || undefined })}
        />
      </Group>
      <Group gap="sm" align="flex-end">
        <Select
          label="Test set"
          size="xs"
          w={260}
          data={[
            ...testSets.map(({ digest, label }) => ({ value: digest, label })),
            { value: everySet, label: "all test sets" },
          ]}
          value={testSet?.digest ?? everySet}
          allowDeselect={false}
          onChange={(value) => change({ set: value ?? undefined })}
        />
        <Select
          label="Score"
          size="xs"
          data={choice.scores.map(({ name, title }) => ({ value: name, label: title }))}
          value={choice.score.name}
          allowDeselect={false}
          searchable
          onChange={(value) => change({ score: value ?? undefined })}
        />
        <Select
          label="Against"
          size="xs"
          data={parameters}
          value={choice.parameter?.name ?? null}
          allowDeselect={false}
          searchable
          onChange={(value) => change({ parameter: value ?? undefined })}
        />
        <MultiSelect
          label="Axes of the parallel coordinates"
          size="xs"
          data={parameters}
          value={choice.axes}
          maxValues={maxAxes}
          searchable
          style={{ flex: "1 1 320px" }}
          onChange={(value) => change({ axis: value.length > 0 ? value : undefined })}
        />
      </Group>
    </>
  );
}
