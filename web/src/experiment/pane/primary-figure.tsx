import { Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { intervalsQuery, scoresQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";
import { showPercent } from "../../charts/brief.js";
import { titleOf } from "../../components/positive-class.js";
import { showCount, showInterval, showScore } from "../../components/show-cell.js";

/** The score that the project is ranked by, how sure it is, and the rank on the same test set. */
export function PrimaryFigure({ experiment }: { experiment: Experiment }) {
  const { data: registry = [] } = useQuery(scoresQuery());
  const { data } = useQuery(intervalsQuery(experiment.prediction_id));
  const { rank } = experiment;
  const score = registry.find(({ name }) => name === rank?.score);
  if (!rank || !score) {
    return (
      <Text size="sm" c="dimmed">
        {experiment.archived
          ? "It is archived, and therefore not ranked."
          : "The score by which the project is ranked is undefined here."}
      </Text>
    );
  }
  const interval = data?.scores.find((each) => each.score === score.name);
  return (
    <Group gap="lg" align="flex-end">
      <div>
        <Text size="xs" c="dimmed">
          {titleOf(score, experiment.positive_label)}, the primary score
        </Text>
        <Text fz={26} fw={700} lh={1.15} title={String(rank.value)} data-testid="primary-score">
          {showScore(rank.value)}
        </Text>
      </div>
      <div>
        <Text size="xs" c="dimmed">
          {interval ? `${showPercent(interval.level)} interval` : "interval"}
        </Text>
        <Text size="sm" title={interval?.reason ?? undefined}>
          {data ? (showInterval(interval) ?? "none") : "…"}
        </Text>
      </div>
      <div>
        <Text size="xs" c="dimmed">
          on its test set
        </Text>
        <Text size="sm">
          rank {showCount(rank.rank)} of {showCount(rank.of)}
        </Text>
      </div>
    </Group>
  );
}
