import { Paper, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { scoresQuery } from "../../api/queries.js";
import type { Comparison } from "../../api/types.js";
import { showPercent } from "../../charts/brief.js";
import { commonPositive, directionMark, PositiveNote, titleOf } from "../../components/positive-class.js";
import { DifferenceRow, DifferenceTable } from "./difference-table.js";

/** Every score of both, with the range in which the difference would lie on other samples. */
export function ScoreDifferences({ comparison }: { comparison: Comparison }) {
  const { data: registry = [] } = useQuery(scoresQuery());
  const positives = [comparison.a.positive_label, comparison.b.positive_label];
  const titleFor = (score: string) => {
    const known = registry.find(({ name }) => name === score);
    return known ? titleOf(known, commonPositive(positives)) : score;
  };
  const scoresBy = new Map<string, string[]>();
  for (const { score, reason } of comparison.scores) {
    if (reason !== null) scoresBy.set(reason, [...(scoresBy.get(reason) ?? []), titleFor(score)]);
  }
  const hasPositive = comparison.scores.some(({ score }) =>
    registry.some(({ name, binary_only }) => name === score && binary_only),
  );
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="score-differences">
      <Title order={2} size="h5" id="score-differences">
        Scores
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        The line is the {showPercent(comparison.level)} interval of the difference: where it would fall on
        other samples of the same kind. The stroke in the middle is no difference; to the right, B is better.
        Each line has its own scale.
      </Text>
      <DifferenceTable label="Scores of both">
        {comparison.scores.map((each) => (
          <DifferenceRow
            key={each.score}
            difference={each}
            isChosen={each.score === comparison.score}
            note={each.method ?? each.reason}
          >
            {titleFor(each.score)} {directionMark(each)}
          </DifferenceRow>
        ))}
        {comparison.nearer && (
          <DifferenceRow
            difference={{ ...comparison.nearer, direction: "higher", reason: null }}
            note={comparison.nearer.method}
          >
            Nearer more often {directionMark({ direction: "higher" })}
          </DifferenceRow>
        )}
      </DifferenceTable>
      <Text size="xs" c="dimmed">
        Each score of the pair by itself; the verdict above also counts how many experiments were tried.
      </Text>
      {comparison.weighted !== null && (
        <Text size="sm" c="dimmed">
          The scores are {comparison.weighted}. Plots and counts of samples are not weighted.
        </Text>
      )}
      {hasPositive && <PositiveNote labels={positives} />}
      {[...scoresBy].map(([reason, titles]) => (
        <Text key={reason} size="xs" c="dimmed">
          {titles.join(", ")}: no interval, because {reason}.
        </Text>
      ))}
    </Paper>
  );
}
