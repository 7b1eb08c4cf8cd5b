import { Table } from "@mantine/core";

import type { Comparison } from "../api/types.js";
import { VerdictText } from "./verdict-text.js";

/** A table's cell with a verdict; what says nothing stands back. */
export function VerdictCell({ verdict }: { verdict: Comparison["verdict"] }) {
  return (
    <Table.Td style={{ whiteSpace: "nowrap" }}>
      <VerdictText verdict={verdict} size="sm" fw={verdict === "better" || verdict === "worse" ? 600 : 400}>
        {verdict}
      </VerdictText>
    </Table.Td>
  );
}
