import { Table, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

import type { Comparison } from "../api/types.js";
import { showCount, showP } from "./show-cell.js";
import classes from "./slice-rows.module.css";
import { VerdictCell } from "./verdict-cell.js";

export interface SliceRow {
  /** The slice's conditions, as the server says them. */
  text: string;
  name: ReactNode;
  samples: number;
  values: readonly { shown: string; exact?: string | undefined }[];
  whisker: ReactNode;
  p: number | null;
  /** Why there is no interval or no p. */
  reason: string | undefined;
  verdict: Comparison["verdict"];
}

export interface SliceRowsProps {
  label: string;
  /** The heads of the columns, of which `values` has one a value of each row. */
  heads: { values: readonly ReactNode[]; whisker: ReactNode; p: ReactNode; verdict: string };
  rows: readonly SliceRow[];
}

/** Slices of a test set, a row each: two scores, their difference as a line, and the verdict. */
export function SliceRows({ label, heads, rows }: SliceRowsProps) {
  return (
    <Table.ScrollContainer type="native" minWidth={760} tabIndex={0} aria-label={label} mt="xs">
      <Table verticalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Slice</Table.Th>
            <Table.Th ta="right">Samples</Table.Th>
            {heads.values.map((head, i) => (
              // The heads of one table stay where they are.
              <Table.Th key={i} ta="right">
                {head}
              </Table.Th>
            ))}
            <Table.Th className={classes.wide}>{heads.whisker}</Table.Th>
            <Table.Th ta="right">{heads.p}</Table.Th>
            <Table.Th>{heads.verdict}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ text, name, samples, values, whisker, p, reason, verdict }) => (
            <Table.Tr key={text}>
              <Table.Th scope="row" fw={500} className={classes.name}>
                {name}
              </Table.Th>
              <Table.Td ta="right">{showCount(samples)}</Table.Td>
              {values.map(({ shown, exact }, i) => (
                <Table.Td key={i} ta="right" title={exact}>
                  {shown}
                </Table.Td>
              ))}
              <Table.Td className={classes.wide} title={reason}>
                {whisker}
              </Table.Td>
              <Table.Td ta="right" title={reason}>
                {showP(p)}
              </Table.Td>
              <VerdictCell verdict={verdict} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** A head of a column that says what stands below it. */
export function Hint({ text, children }: { text: string; children: string }) {
  return (
    <Tooltip label={text} multiline w={280} events={{ hover: true, focus: true, touch: true }}>
      <span tabIndex={0}>{children}</span>
    </Tooltip>
  );
}

/** How the p-values of slices were corrected, as a sentence says it. */
export function correctionName(correction: string): string {
  return correction === "holm" ? "Holm" : "Benjamini and Hochberg";
}
