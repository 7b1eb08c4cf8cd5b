import { Alert, Container, Group, Select, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { columnsQuery, groupsQuery, scoresQuery } from "../../api/queries.js";
import { ErrorBox } from "../../components/error-box.js";
import { MarginField } from "../../components/margin-field.js";
import { marginOf } from "../../components/margin-of.js";
import { ProjectTabs } from "../../components/project-tabs.js";
import { showCount } from "../../components/show-cell.js";
import { scoringRoute, useScoringAddress } from "./address.js";
import { TestSetTable } from "./test-set-table.js";

const mostTestSets = 20;

/**
 * The leaderboard: scores side by side, one table a test set, because scores on different samples cannot be
 * ranked in one list.
 */
export function ScoringPage() {
  const { project } = scoringRoute.useParams();
  const { search, change } = useScoringAddress();
  const filter = search.filter;
  const scores = useQuery(scoresQuery());
  const columns = useQuery(columnsQuery(project));
  const used = (scores.data ?? []).filter(({ name }) =>
    columns.data?.columns.some((column) => column.name === name && column.count > 0),
  );
  const by = ["test_set_digest", "kind", "target_column"];
  const groups = useQuery({
    ...groupsQuery(project, { by, filter, value: used.map(({ name }) => name), limit: mostTestSets }),
    enabled: used.length > 0,
  });
  const error = scores.error ?? columns.error ?? groups.error;
  const wanted = search.rank;
  return (
    <Container fluid py="md" px="md">
      <title>{`${project}: scores · ml-tracking`}</title>
      <Stack gap="md">
        <ProjectTabs project={project} active="scores" />
        {error && <ErrorBox error={error} />}
        {columns.data && used.length === 0 && (
          <Text c="dimmed">No experiment of this project has a score yet.</Text>
        )}
        {used.length > 0 && (
          <Group gap="sm" align="flex-end">
            <Select
              label="Ranked by"
              data={used.map(({ name, title }) => ({ value: name, label: title }))}
              value={wanted && used.some(({ name }) => name === wanted) ? wanted : null}
              placeholder="each table's first score"
              onChange={(value) => change({ rank: value ?? undefined, margin: undefined })}
              clearable
              searchable
              w={260}
            />
            <MarginField margin={search.margin} onMargin={(margin) => change({ margin })} />
            {filter && (
              <Text size="sm" c="dimmed">
                Only experiments with {filter}
              </Text>
            )}
          </Group>
        )}
        {groups.isPending && used.length > 0 && <Skeleton height={300} />}
        {groups.data && groups.data.groups.length > 1 && (
          <Alert variant="light" p="xs">
            {showCount(groups.data.total)} test sets: scores are comparable within a table, not between
            tables.
            {groups.data.total > mostTestSets && ` Shown are the ${mostTestSets} with the most experiments.`}
          </Alert>
        )}
        {groups.data?.groups.map((group) => (
          <TestSetTable
            key={group.key.join("/")}
            project={project}
            digest={String(group.key[0])}
            kind={String(group.key[1])}
            target={String(group.key[2])}
            filter={filter}
            count={group.count}
            rank={wanted}
            margin={marginOf(search.margin)}
            scores={groups.data.values.flatMap((column, i) => {
              const score = used.find(({ name }) => name === column.name);
              const statistics = group.values[i];
              return score && statistics && statistics.count > 0 ? [{ ...score, statistics }] : [];
            })}
          />
        ))}
        <Title order={2} size="h6" fw={400} c="dimmed">
          ★ marks the best value of each score on its test set, by the score's own direction. The line below a
          value is where it would lie on other samples of the same kind (95 % interval), on one scale for each
          column. Tied with the best: the samples do not show it to be worse.
        </Title>
      </Stack>
    </Container>
  );
}
