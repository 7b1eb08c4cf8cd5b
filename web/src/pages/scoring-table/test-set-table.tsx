import { Button, Group, Paper, Skeleton, Table, Text, Title, Tooltip } from "@mantine/core";
import { useInViewport } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { experimentsQuery, leaderboardQuery } from "../../api/queries.js";
import type { Experiments, Groups, Leaderboard, Score, ScoreInterval } from "../../api/types.js";
import { rangeOf } from "../../charts/range-of.js";
import { ErrorBox } from "../../components/error-box.js";
import { PageLink } from "../../components/page-link.js";
import { commonPositive, directionMark, PositiveNote, titleOf } from "../../components/positive-class.js";
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
  /** A difference that matters, in the unit of the score that the table is ranked by. */
  margin: string | undefined;
  scores: readonly ScoreOnTestSet[];
}

/** Only this many of the best are judged: each takes a look at every sample. */
const maxJudged = 100;
/** Before the scores, the columns that say which experiment it is. */
const fixed = ["prediction_id", "name", "model", "logged_at", "positive_label"];

/**
 * The scores of every experiment on one test set, best first. Judgments fill in after the table is there,
 * once it is seen.
 */
export function TestSetTable(props: TestSetTableProps) {
  const { project, digest, kind, target, filter, count, rank, margin, scores } = props;
  const [limit, setLimit] = useState(25);
  const ranked =
    scores.find(({ name }) => name === rank) ??
    scores.find(({ name }) => name === "f1_macro" || name === "r2") ??
    scores[0];
  const here = `test_set_digest = '${digest}' AND target_column = ${quoted(target)} AND kind = '${kind}'`;
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
    limit: Math.min(limit, maxJudged),
    margin,
  };
  const board = useQuery({
    ...leaderboardQuery(project, judged),
    enabled: inViewport && ranked !== undefined,
  });
  const intervals = useIntervals(data?.prediction_ids ?? [], { enabled: inViewport && !board.isPending });
  const rows = data ? rowsOf(data, scores) : [];
  const positives = rows.map(({ positive }) => positive);
  const positive = commonPositive(positives);
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
            <ScoresHead scores={scores} ranked={ranked} positive={positive} />
            <Table.Tbody>
              {rows.map((row) => (
                <ScoresRow
                  key={row.id}
                  row={row}
                  rows={rows}
                  scores={scores}
                  ranked={ranked}
                  positive={positive}
                  board={board.data}
                  isJudging={board.isFetching}
                  intervals={intervals}
                />
              ))}
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

interface ScoredExperiment {
  id: string;
  name: string;
  model: string;
  loggedAt: string;
  positive: string | null;
  /** By the score's name; null where it is undefined or was not logged. */
  scores: Map<string, number | null>;
}

/** The answer's rows, whose columns are the fixed ones and then the scores. */
function rowsOf(
  { rows, prediction_ids: ids }: Experiments,
  scores: readonly ScoreOnTestSet[],
): ScoredExperiment[] {
  return rows.map((row, i) => {
    const [, name, model, loggedAt, positive] = row;
    const id = ids[i] ?? "";
    return {
      id,
      name: String(name ?? model ?? id),
      model: String(model),
      loggedAt: String(loggedAt),
      positive: typeof positive === "string" ? positive : null,
      scores: new Map(
        scores.map((score, position) => {
          const value = row[fixed.length + position];
          return [score.name, typeof value === "number" ? value : null];
        }),
      ),
    };
  });
}

interface ScoresHeadProps {
  scores: readonly ScoreOnTestSet[];
  ranked: ScoreOnTestSet | undefined;
  /** The class that precision, recall and F1 of all experiments are about, where it is one. */
  positive: string | undefined;
}

function ScoresHead({ scores, ranked, positive }: ScoresHeadProps) {
  return (
    <Table.Thead>
      <Table.Tr>
        <Table.Th className={classes.rank}>#</Table.Th>
        <Table.Th className={classes.sticky}>Experiment</Table.Th>
        {scores.map((score) => {
          const order = score.direction === "higher" ? "descending" : "ascending";
          return (
            <Table.Th key={score.name} ta="right" aria-sort={score === ranked ? order : undefined}>
              <Tooltip label={`${score.meaning} ${betterIs(score)}`} multiline w={260}>
                <span tabIndex={0}>
                  {titleOf(score, positive)} {directionMark(score)}
                </span>
              </Tooltip>
            </Table.Th>
          );
        })}
      </Table.Tr>
    </Table.Thead>
  );
}

interface ScoresRowProps extends ScoresHeadProps {
  row: ScoredExperiment;
  /** All of the table. */
  rows: readonly ScoredExperiment[];
  board: Leaderboard | undefined;
  isJudging: boolean;
  intervals: ReadonlyMap<string, ReadonlyMap<string, ScoreInterval>>;
}

function ScoresRow({ row, rows, scores, ranked, positive, board, isJudging, intervals }: ScoresRowProps) {
  const { id } = row;
  const standing = board?.rows.find((each) => each.prediction_id === id);
  return (
    <Table.Tr>
      <Table.Td className={classes.rank}>
        <Rank row={standing} rows={board?.rows ?? []} />
      </Table.Td>
      <Table.Td className={classes.sticky}>
        <PageLink to="/experiments/$id" params={{ id }} size="sm" fw={500}>
          {row.name}
        </PageLink>
        <Text size="xs" c="dimmed">
          {row.model} · {showTime(row.loggedAt)}
          {row.positive !== null && positive === undefined ? ` · positive class ${row.positive}` : ""}
        </Text>
        {standing && ranked && (
          <Standing
            row={standing}
            scoreTitle={ranked.title}
            best={board?.rows[0]?.prediction_id}
            score={ranked.name}
          />
        )}
        {!standing && isJudging && (
          <Text size="xs" c="dimmed">
            judging …
          </Text>
        )}
      </Table.Td>
      {scores.map((score) => (
        <ScoreCell
          key={score.name}
          score={score}
          value={row.scores.get(score.name) ?? null}
          interval={intervals.get(id)?.get(score.name)}
          domain={domainOf(
            rows.map((each) => each.scores.get(score.name) ?? null),
            rows.map((each) => intervals.get(each.id)?.get(score.name)),
          )}
        />
      ))}
    </Table.Tr>
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
