import { Button, Group, Paper, Skeleton, Table, Text, Title, Tooltip } from "@mantine/core";
import { useInViewport } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { experimentsQuery, leaderboardQuery } from "../../api/queries.js";
import type { Groups, Score, ScoreInterval } from "../../api/types.js";
import { rangeOf } from "../../charts/range-of.js";
import { ErrorBox } from "../../components/error-box.js";
import { PageLink } from "../../components/page-link.js";
import { commonPositive, PositiveNote, titleOf } from "../../components/positive-class.js";
import { showCount, showScore, showTime } from "../../components/show-cell.js";
import { Whisker } from "../../components/whisker.js";
import { LeaderboardNotes } from "./leaderboard-notes.js";
import { Rank, Standing } from "./standing.js";
import classes from "./test-set-table.module.css";
import { useIntervals } from "./use-intervals.js";

export interface ScoreOnTestSet extends Score {
  statistics: Groups["groups"][number]["values"][number];
}

export interface TestSetTableProps {
  project: string;
  digest: string;
  kind: string;
  target: string;
  filter: string | undefined;
  /** Experiments on this test set. */
  count: number;
  rank: string | undefined;
  scores: readonly ScoreOnTestSet[];
}

/** So many of the best are judged, at most: each takes a look at every sample. */
const mostJudged = 100;

/** The scores of every experiment on one test set, best first. Judgments fill in after the table is there, once it is seen. */
export function TestSetTable({
  project,
  digest,
  kind,
  target,
  filter,
  count,
  rank,
  scores,
}: TestSetTableProps) {
  const [limit, setLimit] = useState(25);
  const ranked =
    scores.find(({ name }) => name === rank) ??
    scores.find(({ name }) => name === "f1_macro" || name === "r2") ??
    scores[0];
  const here = `test_set_digest = '${digest}' AND target_column = ${quoted(target)} AND kind = '${kind}'`;
  const fixed = ["prediction_id", "name", "model", "logged_at", "positive_label"];
  const { data, error, isPending } = useQuery(
    experimentsQuery(project, {
      filter: filter ? `(${filter}) AND ${here}` : here,
      sort: ranked ? [`${ranked.name}:best`] : [],
      column: [...fixed, ...scores.map(({ name }) => name)],
      limit,
    }),
  );
  const { ref, inViewport } = useInViewport();
  const judged = {
    ...(ranked ? { score: ranked.name } : {}),
    test_set: digest,
    filter,
    limit: Math.min(limit, mostJudged),
  };
  const board = useQuery({
    ...leaderboardQuery(project, judged),
    enabled: inViewport && ranked !== undefined,
  });
  const standings = new Map(board.data?.rows.map((row) => [row.prediction_id, row]));
  const ids = data?.prediction_ids ?? [];
  const positives = data?.rows.map((row) => row[4] as string | null) ?? [];
  const intervals = useIntervals(ids, { enabled: inViewport && !board.isPending });
  return (
    <Paper component="section" withBorder p="md" aria-label={`Test set ${digest.slice(0, 6)}`} ref={ref}>
      <Group justify="space-between" mb="xs" gap="xs">
        <Title order={2} size="h5">
          {target}
          <Text span size="sm" c="dimmed" fw={400} ml="xs">
            {kind}, test set {digest.slice(0, 6)}, {showCount(count)}{" "}
            {count === 1 ? "experiment" : "experiments"}
          </Text>
        </Title>
      </Group>
      {error && <ErrorBox error={error} />}
      {isPending && <Skeleton height={160} />}
      {scores.some((score) => score.binary_only) && <PositiveNote labels={positives} />}
      {data && (
        <Table.ScrollContainer minWidth={360} tabIndex={0} aria-label={`Scores for ${target}`}>
          <Table verticalSpacing={4} highlightOnHover className={classes.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th className={classes.rank}>#</Table.Th>
                <Table.Th className={classes.sticky}>Experiment</Table.Th>
                {scores.map((score) => (
                  <Table.Th
                    key={score.name}
                    ta="right"
                    aria-sort={
                      score === ranked
                        ? score.direction === "higher"
                          ? "descending"
                          : "ascending"
                        : undefined
                    }
                  >
                    <Tooltip label={`${score.meaning} ${betterIs(score)}`} multiline w={260}>
                      <span tabIndex={0}>
                        {titleOf(score, commonPositive(positives))}{" "}
                        {score.direction === "higher" ? "↑" : score.direction === "lower" ? "↓" : "→0"}
                      </span>
                    </Tooltip>
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.rows.map((row, i) => {
                const id = data.prediction_ids[i] as string;
                const standing = standings.get(id);
                return (
                  <Table.Tr key={id}>
                    <Table.Td className={classes.rank}>
                      <Rank row={standing} rows={board.data?.rows ?? []} />
                    </Table.Td>
                    <Table.Td className={classes.sticky}>
                      <PageLink to="/experiments/$id" params={{ id }} size="sm" fw={500}>
                        {String(row[1] ?? row[2] ?? id)}
                      </PageLink>
                      <Text size="xs" c="dimmed">
                        {String(row[2])} · {showTime(String(row[3]))}
                        {row[4] !== null && commonPositive(positives) === undefined
                          ? ` · positive class ${String(row[4])}`
                          : ""}
                      </Text>
                      {standing && ranked && (
                        <Standing
                          row={standing}
                          scoreTitle={ranked.title}
                          best={board.data?.rows[0]?.prediction_id}
                          score={ranked.name}
                        />
                      )}
                      {!standing && board.isFetching && (
                        <Text size="xs" c="dimmed">
                          judging …
                        </Text>
                      )}
                    </Table.Td>
                    {scores.map((score, position) => (
                      <ScoreCell
                        key={score.name}
                        score={score}
                        value={row[fixed.length + position] as number | null}
                        interval={intervals.get(id)?.get(score.name)}
                        domain={domainOf(
                          data.rows.map((each) => each[fixed.length + position] as number | null),
                          ids.map((each) => intervals.get(each)?.get(score.name)),
                        )}
                      />
                    ))}
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {board.error && <ErrorBox error={board.error} />}
      {board.data && board.data.test_set_digest === digest && (
        <LeaderboardNotes board={board.data} parameters={judged} />
      )}
      {data && data.total > data.rows.length && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setLimit((before) => before * 4)}>
          Show more of {showCount(data.total)}
        </Button>
      )}
    </Paper>
  );
}

interface ScoreCellProps {
  score: ScoreOnTestSet;
  value: number | null;
  interval: ScoreInterval | undefined;
  /** Of all values and intervals of the column. */
  domain: readonly [number, number];
}

function ScoreCell({ score, value, interval, domain }: ScoreCellProps) {
  if (value === null) {
    return (
      <Table.Td ta="right" c="dimmed" title="undefined, or not logged">
        –
      </Table.Td>
    );
  }
  const best = score.statistics.best?.value === value;
  const { low = null, high = null } = interval ?? {};
  return (
    <Table.Td
      ta="right"
      fw={best ? 700 : undefined}
      title={[String(value), intervalText(interval)].filter(Boolean).join(": ")}
      className={classes.score}
    >
      {best && (
        <span role="img" aria-label="best">
          ★
        </span>
      )}{" "}
      {showScore(value)}
      <Whisker
        value={value}
        low={low}
        high={high}
        domain={domain}
        label={low === null || high === null ? "no interval" : `from ${showScore(low)} to ${showScore(high)}`}
      />
    </Table.Td>
  );
}

function intervalText(interval: ScoreInterval | undefined): string | undefined {
  if (!interval) return undefined;
  const { low, high, level, method, reason } = interval;
  if (low === null || high === null) return `no interval: ${reason}`;
  return `on other samples from ${showScore(low)} to ${showScore(high)} (${Number((level * 100).toPrecision(6))} %, ${method})`;
}

/** One scale for a column, so that its whiskers can be compared. */
function domainOf(
  values: readonly (number | null)[],
  intervals: readonly (ScoreInterval | undefined)[],
): readonly [number, number] {
  const all = [...values, ...intervals.flatMap((each) => (each ? [each.low, each.high] : []))].filter(
    (each) => each !== null,
  );
  return all.length === 0 ? [0, 1] : rangeOf(all);
}

function betterIs({ direction }: Score): string {
  if (direction === "zero") return "Best at 0.";
  return direction === "higher" ? "Higher is better." : "Lower is better.";
}

/** A text as the filter language takes it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
