import { Table, Text } from "@mantine/core";
import type { ReactNode } from "react";

import { LongText } from "../components/long-text.js";

/** Names and values under each other, very long ones folded. */
export function Facts({ facts, empty }: { facts: readonly (readonly [string, ReactNode])[]; empty: string }) {
  if (facts.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    );
  }
  return (
    <Table verticalSpacing={3} fz="sm" layout="fixed" maw={900}>
      <Table.Tbody>
        {facts.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={400} c="dimmed" w="40%" style={{ overflowWrap: "anywhere" }}>
              {name}
            </Table.Th>
            <Table.Td style={{ overflowWrap: "anywhere" }}>
              {typeof value === "string" ? <LongText text={value} /> : value}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
