import { Paper, Table, Text, Title } from "@mantine/core";

import type { Experiments, Score } from "../../api/types.js";
import { showCount, showScore } from "../../components/show-cell.js";
import { valuesOf } from "./values-of-parameter.js";

/** A table a parameter: its values with the scores of their experiments. For windows too narrow for axes side by side. */
export function ParameterValues({
  page,
  score,
  parameters,
}: {
  page: Experiments;
  score: Score;
  parameters: readonly string[];
}) {
  return parameters.map((parameter) => (
    <Paper
      key={parameter}
      component="section"
      withBorder
      p="md"
      aria-label={`${score.title} by ${parameter}`}
    >
      <Title order={2} size="h5">
        {score.title} by {parameter}
      </Title>
      <Table fz="sm" verticalSpacing={3} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Value</Table.Th>
            <Table.Th ta="right" w="22%">
              Count
            </Table.Th>
            <Table.Th ta="right" w="22%">
              Median
            </Table.Th>
            <Table.Th ta="right" w="22%">
              Best
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {valuesOf(page, score, parameter).map(({ label, count, median, best }) => (
            <Table.Tr key={label}>
              <Table.Td>
                <Text size="sm" truncate title={label}>
                  {label}
                </Text>
              </Table.Td>
              <Table.Td ta="right">{showCount(count)}</Table.Td>
              <Table.Td ta="right">{showScore(median)}</Table.Td>
              <Table.Td ta="right">{showScore(best)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  ));
}
