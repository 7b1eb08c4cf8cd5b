import { Table, Text } from "@mantine/core";

import { showCounted } from "../components/show-cell.js";
import { SidewaysScroll } from "../components/sideways-scroll.js";
import type { PreviewTable } from "./read-table.js";
import classes from "./table-preview.module.css";

const longestCell = 1_000;

/** The first rows of a table: a long cell is cut off, and whole under the pointer. */
export function TablePreview({ table: { columns, rows, total } }: { table: PreviewTable }) {
  return (
    <>
      <SidewaysScroll label="The first rows">
        <Table layout="auto" fz="xs" verticalSpacing={2} mt={4} className={classes.table ?? ""}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((name, i) => (
                <Table.Th key={i} title={name}>
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, i) => (
              <Table.Tr key={i}>
                {row.map((cell, k) => (
                  <Table.Td key={k} title={cell.slice(0, longestCell)}>
                    {cell.slice(0, longestCell)}
                  </Table.Td>
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
