import { Container, Group, MultiSelect, Select, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";

import { columnsQuery, experimentsQuery, groupsQuery, scoresQuery } from "../../api/queries.js";
import type { Columns, Experiments } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { FilterInput } from "../../components/filter-input.js";
import { isFilterError } from "../../components/is-filter-error.js";
import { PositiveNote } from "../../components/positive-class.js";
import { ProjectTabs } from "../../components/project-tabs.js";
import { showCount } from "../../components/show-cell.js";
import { exploreRoute, useExploreAddress } from "./address.js";

const ScoreAgainstParameter = lazy(() => import("./score-against-parameter.js"));
const ParallelCoordinates = lazy(() => import("./parallel-coordinates.js"));

/** More lines than these are a smear, and take seconds to draw. */
const mostExperiments = 5000;
const mostAxes = 12;
const usualAxes = 5;

const mostTestSets = 50;
/** What the address says for all test sets together; by default it is the one with the most experiments. */
const everySet = "all";

type Column = Columns["columns"][number];

/** What the parameters of a whole project do to a score. */
export function ExplorePage() {
  const { project } = exploreRoute.useParams();
  const { search, change } = useExploreAddress();
  const filter = search.filter;
  const registry = useQuery(scoresQuery());
  const columns = useQuery(columnsQuery(project));
  const all = columns.data?.columns ?? [];
  const scores = (registry.data ?? []).filter(({ name }) =>
    all.some((column) => column.name === name && column.count > 0),
  );
  const parameters = parametersOf(all);
  const score =
    scores.find(({ name }) => name === search.score) ??
    scores.find(({ name }) => name === "f1_macro" || name === "r2") ??
    scores[0];
  const parameter = parameters.find(({ name }) => name === search.parameter) ?? parameters[0];
  const asked = (search.axis ?? []).filter((name) => parameters.some((each) => each.name === name));
  const axes = asked.length > 0 ? asked : parameters.slice(0, usualAxes).map(({ name }) => name);
  const names = [
    ...new Set([
      "name",
      "model",
      "test_set_digest",
      "target_column",
      ...axes,
      parameter?.name,
      score?.name,
      ...(score?.binary_only ? ["positive_label"] : []),
    ]),
  ];
  const sets = useQuery(
    groupsQuery(project, { by: ["test_set_digest", "target_column"], filter, limit: mostTestSets }),
  );
  const testSets = (sets.data?.groups ?? []).map(({ key, count }) => ({
    digest: String(key[0]),
    label: `${String(key[1])}, ${String(key[0]).slice(0, 6)}: ${showCount(count)} experiments`,
  }));
  const wantedSet = search.set;
  const testSet =
    wantedSet === everySet ? undefined : (testSets.find(({ digest }) => digest === wantedSet) ?? testSets[0]);
  const page = useQuery({
    ...experimentsQuery(project, {
      filter: testSet ? andTestSet(filter, testSet.digest) : filter,
      sort: ["logged_at:desc"],
      column: names.filter((name) => name !== undefined),
      limit: mostExperiments,
    }),
    enabled: score !== undefined && parameter !== undefined && sets.data !== undefined,
  });
  const error =
    registry.error ??
    columns.error ??
    (isFilterError(sets.error) ? null : sets.error) ??
    (isFilterError(page.error) ? null : page.error);
  const { data } = page;
  return (
    <Container fluid py="md" px="md">
      <title>{`${project}: explore · ml-tracking`}</title>
      <Stack gap="md">
        <ProjectTabs project={project} active="explore" />
        {error && <ErrorBox error={error} />}
        {columns.data && (!score || !parameter) && (
          <Text c="dimmed">
            {score
              ? "No parameter differs between the experiments of this project yet, so there is nothing to compare."
              : "No experiment of this project has a score yet."}
          </Text>
        )}
        {score && parameter && (
          <>
            <Group>
              <FilterInput
                project={project}
                filter={filter ?? ""}
                error={isFilterError(sets.error) ? sets.error : undefined}
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
                data={scores.map(({ name, title }) => ({ value: name, label: title }))}
                value={score.name}
                allowDeselect={false}
                searchable
                onChange={(value) => change({ score: value ?? undefined })}
              />
              <Select
                label="Against"
                size="xs"
                data={parameters.map(({ name }) => name)}
                value={parameter.name}
                allowDeselect={false}
                searchable
                onChange={(value) => change({ parameter: value ?? undefined })}
              />
              <MultiSelect
                label="Axes of the parallel coordinates"
                size="xs"
                data={parameters.map(({ name }) => name)}
                value={axes}
                maxValues={mostAxes}
                searchable
                style={{ flex: "1 1 320px" }}
                onChange={(value) => change({ axis: value.length > 0 ? value : undefined })}
              />
            </Group>
            {data && data.total > data.rows.length && (
              <Text size="sm" c="dimmed">
                The latest {showCount(data.rows.length)} of {showCount(data.total)} experiments are drawn; a
                filter chooses others.
              </Text>
            )}
            {data && score.binary_only && <PositiveNote labels={positivesOf(data)} />}
            {page.isPending && !sets.error && <Skeleton height={400} />}
            {data && (
              <Suspense fallback={<Skeleton height={400} />}>
                <ScoreAgainstParameter project={project} page={data} score={score} parameter={parameter} />
                <ParallelCoordinates
                  key={`${axes.join()} ${score.name}`}
                  project={project}
                  page={data}
                  score={score}
                  axes={axes}
                />
              </Suspense>
            )}
          </>
        )}
      </Stack>
    </Container>
  );
}

function positivesOf({ columns, rows }: Experiments): string[] {
  const at = columns.findIndex(({ name }) => name === "positive_label");
  return rows.flatMap((row) => (typeof row[at] === "string" ? [row[at]] : []));
}

/** What differs and is not another name for the experiment: those first that most have. */
function parametersOf(all: readonly Column[]): Column[] {
  return all
    .filter(
      ({ name, kind, distinct, count }) =>
        count > 0 && distinct > 1 && (kind === "parameter" || kind === "extra" || name === "model"),
    )
    .filter(({ type, distinct }) => type === "number" || distinct <= 50)
    .sort((a, b) => b.count - a.count);
}

function andTestSet(filter: string | undefined, digest: string): string {
  const condition = `test_set_digest = '${digest.replaceAll("'", "''")}'`;
  return filter ? `(${filter}) AND ${condition}` : condition;
}
