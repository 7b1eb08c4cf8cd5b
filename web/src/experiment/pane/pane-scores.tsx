import { Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { intervalsQuery, scoresQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";
import { useAddedValues } from "../../components/added-scores/use-added-values.js";
import { directionMark, titleOf } from "../../components/positive-class.js";
import { showInterval, showScore } from "../../components/show-cell.js";

/** All scores in short; the experiment's page says what each means. */
export function PaneScores({ experiment }: { experiment: Experiment }) {
  const { data: registry = [] } = useQuery(scoresQuery());
  const { data: intervals } = useQuery(intervalsQuery(experiment.prediction_id));
  const added = useAddedValues(experiment);
  return (
    <Table verticalSpacing={3} fz="sm" aria-label="Scores">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Score</Table.Th>
          <Table.Th ta="right">Value</Table.Th>
          <Table.Th ta="right">95 % interval</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {registry.map((score) => {
          const value = experiment.scores[score.name];
          if (value === undefined) return null;
          const interval = intervals?.scores.find((each) => each.score === score.name);
          return (
            <Table.Tr key={score.name}>
              <Table.Th scope="row" fw={400}>
                {titleOf(score, experiment.positive_label)} {directionMark(score)}
              </Table.Th>
              <Table.Td ta="right" fw={600} title={String(value)}>
                {showScore(value)}
              </Table.Td>
              <IntervalCell interval={interval} />
            </Table.Tr>
          );
        })}
        {added.map(({ score, value }) => {
          const interval = intervals?.added.find((each) => each.score === score.title);
          return (
            <Table.Tr key={score.name}>
              <Table.Th scope="row" fw={400} title={score.meaning} style={{ overflowWrap: "anywhere" }}>
                {score.title} {directionMark(score)}
              </Table.Th>
              <Table.Td ta="right" fw={600} title={value === null ? "no value" : String(value)}>
                {showScore(value)}
              </Table.Td>
              <IntervalCell interval={interval} />
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

function IntervalCell({
  interval,
}: {
  interval: { low: number | null; high: number | null; reason: string | null } | undefined;
}) {
  return (
    <Table.Td ta="right" style={{ whiteSpace: "nowrap" }} title={interval?.reason ?? undefined}>
      <Text span size="xs" c="dimmed">
        {showInterval(interval) ?? "–"}
      </Text>
    </Table.Td>
  );
}
