import { Container, Skeleton, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";

import {
  columnsQuery,
  experimentsQuery,
  groupsQuery,
  projectsQuery,
  scoresQuery,
} from "../../api/queries.js";
import type { Experiments } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { isFilterError } from "../../components/is-filter-error.js";
import { PositiveNote } from "../../components/positive-class.js";
import { ProjectHeading } from "../../components/project-heading.js";
import { showCount } from "../../components/show-cell.js";
import { exploreRoute, useExploreAddress } from "./address.js";
import { exploreCandidates, exploreChoice, neededColumns } from "./explore-choice.js";
import { ExploreControls, everySet } from "./explore-controls.js";
import { ParameterValues } from "./parameter-values.js";

const ScoreAgainstParameter = lazy(() => import("./score-against-parameter.js"));
const ParallelCoordinates = lazy(() => import("./parallel-coordinates.js"));

/** More lines than these are a smear, and take seconds to draw. */
const maxExperiments = 5000;
const maxTestSets = 50;

/** What the parameters of a whole project do to a score. */
export function ExplorePage() {
  const { project } = exploreRoute.useParams();
  const { search } = useExploreAddress();
  const { filter } = search;
  const registry = useQuery(scoresQuery());
  const columns = useQuery(columnsQuery(project));
  const primary = useQuery(projectsQuery()).data?.projects.find((each) => each.project === project);
  const candidates = useMemo(
    () =>
      exploreCandidates(
        search,
        registry.data ?? [],
        columns.data?.columns ?? [],
        primary?.primary_scores.map((each) => each.score) ?? [],
      ),
    [search, registry.data, columns.data, primary],
  );
  const { score } = candidates;
  const { sets, testSets, testSet } = useTestSets(project);
  const page = useQuery({
    ...experimentsQuery(project, {
      filter: testSet ? andTestSet(filter, testSet.digest) : filter,
      sort: ["logged_at:desc"],
      column: neededColumns(candidates),
      limit: maxExperiments,
    }),
    enabled: score !== undefined && candidates.candidates.length > 0 && sets.data !== undefined,
  });
  const filterError = isFilterError(sets.error) ? sets.error : undefined;
  const error =
    registry.error ??
    columns.error ??
    (filterError ? null : sets.error) ??
    (isFilterError(page.error) ? null : page.error);
  const { data } = page;
  const choice = useMemo(() => exploreChoice(search, candidates, data), [search, candidates, data]);
  const { parameter, axes } = choice;
  const isWide = useMediaQuery("(min-width: 48em)", true, { getInitialValueInEffect: false });
  return (
    <Container fluid py="md" px="md">
      <title>{`${project}: explore · ml-tracking`}</title>
      <Stack gap="md">
        <ProjectHeading project={project} page="Explore" />
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
            <ExploreControls
              project={project}
              filterError={filterError}
              testSets={testSets}
              testSet={testSet}
              choice={{ ...choice, score }}
            />
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
                {isWide ? (
                  <ParallelCoordinates
                    key={`${axes.join()} ${score.name}`}
                    project={project}
                    page={data}
                    score={score}
                    axes={axes}
                  />
                ) : (
                  <ParameterValues page={data} score={score} parameters={axes} />
                )}
              </Suspense>
            )}
          </>
        )}
      </Stack>
    </Container>
  );
}

/** The test sets of the experiments, those with the most first, and the one that is looked at. */
function useTestSets(project: string) {
  const { search } = useExploreAddress();
  const { filter, set } = search;
  const sets = useQuery(
    groupsQuery(project, { by: ["test_set_digest", "target_column"], filter, limit: maxTestSets }),
  );
  const testSets = (sets.data?.groups ?? []).map(({ key: [digest, target], count }) => ({
    digest: String(digest),
    label: `${String(target)}, ${String(digest).slice(0, 6)}: ${showCount(count)} experiments`,
  }));
  const testSet =
    set === everySet ? undefined : (testSets.find(({ digest }) => digest === set) ?? testSets[0]);
  return { sets, testSets, testSet };
}

function positivesOf({ columns, rows }: Experiments): string[] {
  const at = columns.findIndex(({ name }) => name === "positive_label");
  return rows.flatMap((row) => (typeof row[at] === "string" ? [row[at]] : []));
}

function andTestSet(filter: string | undefined, digest: string): string {
  const condition = `test_set_digest = '${digest.replaceAll("'", "''")}'`;
  return filter ? `(${filter}) AND ${condition}` : condition;
}
