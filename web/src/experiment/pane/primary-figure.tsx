import { Group, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { intervalsQuery } from "../../api/queries.js";
import type { Experiment, Score } from "../../api/types.js";
import { titleOf } from "../../components/positive-class.js";
import { showCount, showScore } from "../../components/show-cell.js";
import { usePrimaryScore } from "../../components/use-primary-score.js";
import { useRank } from "./use-rank.js";

/** The score that the project is ranked by, how sure it is, and the rank on the same test set. */
export function PrimaryFigure({ experiment }: { experiment: Experiment }) {
  const score = usePrimaryScore(experiment.project);
  if (!score) return <Skeleton height={48} />;
  const value = experiment.scores[score.name];
  if (value === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {score.title}, by which the project is ranked, is undefined here.
      </Text>
    );
  }
  return <Figure experiment={experiment} score={score} value={value} />;
}

function Figure({ experiment, score, value }: { experiment: Experiment; score: Score; value: number }) {
  const { data } = useQuery(intervalsQuery(experiment.prediction_id));
  const interval = data?.scores.find((each) => each.score === score.name);
  const rank = useRank(experiment, score, value);
  return (
    <Group gap="lg" align="flex-end">
      <div>
        <Text size="xs" c="dimmed">
          {titleOf(score, experiment.positive_label)}, the primary score
        </Text>
        <Text fz={26} fw={700} lh={1.15} title={String(value)} data-testid="primary-score">
          {showScore(value)}
        </Text>
      </div>
      <div>
        <Text size="xs" c="dimmed">
          {interval ? `${Number((interval.level * 100).toPrecision(6))} % interval` : "interval"}
        </Text>
        <Text size="sm">
          {!data
            ? "…"
            : interval && interval.low !== null && interval.high !== null
              ? `${showScore(interval.low)} to ${showScore(interval.high)}`
              : "none"}
        </Text>
      </div>
      <div>
        <Text size="xs" c="dimmed">
          on its test set
        </Text>
        <Text size="sm">{rank ? `rank ${showCount(rank.rank)} of ${showCount(rank.of)}` : "…"}</Text>
      </div>
    </Group>
  );
}
