import { Table } from "@mantine/core";

import type { Comparison } from "../api/types.js";
import { VerdictText } from "./verdict-text.js";

/** A table's cell with a verdict; what is no evidence stands back. */
export function VerdictCell({ verdict }: { verdict: Comparison["verdict"] }) {
  return (
    <Table.Td style={{ whiteSpace: "nowrap" }}>
      <VerdictText verdict={verdict} size="sm" fw={verdict === "no evidence" ? 400 : 600}>
        {verdict}
      </VerdictText>
    </Table.Td>
  );
}
