import { Paper, Table, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { intervalsQuery } from "../../api/queries.js";
import type { Experiment, Score } from "../../api/types.js";
import { useAddedValues } from "../../components/added-scores/use-added-values.js";
import { directionMark } from "../../components/positive-class.js";
import { ScoreName } from "../../components/score-name.js";
import { showInterval, showScore } from "../../components/show-cell.js";

/** The scores that the project has beside those of every project; nothing where it has none of this kind. */
export function AddedScores({ experiment }: { experiment: Experiment }) {
  const added = useAddedValues(experiment);
  const { data: intervals } = useQuery(intervalsQuery(experiment.prediction_id));
  const intervalOf = ({ title }: Score) => intervals?.added.find(({ score }) => score === title);
  if (added.length === 0) return null;
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="added-scores">
      <Title order={3} size="h5" id="added-scores" mb={4}>
        Scores of this project
      </Title>
      <Table verticalSpacing={3} fz="sm" w="auto">
        <Table.Tbody>
          {added.map(({ score, value }) => (
            <Table.Tr key={score.name}>
              <Table.Th fw={400} scope="row" style={{ overflowWrap: "anywhere" }}>
                <ScoreName name={score.name} title={score.title} meaning={score.meaning}>
                  {score.title} {directionMark(score)}
                </ScoreName>
              </Table.Th>
              <Table.Td ta="right" fw={600} title={value === null ? "no value" : String(value)}>
                {showScore(value)}
              </Table.Td>
              <Table.Td
                c="dimmed"
                fz="xs"
                title={intervalOf(score)?.reason ?? intervalOf(score)?.method ?? undefined}
              >
                {showInterval(intervalOf(score)) ?? ""}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
