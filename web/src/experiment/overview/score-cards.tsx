import { Group, Paper, SimpleGrid, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { intervalsQuery, scoresQuery } from "../../api/queries.js";
import type { Experiment, ScoreInterval, Scores } from "../../api/types.js";
import { directionMark, titleOf } from "../../components/positive-class.js";
import { ScoreName } from "../../components/score-name.js";
import { showInterval, showScore } from "../../components/show-cell.js";
import { usePrimaryScores } from "../../components/use-primary-score.js";

type Score = Scores["scores"][number];

/** The scores that count, the one that ranks the project first, each with its 95 % interval. */
export function ScoreCards({ experiment }: { experiment: Experiment }) {
  const primary = usePrimaryScores(experiment.project)?.find(({ kind }) => kind === experiment.kind)?.name;
  const { data: registry = [] } = useQuery(scoresQuery());
  const { data: intervals } = useQuery(intervalsQuery(experiment.prediction_id));
  const logged = registry.filter(({ name }) => name in experiment.scores);
  const first = logged.find(({ name }) => name === primary);
  const others = logged.filter(({ name, headline }) => headline && name !== primary);
  const cards = [...(first ? [first] : []), ...others];
  if (cards.length === 0) return <Text c="dimmed">No score is defined on this test set.</Text>;
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm">
      {cards.map((score) => (
        <ScoreCard
          key={score.name}
          score={score}
          value={experiment.scores[score.name] ?? null}
          interval={intervals?.scores.find((each) => each.score === score.name)}
          positive={experiment.positive_label}
          isPrimary={score === first}
        />
      ))}
    </SimpleGrid>
  );
}

interface ScoreCardProps {
  score: Score;
  value: number | null;
  interval: ScoreInterval | undefined;
  positive: string | null;
  isPrimary: boolean;
}

function ScoreCard({ score, value, interval, positive, isPrimary }: ScoreCardProps) {
  const range = showInterval(interval);
  return (
    <Paper
      withBorder
      p="sm"
      style={isPrimary ? { borderColor: "var(--mantine-primary-color-filled)" } : undefined}
      data-primary={isPrimary || undefined}
    >
      <Group gap={6} wrap="nowrap" justify="space-between" align="baseline">
        <ScoreName name={score.name} title={score.title} meaning={score.meaning}>
          <Text size="xs" c="dimmed" truncate>
            {titleOf(score, positive)} {directionMark(score)}
          </Text>
        </ScoreName>
        {isPrimary && (
          <Text
            size="xs"
            c="var(--mantine-color-anchor)"
            fw={500}
            title="The score by which the project is ranked"
          >
            primary
          </Text>
        )}
      </Group>
      <Text fw={600} fz={isPrimary ? 26 : 20} lh={1.3} title={value === null ? undefined : String(value)}>
        {showScore(value)}
      </Text>
      <Text
        size="xs"
        c="dimmed"
        style={{ minHeight: "1.2em" }}
        title={interval?.reason ?? interval?.method ?? undefined}
      >
        {range ?? (interval ? "no interval" : "")}
      </Text>
    </Paper>
  );
}
