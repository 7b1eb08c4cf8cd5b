import { Table, Text, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

import type { ScoreDifference } from "../../api/types.js";
import { showP, showScore } from "../../components/show-cell.js";
import { VerdictCell } from "../../components/verdict-cell.js";
import { Whisker } from "../../components/whisker.js";
import classes from "./difference-table.module.css";
import { Letter } from "./letter.js";

/** Scores of both experiments, a row each. */
export function DifferenceTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Table.ScrollContainer minWidth={900} tabIndex={0} aria-label={label}>
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
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

type Interval = Pick<ScoreDifference, "difference" | "low" | "high" | "direction" | "verdict">;

export interface DifferenceRowProps {
  difference: Interval & Pick<ScoreDifference, "a" | "b" | "p" | "reason">;
  /** Whether the verdict above is about this score. */
  isChosen?: boolean;
  /** How it was judged, or why it was not. */
  note: string | null;
  /** The score's name. */
  children: ReactNode;
}

/** One score of both; dimmed where neither has it. */
export function DifferenceRow({ difference: each, isChosen = false, note, children }: DifferenceRowProps) {
  const { a, b, difference, p, reason, verdict } = each;
  return (
    <Table.Tr {...(a === null && b === null ? { c: "dimmed" } : {})}>
      <Table.Th scope="row" className={classes.whole} fw={isChosen ? 700 : 400}>
        {children}
      </Table.Th>
      {[a, b].map((value, i) => (
        <Table.Td key={i} ta="right" className={classes.whole} title={titleText(value)}>
          {showScore(value)}
        </Table.Td>
      ))}
      <Table.Td ta="right" className={classes.whole} title={titleText(difference)}>
        {signed(difference)}
      </Table.Td>
      <Table.Td className={classes.wide} title={reason ?? undefined}>
        <DifferenceWhisker difference={each} />
      </Table.Td>
      <Table.Td ta="right" className={classes.whole} title={titleText(p)}>
        {showP(p)}
      </Table.Td>
      <VerdictCell verdict={verdict} />
      <Table.Td c="dimmed" fz="xs">
        {note}
      </Table.Td>
    </Table.Tr>
  );
}

/** The interval of one difference around 0, turned so that better is to the right. */
export function DifferenceWhisker({
  difference: { difference, low, high, direction, verdict },
}: {
  difference: Interval;
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
