import { Code, Paper, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { differingColumnsQuery } from "../api/queries.js";
import type { Experiment } from "../api/types.js";
import { showCount } from "../components/show-cell.js";
import { flatSettings } from "./flat-settings.js";

/** What was set: first what differs between the project's experiments, the rest folded. */
export function Parameters({ experiment }: { experiment: Experiment }) {
  const { data } = useQuery(differingColumnsQuery(experiment.project, {}));
  const settings = [
    ...flatSettings(experiment.model_parameters).map((entry) => ({
      ...entry,
      column: `params.${entry.name}`,
    })),
    ...flatSettings(experiment.extra_parameters).map((entry) => ({
      ...entry,
      column: `extra.${entry.name}`,
    })),
  ];
  const differing = new Set(data?.columns.map(({ name }) => name));
  const first = data ? settings.filter(({ column }) => differing.has(column)) : settings;
  const others = data ? settings.filter(({ column }) => !differing.has(column)) : [];
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="parameters">
      <Title order={2} size="h5" id="parameters" mb="xs">
        Parameters and data
      </Title>
      <Facts>
        <Fact name="Model">{experiment.model}</Fact>
        <Fact name="Dataset">{experiment.dataset_uri}</Fact>
        <Fact name="Target">{experiment.target_column}</Fact>
        <Fact name="Test set">
          {showCount(experiment.samples)} samples, digest{" "}
          <Code>{experiment.test_set_digest.slice(0, 12)}</Code>
        </Fact>
      </Facts>
      {first.length > 0 && (
        <>
          <Title order={3} size="h6" mt="md">
            {data ? "Differ between the project's experiments" : "All"}
          </Title>
          <Facts>
            {first.map(({ column, name, value }) => (
              <Fact key={column} name={name}>
                {value}
              </Fact>
            ))}
          </Facts>
        </>
      )}
      {others.length > 0 && (
        <details>
          <Text component="summary" size="sm" mt="md" c="dimmed" style={{ cursor: "pointer" }}>
            {showCount(others.length)} that no experiment of the project has otherwise
          </Text>
          <Facts>
            {others.map(({ column, name, value }) => (
              <Fact key={column} name={name}>
                {value}
              </Fact>
            ))}
          </Facts>
        </details>
      )}
    </Paper>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return (
    <Table verticalSpacing={3} fz="sm" layout="fixed" maw={900}>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400} c="dimmed" w="40%" style={{ overflowWrap: "anywhere" }}>
        {name}
      </Table.Th>
      <Table.Td style={{ overflowWrap: "anywhere" }}>{children}</Table.Td>
    </Table.Tr>
  );
}
