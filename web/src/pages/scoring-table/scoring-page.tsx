import { Alert, Button, Group, Select, Skeleton, Stack, Switch, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { columnsQuery, groupsQuery, scoresQuery } from "../../api/queries.js";
import { AddedScoresButton } from "../../components/added-scores/added-scores-button.js";
import { asScore, useAddedScores } from "../../components/added-scores/use-added-scores.js";
import { ErrorBox } from "../../components/error-box.js";
import { FilterInput } from "../../components/filter-input.js";
import { MarginField } from "../../components/margin-field.js";
import { marginOf } from "../../components/margin-of.js";
import { MasterDetail } from "../../components/master-detail.js";
import { ProjectHeading } from "../../components/project-heading.js";
import { showCount } from "../../components/show-cell.js";
import { useGoodFilter } from "../../components/use-good-filter.js";
import { usePrimaryScore } from "../../components/use-primary-score.js";
import { type Pane, usePane } from "../../experiment/pane/use-pane.js";
import { scoringRoute, useScoringAddress } from "./address.js";
import { PrimaryScoreButton } from "./primary-score-button.js";
import classes from "./scoring-page.module.css";
import { TestSetTable } from "./test-set-table.js";

const mostTestSets = 20;

/**
 * The leaderboard: scores side by side, one table a test set, because scores on different samples cannot be
 * ranked in one list.
 */
export function ScoringPage() {
  const { project } = scoringRoute.useParams();
  const { search, change } = useScoringAddress();
  const pane = usePane(project, search, change);
  return (
    <div className={classes.page}>
      <title>{`${project}: scores · ml-tracking`}</title>
      <MasterDetail {...pane.frame}>
        <ScoringTables project={project} pane={pane} />
      </MasterDetail>
    </div>
  );
}

function ScoringTables({ project, pane }: { project: string; pane: Pane }) {
  const { search, change } = useScoringAddress();
  const { filter, error: filterError } = useGoodFilter(project, search.filter);
  const primary = usePrimaryScore(project);
  const scores = useQuery(scoresQuery());
  const columns = useQuery(columnsQuery(project));
  const logged = (scores.data ?? []).filter(({ name }) =>
    columns.data?.columns.some((column) => column.name === name && column.count > 0),
  );
  const added = useAddedScores(project).map(asScore);
  const used = [
    ...logged,
    ...added.filter(({ name }) => columns.data?.columns.some((column) => column.name === name)),
  ];
  const by = ["test_set_digest", "kind", "target_column"];
  const groups = useQuery({
    ...groupsQuery(project, { by, filter, value: used.map(({ name }) => name), limit: mostTestSets }),
    enabled: used.length > 0,
  });
  const error = scores.error ?? columns.error ?? groups.error;
  const chosen = logged.find(({ name }) => name === search.rank && name !== primary?.name);
  const wanted = chosen?.name;
  const isWhole = search.scores === "all";
  return (
    <Stack gap="md" pr={4} pb="md">
      <ProjectHeading project={project} page="Model scoring table" />
      {error && <ErrorBox error={error} />}
      {columns.data && used.length === 0 && (
        <Text c="dimmed">No experiment of this project has a score yet.</Text>
      )}
      {used.length > 0 && (
        <Group gap="sm" align="flex-end">
          <Select
            label="Ranked by"
            data={logged.map(({ name, title }) => ({ value: name, label: title }))}
            description={wanted === undefined ? "the primary score" : "not the primary score"}
            value={wanted ?? primary?.name ?? null}
            onChange={(value) =>
              change({ rank: value === primary?.name ? undefined : (value ?? undefined), margin: undefined })
            }
            allowDeselect={false}
            searchable
            w={260}
          />
          {chosen && <PrimaryScoreButton project={project} score={chosen} />}
          <AddedScoresButton project={project} mb={6} />
          <MarginField margin={search.margin} onMargin={(margin) => change({ margin })} />
          <Switch
            label="All scores"
            size="xs"
            mb={8}
            checked={isWhole}
            onChange={(event) => change({ scores: event.currentTarget.checked ? "all" : undefined })}
          />
          {search.pane === "closed" && (
            <Button size="compact-xs" mb={6} variant="default" onClick={() => change({ pane: undefined })}>
              Show the pane
            </Button>
          )}
        </Group>
      )}
      {(filter !== undefined || filterError) && (
        <FilterInput
          project={project}
          filter={search.filter ?? ""}
          error={filterError}
          onFilter={(text) => change({ filter: text || undefined })}
        />
      )}
      {groups.isPending && used.length > 0 && <Skeleton height={300} />}
      {groups.data && groups.data.groups.length > 1 && (
        <Alert variant="light" p="xs">
          {showCount(groups.data.total)} test sets: scores are comparable within a table, not between tables.
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
          isWhole={isWhole}
          shown={pane.shown}
          onOpen={pane.show}
          scores={groups.data.values.flatMap((column, i) => {
            const score = used.find(({ name }) => name === column.name);
            const statistics = group.values[i];
            return score && statistics && statistics.count > 0 ? [{ ...score, statistics }] : [];
          })}
        />
      ))}
      <Text size="sm" c="dimmed">
        ★ marks the best value of each score on its test set, by the score's own direction. The line below a
        value is where it would lie on other samples of the same kind (95 % interval), on one scale for each
        column. Tied with the best: the samples do not show it to be worse.
      </Text>
    </Stack>
  );
}
