import { Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { plotQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";
import { brief } from "../../charts/brief.js";
import { PlotFrame } from "../../charts/plot-frame.js";
import { fileName } from "./plot-names.js";

/** The samples with the largest errors. */
export default function WorstSamples({ experiment }: { experiment: Experiment }) {
  const { data, error, isPending } = useQuery(
    plotQuery(experiment.prediction_id, "worst_samples", { limit: 20 }),
  );
  const rows = data?.rows ?? [];
  return (
    <PlotFrame
      title="Worst samples"
      meaning="The largest errors: look at these first."
      inWords={
        rows[0]
          ? `The largest error is ${brief(rows[0].error)} at sample ${rows[0].sample_id ?? rows[0].row}.`
          : ""
      }
      fileName={fileName(experiment, "worst-samples")}
      loading={isPending}
      error={error}
      table={[
        ["sample_id", "row", "y_true", "y_pred", "error"],
        ...rows.map((row) => [row.sample_id, row.row, row.y_true, row.y_pred, row.error]),
      ]}
    >
      <Table.ScrollContainer minWidth={300} mah={340} tabIndex={0} aria-label="Worst samples" mt="sm">
        <Table verticalSpacing={3} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Sample</Table.Th>
              <Table.Th ta="right">Actual</Table.Th>
              <Table.Th ta="right">Predicted</Table.Th>
              <Table.Th ta="right">Error</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.row}>
                <Table.Td>{String(row.sample_id ?? `row ${row.row}`)}</Table.Td>
                <Table.Td ta="right">{brief(Number(row.y_true))}</Table.Td>
                <Table.Td ta="right">{brief(Number(row.y_pred))}</Table.Td>
                <Table.Td ta="right">{brief(row.error)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </PlotFrame>
  );
}
