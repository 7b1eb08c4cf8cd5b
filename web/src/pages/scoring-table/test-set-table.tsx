import { Button, Group, Paper, Skeleton, Table, Text, Title } from "@mantine/core";
import { useInViewport } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { experimentsQuery, leaderboardQuery } from "../../api/queries.js";
import type { Score } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { cellCondition } from "../../components/filter-text.js";
import { commonPositive, directionMark, PositiveNote, titleOf } from "../../components/positive-class.js";
import { ScoreName } from "../../components/score-name.js";
import { showCount, showCounted } from "../../components/show-cell.js";
import { SidewaysScroll } from "../../components/sideways-scroll.js";
import { headlineScores, usePrimaryScores } from "../../components/use-primary-score.js";
import { LeaderboardNotes } from "./leaderboard-notes.js";
import { fixed, type ScoreOnTestSet, scoredExperiments } from "./scored-experiments.js";
import { ScoresRow } from "./scores-row.js";
import classes from "./test-set-table.module.css";
import { useIntervals } from "./use-intervals.js";

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
  isWhole: boolean;
  /** The prediction id that is shown beside the table. */
  shown: string | undefined;
  onOpen: (id: string) => void;
}

/** Only this many of the best are judged: each takes a look at every sample. */
const maxJudged = 100;
/** Before all are asked for, the score of the ranking and so many more are shown. */
const mostScores = 5;

/**
 * The scores of every experiment on one test set, best first. Judgments fill in after the table is there,
 * once it is seen.
 */
export function TestSetTable(props: TestSetTableProps) {
  const { project, digest, kind, target, filter, count, rank, margin } = props;
  const [limit, setLimit] = useState(25);
  const primary = usePrimaryScores(project);
  const ranked =
    props.scores.find(({ name }) => name === rank) ??
    props.scores.find(({ name }) => primary?.some((score) => score.name === name)) ??
    props.scores[0];
  const scores = inOrder(props.scores, ranked, props.isWhole);
  const here = Object.entries({ test_set_digest: digest, target_column: target, kind })
    .map(([name, value]) => cellCondition({ filter_name: name }, value, true))
    .join(" AND ");
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
  // While other scores are asked for, the answer is still about those before.
  const answered = data?.columns
    .slice(fixed.length)
    .flatMap(({ name }) => scores.filter((s) => s.name === name));
  const rows = data && answered ? scoredExperiments(data, answered) : [];
  const positives = rows.map(({ positive }) => positive);
  const positive = commonPositive(positives);
  return (
    <Paper component="section" withBorder p="md" aria-label={`Test set ${digest.slice(0, 6)}`} ref={ref}>
      <Group justify="space-between" mb="xs" gap="xs">
        <Title order={2} size="h5">
          {target}
          <Text span size="sm" c="dimmed" fw={400} ml="xs">
            {kind}, test set {digest.slice(0, 6)}, {showCounted(count, "experiment")}
          </Text>
        </Title>
      </Group>
      {error && <ErrorBox error={error} />}
      {isPending && <Skeleton height={160} />}
      {board.data && board.data.test_set_digest === digest && ranked && board.data.tied.judged > 0 && (
        <Text size="sm" mb="xs" maw={900}>
          By {titleOf(ranked, positive)}: {board.data.tied.summary}
          {board.data.tied.experiments > 0 &&
            " They are in the order of the score, but share the first place."}
        </Text>
      )}
      {scores.some((score) => score.binary_only) && <PositiveNote labels={positives} />}
      {data && (
        <SidewaysScroll label={`Scores for ${target}`}>
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
                  isShown={row.id === props.shown}
                  onOpen={props.onOpen}
                />
              ))}
            </Table.Tbody>
          </Table>
        </SidewaysScroll>
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
              <ScoreName
                name={score.name}
                title={score.title}
                meaning={`${score.meaning} ${betterIs(score)}`}
              >
                {titleOf(score, positive)} {directionMark(score)}
              </ScoreName>
            </Table.Th>
          );
        })}
      </Table.Tr>
    </Table.Thead>
  );
}

/** The score of the ranking first, then those that tell most; of these only a few, or all. Those added to the project follow the few. */
function inOrder(
  scores: readonly ScoreOnTestSet[],
  ranked: ScoreOnTestSet | undefined,
  isWhole: boolean,
): ScoreOnTestSet[] {
  if (!ranked) return [];
  const headline = headlineScores(ranked);
  const place = ({ name }: Score) => {
    const at = headline.indexOf(name);
    return at < 0 ? headline.length : at;
  };
  const isAdded = ({ name }: Score) => name.startsWith("added.");
  const ordered = scores.filter((score) => !isAdded(score)).sort((a, b) => place(a) - place(b));
  const first = ordered.slice(0, mostScores);
  return [...first, ...scores.filter(isAdded), ...(isWhole ? ordered.slice(mostScores) : [])];
}

function betterIs({ direction }: Score): string {
  if (direction === "zero") return "Best at 0.";
  return direction === "higher" ? "Higher is better." : "Lower is better.";
}
