import { Paper, Table, Text, Title, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { scoresQuery } from "../../api/queries.js";
import type { Comparison, ScoreDifference } from "../../api/types.js";
import { showPercent } from "../../charts/brief.js";
import { commonPositive, directionMark, PositiveNote, titleOf } from "../../components/positive-class.js";
import { showP, showScore } from "../../components/show-cell.js";
import { VerdictCell } from "../../components/verdict-cell.js";
import { Whisker } from "../../components/whisker.js";
import { Letter } from "./letter.js";
import classes from "./score-differences.module.css";

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
      <Table.ScrollContainer minWidth={900} tabIndex={0} aria-label="Scores of both">
        <Table verticalSpacing={4} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Score</Table.Th>
              <Table.Th ta="right">
                <Letter letter="A" />
              </Table.Th>
              <Table.Th ta="right">
                <Letter letter="B" />
              </Table.Th>
              <Table.Th ta="right">B − A</Table.Th>
              <Table.Th className={classes.wide}>Interval</Table.Th>
              <Table.Th ta="right">
                <Tooltip
                  label="How often chance alone gives a difference this large between equally good models. Below 0.05 is commonly taken as evidence."
                  multiline
                  w={260}
                  events={{ hover: true, focus: true, touch: true }}
                >
                  <span tabIndex={0}>p</span>
                </Tooltip>
              </Table.Th>
              <Table.Th>Alone, B is</Table.Th>
              <Table.Th>Method</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {comparison.scores.map((each) => (
              <Table.Tr key={each.score}>
                <Table.Th
                  scope="row"
                  className={classes.whole}
                  fw={each.score === comparison.score ? 700 : 400}
                >
                  {titleFor(each.score)} {directionMark(each)}
                </Table.Th>
                <Table.Td ta="right" className={classes.whole} title={titleText(each.a)}>
                  {showScore(each.a)}
                </Table.Td>
                <Table.Td ta="right" className={classes.whole} title={titleText(each.b)}>
                  {showScore(each.b)}
                </Table.Td>
                <Table.Td ta="right" className={classes.whole} title={titleText(each.difference)}>
                  {signed(each.difference)}
                </Table.Td>
                <Table.Td className={classes.wide} title={each.reason ?? undefined}>
                  <DifferenceWhisker difference={each} />
                </Table.Td>
                <Table.Td
                  ta="right"
                  className={classes.whole}
                  title={each.p === null ? undefined : String(each.p)}
                >
                  {showP(each.p)}
                </Table.Td>
                <VerdictCell verdict={each.verdict} />
                <Table.Td c="dimmed" fz="xs">
                  {each.method ?? each.reason}
                </Table.Td>
              </Table.Tr>
            ))}
            {comparison.nearer && <NearerRow nearer={comparison.nearer} />}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
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

/** Whose prediction is nearer on more samples, as shares of them. */
function NearerRow({ nearer }: { nearer: NonNullable<Comparison["nearer"]> }) {
  const { a, b, difference, p, verdict, method } = nearer;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        Nearer more often {directionMark({ direction: "higher" })}
      </Table.Th>
      <Table.Td ta="right" className={classes.whole} title={String(a)}>
        {showScore(a)}
      </Table.Td>
      <Table.Td ta="right" className={classes.whole} title={String(b)}>
        {showScore(b)}
      </Table.Td>
      <Table.Td ta="right" className={classes.whole} title={String(difference)}>
        {signed(difference)}
      </Table.Td>
      <Table.Td className={classes.wide}>
        <DifferenceWhisker difference={{ ...nearer, direction: "higher" }} />
      </Table.Td>
      <Table.Td ta="right" className={classes.whole} title={String(p)}>
        {showP(p)}
      </Table.Td>
      <VerdictCell verdict={verdict} />
      <Table.Td c="dimmed" fz="xs">
        {method}
      </Table.Td>
    </Table.Tr>
  );
}

/** The interval of one difference around 0, turned so that better is to the right. */
export function DifferenceWhisker({
  difference: { difference, low, high, direction, verdict },
}: {
  difference: Pick<ScoreDifference, "difference" | "low" | "high" | "direction" | "verdict">;
}) {
  if (difference === null || low === null || high === null) return <Text c="dimmed">–</Text>;
  const sign = direction === "higher" ? 1 : -1;
  const reach = Math.max(Math.abs(low), Math.abs(high)) * 1.05 || 1;
  return (
    <Whisker
      value={sign * difference}
      low={sign * low}
      high={sign * high}
      domain={[-reach, reach]}
      mark={0}
      verdict={verdict}
      label={`from ${signed(low)} to ${signed(high)}`}
    />
  );
}

function titleText(value: number | null): string | undefined {
  return value === null ? undefined : String(value);
}

function signed(value: number | null): string {
  if (value === null) return showScore(value);
  return `${value > 0 ? "+" : value < 0 ? "−" : ""}${showScore(Math.abs(value))}`;
}
