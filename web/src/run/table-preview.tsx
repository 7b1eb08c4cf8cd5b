import { Table, Text } from "@mantine/core";

import { showCounted } from "../components/show-cell.js";
import { SidewaysScroll } from "../components/sideways-scroll.js";
import type { PreviewTable } from "./read-table.js";

/** The first rows of a table. */
export function TablePreview({ table: { columns, rows, total } }: { table: PreviewTable }) {
  return (
    <>
      <SidewaysScroll label="The first rows">
        <Table fz="xs" verticalSpacing={2} mt={4}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((name, i) => (
                <Table.Th key={i}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, i) => (
              <Table.Tr key={i}>
                {row.map((cell, k) => (
                  <Table.Td key={k}>{cell.slice(0, 200)}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </SidewaysScroll>
      {total !== undefined && total > rows.length && (
        <Text size="xs" c="dimmed">
          the first {rows.length} of {showCounted(total, "row")}
        </Text>
      )}
    </>
  );
}
