import { Box, Paper, Spoiler, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { intervalsQuery, scoresQuery } from "../../api/queries.js";
import type { Experiment, ScoreInterval, Scores } from "../../api/types.js";
import { brief } from "../../charts/brief.js";
import { directionMark, titleOf } from "../../components/positive-class.js";
import { ScoreName } from "../../components/score-name.js";
import { showInterval, showScore } from "../../components/show-cell.js";
import { Whisker } from "../../components/whisker.js";
import classes from "./all-scores.module.css";
import { type IntervalScale, intervalScale } from "./interval-scale.js";

type Score = Scores["scores"][number];

/** Every score with its 95 % interval: those from 0 to 1 on one scale, under which its numbers stand. */
export function AllScores({ experiment }: { experiment: Experiment }) {
  const { data: registry = [] } = useQuery(scoresQuery());
  const { data } = useQuery(intervalsQuery(experiment.prediction_id));
  const shown = registry.filter(({ name }) => name in experiment.scores);
  const intervalOf = ({ name }: Score) => data?.scores.find((each) => each.score === name);
  const scale = commonScale(shown.map((score) => [score, intervalOf(score)] as const));
  const reasons = [...new Set(data?.scores.flatMap(({ reason }) => reason ?? []))];
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="all-scores">
      <Title order={3} size="h5" id="all-scores" mb={4}>
        All scores
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        With 95 % intervals: where each score would fall on other samples of the same kind.
      </Text>
      <Spoiler maxHeight={260} showLabel={`Show all ${shown.length}`} hideLabel="Show fewer">
        <Table verticalSpacing={3} fz="sm">
          {scale && <ScaleRow scale={scale} />}
          <Table.Tbody>
            {shown.map((score) => (
              <Row
                key={score.name}
                score={score}
                value={experiment.scores[score.name] ?? null}
                interval={intervalOf(score)}
                positive={experiment.positive_label}
                scale={isShare(score) ? scale : undefined}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Spoiler>
      {reasons.map((reason) => (
        <Text key={reason} size="xs" c="dimmed" mt={4}>
          –: no interval, because {reason}.
        </Text>
      ))}
    </Paper>
  );
}

/** Scores of one unit can share a scale; a loss in dollars cannot. */
const isShare = ({ min, max, direction }: Score) => min === 0 && max === 1 && direction === "higher";

function commonScale(
  rows: readonly (readonly [Score, ScoreInterval | undefined])[],
): IntervalScale | undefined {
  const ends = rows.flatMap(([score, interval]) =>
    isShare(score) && interval && interval.low !== null && interval.high !== null
      ? [interval.low, interval.high, interval.value]
      : [],
  );
  return ends.length === 0 ? undefined : intervalScale(ends, [0, 1]);
}

interface RowProps {
  score: Score;
  value: number | null;
  interval: ScoreInterval | undefined;
  positive: string | null;
  scale: IntervalScale | undefined;
}

function Row({ score, value, interval, positive, scale }: RowProps) {
  const { low = null, high = null } = interval ?? {};
  const text = showInterval(interval) ?? "–";
  return (
    <Table.Tr>
      <Table.Th fw={400} scope="row">
        <ScoreName name={score.name} title={score.title} meaning={`${score.meaning} ${range(score)}`}>
          {titleOf(score, positive)} {directionMark(score)}
        </ScoreName>
      </Table.Th>
      <Table.Td ta="right" fw={600} title={value === null ? undefined : String(value)}>
        {showScore(value)}
      </Table.Td>
      <Table.Td
        c="dimmed"
        fz="xs"
        className={classes.text}
        title={interval?.reason ?? interval?.method ?? undefined}
      >
        {interval ? text : ""}
      </Table.Td>
      <Table.Td w="40%" visibleFrom="sm">
        {scale && low !== null && high !== null && value !== null && (
          <Whisker value={value} low={low} high={high} domain={[scale.from, scale.to]} label={text} />
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function ScaleRow({ scale: { from, to, ticks } }: { scale: IntervalScale }) {
  return (
    <Table.Thead>
      <Table.Tr>
        <Table.Td colSpan={3} />
        <Table.Td visibleFrom="sm">
          <Box className={classes.scale} aria-hidden="true">
            {ticks.map((tick) => (
              <span
                key={tick}
                ref={(mark) => mark?.style.setProperty("left", `${((tick - from) / (to - from)) * 100}%`)}
              >
                {brief(tick)}
              </span>
            ))}
          </Box>
        </Table.Td>
      </Table.Tr>
    </Table.Thead>
  );
}

function range({ min, max, direction }: Score): string {
  const better = direction === "zero" ? "best at 0" : `${direction} is better`;
  return `From ${min ?? "-∞"} to ${max ?? "∞"}; ${better}.`;
}
