import { Paper, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { intervalsQuery } from "../../api/queries.js";
import type { Experiment, Score } from "../../api/types.js";
import { useAddedValues } from "../../components/added-scores/use-added-values.js";
import { directionMark } from "../../components/positive-class.js";
import { ScoreName } from "../../components/score-name.js";
import { showInterval, showScore } from "../../components/show-cell.js";
import { effectiveSamples } from "../../components/weighted-note.js";

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
      {effectiveSamples(experiment) !== undefined && (
        <Text size="sm" c="dimmed" mb={4}>
          Without weights, but for expressions that say sample_weight.
        </Text>
      )}
      <Table verticalSpacing={3} fz="sm" w="auto">
        <Table.Tbody>
          {added.map(({ score, value }) => (
            <Table.Tr key={score.name}>
              <Table.Th fw={400} scope="row" miw={150} style={{ overflowWrap: "anywhere" }}>
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
                {showInterval(intervalOf(score)) ?? (value === null ? intervalOf(score)?.reason : "")}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
