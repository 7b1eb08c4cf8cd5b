import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { intervalsQuery, scoresQuery } from "../../api/queries.js";
import type { ModelVersion } from "../../api/types.js";
import { showPercent } from "../../charts/brief.js";
import { showInterval, showScore } from "../../components/show-cell.js";

export interface ScoreCellProps {
  experiment: NonNullable<ModelVersion["experiment"]>;
  /** Whether it is in view: the interval takes a look at every sample. */
  isSeen: boolean;
}

/** The primary score of a version's experiment, and where it would lie on other samples. */
export function ScoreCell({ experiment: { prediction_id: id, score, value }, isSeen }: ScoreCellProps) {
  const { data: registry = [] } = useQuery(scoresQuery());
  const { data } = useQuery({ ...intervalsQuery(id), enabled: isSeen });
  const interval = data?.scores.find((each) => each.score === score);
  const title = registry.find(({ name }) => name === score)?.title ?? score;
  if (value === null) {
    return (
      <Text size="sm" c="dimmed">
        {title} is undefined
      </Text>
    );
  }
  return (
    <div style={{ whiteSpace: "nowrap" }} title={interval?.reason ?? undefined}>
      <Text size="sm" fw={600} title={String(value)}>
        {showScore(value)}
      </Text>
      <Text size="xs" c="dimmed">
        {title}
        {interval && `, ${showInterval(interval) ?? "no interval"}`}
        {interval && interval.low !== null && ` (${showPercent(interval.level)})`}
      </Text>
    </div>
  );
}
