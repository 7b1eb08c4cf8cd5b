import { Paper, Table, Text, Title, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { intervalsQuery, scoresQuery } from "../api/queries.js";
import type { Experiment, ScoreInterval } from "../api/types.js";
import { directionMark, titleOf } from "../components/positive-class.js";
import { showScore } from "../components/show-cell.js";
import { Whisker } from "../components/whisker.js";

/** The experiment's scores with what each means. */
export function ScoreList({ experiment }: { experiment: Experiment }) {
  const { data: registry = [] } = useQuery(scoresQuery());
  const intervals = useQuery(intervalsQuery(experiment.prediction_id));
  const shown = registry.flatMap((score) => {
    const value = experiment.scores[score.name];
    return value === undefined ? [] : [{ ...score, value }];
  });
  const reasons = [...new Set(intervals.data?.scores.flatMap(({ reason }) => reason ?? []))];
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="scores">
      <Title order={2} size="h5" id="scores" mb="xs">
        Scores
      </Title>
      {intervals.data && (
        <Text size="xs" c="dimmed" mb="xs">
          With 95 % intervals: where each score would fall on other samples of the same kind.
        </Text>
      )}
      {shown.length === 0 && <Text c="dimmed">No score is defined on this test set.</Text>}
      <Table verticalSpacing={3} fz="sm">
        <Table.Tbody>
          {shown.map((score) => (
            <Table.Tr key={score.name}>
              <Table.Th fw={400} scope="row">
                <Tooltip
                  label={`${score.meaning} ${range(score)}`}
                  multiline
                  w={280}
                  events={{ hover: true, focus: true, touch: true }}
                >
                  <span tabIndex={0}>
                    {titleOf(score, experiment.positive_label)} {directionMark(score)}
                  </span>
                </Tooltip>
              </Table.Th>
              <Table.Td ta="right" fw={600} title={String(score.value)}>
                {showScore(score.value)}
              </Table.Td>
              <Interval
                interval={intervals.data?.scores.find((each) => each.score === score.name)}
                range={[score.min, score.max]}
              />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {reasons.map((reason) => (
        <Text key={reason} size="xs" c="dimmed" mt={4}>
          –: no interval, because {reason}.
        </Text>
      ))}
    </Paper>
  );
}

interface IntervalProps {
  interval: ScoreInterval | undefined;
  /** Of the score; null where it is open. */
  range: readonly [number | null, number | null];
}

/**
 * Where the score would lie on other samples; a line over the whole range of the score, where that has ends.
 */
function Interval({ interval, range: [min, max] }: IntervalProps) {
  if (!interval) return <Table.Td colSpan={2} />;
  const { value, low, high, level, method, reason } = interval;
  if (low === null || high === null) {
    return (
      <Table.Td colSpan={2} c="dimmed" title={reason ?? undefined}>
        –
      </Table.Td>
    );
  }
  const text = `${showScore(low)} to ${showScore(high)}`;
  return (
    <>
      <Table.Td
        c="dimmed"
        fz="xs"
        style={{ whiteSpace: "nowrap" }}
        title={`${Number((level * 100).toPrecision(6))} % interval: ${method}`}
      >
        {text}
      </Table.Td>
      <Table.Td w="40%" visibleFrom="sm">
        {min !== null && max !== null && (
          <Whisker value={value} low={low} high={high} domain={[min, max]} label={text} />
        )}
      </Table.Td>
    </>
  );
}

function range({
  min,
  max,
  direction,
}: {
  min: number | null;
  max: number | null;
  direction: string;
}): string {
  const better = direction === "zero" ? "best at 0" : `${direction} is better`;
  return `From ${min ?? "-∞"} to ${max ?? "∞"}; ${better}.`;
}
