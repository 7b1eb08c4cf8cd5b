import { Anchor, Modal, Skeleton, Switch, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { experimentsQuery } from "../../api/queries.js";
import type { Columns } from "../../api/types.js";
import { ErrorBox } from "../../parts/error-box.js";
import { showCell } from "../../parts/show-cell.js";

/** The experiments that were selected, side by side: a column each, a row for everything in which they differ. */
export function Comparison({
  project,
  ids,
  columns,
  onClose,
}: {
  project: string;
  ids: readonly string[];
  columns: Columns["columns"];
  onClose: () => void;
}) {
  const [everything, setEverything] = useState(false);
  const names = columns.filter(({ count }) => count > 0).map(({ name }) => name);
  const filter = `prediction_id IN (${ids.map((id) => `'${id.replaceAll("'", "''")}'`).join(", ")})`;
  const { data, error } = useQuery(experimentsQuery(project, { filter, column: names, limit: ids.length }));
  const rows = data?.columns.flatMap((column, i) => {
    const values = data.rows.map((row) => row[i] ?? null);
    const differs = values.some((value) => value !== values[0]);
    return everything || differs ? [{ column, values, differs }] : [];
  });
  const testSets = new Set(
    data?.rows.map((row) => row[data.columns.findIndex(({ name }) => name === "test_set_digest")]),
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title="Compare experiments"
      size="90%"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {error && <ErrorBox error={error} />}
      {!data && !error && <Skeleton height={200} />}
      {testSets.size > 1 && "These were evaluated on different test sets: their scores are not comparable."}
      <Switch
        size="xs"
        my="xs"
        label="Also what is the same"
        checked={everything}
        onChange={(event) => setEverything(event.currentTarget.checked)}
      />
      {data && rows && (
        <Table.ScrollContainer minWidth={300} tabIndex={0} aria-label="Comparison">
          <Table verticalSpacing={3} fz="sm" striped>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Column</Table.Th>
                {data.prediction_ids.map((id) => (
                  <Table.Th key={id}>
                    <Anchor component={Link} to="/experiments/$id" params={{ id } as never} size="sm">
                      {id}
                    </Anchor>
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ column, values, differs }) => (
                <Table.Tr key={column.name}>
                  <Table.Th scope="row" fw={differs ? 600 : 400}>
                    {column.name}
                  </Table.Th>
                  {values.map((value, i) => (
                    <Table.Td
                      key={data.prediction_ids[i]}
                      title={String(value ?? "")}
                      style={{ overflowWrap: "anywhere" }}
                    >
                      {showCell(value, column)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Modal>
  );
}
