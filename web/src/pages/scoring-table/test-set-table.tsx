import { Anchor, Button, Group, Paper, Skeleton, Table, Text, Title, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { experimentsQuery } from "../../api/queries.js";
import type { Groups, Score } from "../../api/types.js";
import { ErrorBox } from "../../parts/error-box.js";
import { showCount, showScore, showTime } from "../../parts/show-cell.js";
import classes from "./test-set-table.module.css";

export interface ScoreOnTestSet extends Score {
  statistics: Groups["groups"][number]["values"][number];
}

export interface TestSetTableProps {
  project: string;
  digest: string;
  kind: string;
  target: string;
  filter: string | undefined;
  /** Experiments on this test set. */
  count: number;
  rank: string | undefined;
  scores: readonly ScoreOnTestSet[];
}

/** The scores of every experiment on one test set, best first. */
export function TestSetTable({
  project,
  digest,
  kind,
  target,
  filter,
  count,
  rank,
  scores,
}: TestSetTableProps) {
  const [limit, setLimit] = useState(25);
  const ranked =
    scores.find(({ name }) => name === rank) ??
    scores.find(({ name }) => name === "f1_macro" || name === "r2") ??
    scores[0];
  const here = `test_set_digest = '${digest}' AND target_column = ${quoted(target)} AND kind = '${kind}'`;
  const fixed = ["prediction_id", "name", "model", "logged_at"];
  const { data, error, isPending } = useQuery(
    experimentsQuery(project, {
      filter: filter ? `(${filter}) AND ${here}` : here,
      sort: ranked ? [`${ranked.name}:${ranked.direction === "higher" ? "desc" : "asc"}`] : [],
      column: [...fixed, ...scores.map(({ name }) => name)],
      limit,
    }),
  );
  return (
    <Paper component="section" withBorder p="md" aria-label={`Test set ${digest.slice(0, 6)}`}>
      <Group justify="space-between" mb="xs" gap="xs">
        <Title order={2} size="h5">
          {target}
          <Text span size="sm" c="dimmed" fw={400} ml="xs">
            {kind}, test set {digest.slice(0, 6)}, {showCount(count)}{" "}
            {count === 1 ? "experiment" : "experiments"}
          </Text>
        </Title>
      </Group>
      {error && <ErrorBox error={error} />}
      {isPending && <Skeleton height={160} />}
      {data && (
        <Table.ScrollContainer minWidth={360} tabIndex={0} aria-label={`Scores for ${target}`}>
          <Table verticalSpacing={4} highlightOnHover className={classes.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th className={classes.sticky}>Experiment</Table.Th>
                {scores.map((score) => (
                  <Table.Th
                    key={score.name}
                    ta="right"
                    aria-sort={
                      score === ranked
                        ? score.direction === "higher"
                          ? "descending"
                          : "ascending"
                        : undefined
                    }
                  >
                    <Tooltip label={`${score.meaning} ${betterIs(score)}`} multiline w={260}>
                      <span tabIndex={0}>
                        {score.title}{" "}
                        {score.direction === "higher" ? "↑" : score.direction === "lower" ? "↓" : "→0"}
                      </span>
                    </Tooltip>
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.rows.map((row, i) => {
                const id = data.prediction_ids[i] as string;
                return (
                  <Table.Tr key={id}>
                    <Table.Td className={classes.sticky}>
                      <Anchor
                        component={Link}
                        to="/experiments/$id"
                        params={{ id } as never}
                        size="sm"
                        fw={500}
                      >
                        {String(row[1] ?? row[2] ?? id)}
                      </Anchor>
                      <Text size="xs" c="dimmed">
                        {String(row[2])} · {showTime(String(row[3]))}
                      </Text>
                    </Table.Td>
                    {scores.map((score, position) => (
                      <ScoreCell
                        key={score.name}
                        score={score}
                        value={row[fixed.length + position] as number | null}
                      />
                    ))}
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {data && data.total > data.rows.length && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setLimit((before) => before * 4)}>
          Show more of {showCount(data.total)}
        </Button>
      )}
    </Paper>
  );
}

function ScoreCell({ score, value }: { score: ScoreOnTestSet; value: number | null }) {
  if (value === null) {
    return (
      <Table.Td ta="right" c="dimmed" title="undefined, or not logged">
        –
      </Table.Td>
    );
  }
  const best = score.statistics.best?.value === value;
  return (
    <Table.Td ta="right" fw={best ? 700 : undefined} title={String(value)} className={classes.score}>
      {best && (
        <span role="img" aria-label="best">
          ★
        </span>
      )}{" "}
      {showScore(value)}
      <div
        className={classes.bar}
        ref={(bar) => bar?.style.setProperty("--share", `${shareOf(score, value) * 100}%`)}
      />
    </Table.Td>
  );
}

/** How long the bar is: from the score's natural end, or the worst value here, to the best. */
function shareOf({ min, max, direction, statistics }: ScoreOnTestSet, value: number): number {
  if (direction === "higher" && min !== null && max !== null && min >= 0) return (value - min) / (max - min);
  const sizes = [statistics.min ?? 0, statistics.max ?? 0].map(Math.abs);
  const most = Math.max(...sizes);
  if (most === 0) return 0;
  return direction === "higher" ? Math.max(0, value) / most : Math.abs(value) / most;
}

function betterIs({ direction }: Score): string {
  if (direction === "zero") return "Best at 0.";
  return direction === "higher" ? "Higher is better." : "Lower is better.";
}

/** A text as the filter language takes it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
