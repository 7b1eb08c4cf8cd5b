import { Paper, Table, Text, Title, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { scoresQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";
import { showScore } from "../../parts/show-cell.js";

/** The experiment's scores with what each means. */
export function ScoreList({ experiment }: { experiment: Experiment }) {
  const { data: registry = [] } = useQuery(scoresQuery());
  const shown = registry.filter(({ name }) => name in experiment.scores);
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="scores">
      <Title order={2} size="h5" id="scores" mb="xs">
        Scores
      </Title>
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
                    {score.title}{" "}
                    {score.direction === "higher" ? "↑" : score.direction === "lower" ? "↓" : "→0"}
                  </span>
                </Tooltip>
              </Table.Th>
              <Table.Td ta="right" fw={600} title={String(experiment.scores[score.name])}>
                {showScore(experiment.scores[score.name] as number)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
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
