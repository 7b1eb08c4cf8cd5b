import { Button, Group, Loader, Paper, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { explanationQuery, metricsCheckQuery } from "../../api/queries.js";
import type { ScoreExplanation } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { showScore } from "../../components/show-cell.js";
import { SidewaysScroll } from "../../components/sideways-scroll.js";

interface Asked {
  value: string;
  name?: string;
  library?: string;
}

/** Says which definition of which library gives a number that somebody has from elsewhere. */
export function AnotherNumber({ id, runId }: { id: string; runId: string | null }) {
  const [asked, setAsked] = useState<Asked>();
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [value, name, library] = ["value", "name", "library"].map((field) => textOf(form.get(field)));
    if (value) setAsked({ value, ...(name ? { name } : {}), ...(library ? { library } : {}) });
  };
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="another-number">
      <Title order={3} size="h5" id="another-number" mb={4}>
        Another number than yours?
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        One name has many definitions. Type the number that your notebook or another tool shows, with all its
        digits, to see which one it is.
      </Text>
      <form onSubmit={ask}>
        <Group align="flex-end" gap="xs">
          <TextInput label="Number" name="value" placeholder="0.8805" w={140} size="xs" required />
          <TextInput label="Its name there (optional)" name="name" placeholder="aucpr" w={200} size="xs" />
          <TextInput label="Its library (optional)" name="library" placeholder="xgboost" w={160} size="xs" />
          <Button type="submit" size="xs" variant="default">
            Explain
          </Button>
        </Group>
      </form>
      {asked && <Explanation id={id} asked={asked} />}
      {runId !== null && <RunMetrics id={id} />}
    </Paper>
  );
}

/** What the predictions say to the metrics of the run; nothing where it has none that could be checked. */
function RunMetrics({ id }: { id: string }) {
  const { data, error } = useQuery(metricsCheckQuery(id));
  if (error) return <ErrorBox error={error} />;
  if (!data || data.metrics.length === 0) return null;
  return (
    <section aria-labelledby="run-metrics">
      <Title order={4} size="sm" id="run-metrics" mt="sm" mb={4}>
        Metrics of its run
      </Title>
      <Stack gap={4}>
        {data.metrics.map(({ name, verdict, summary }) => (
          <Text key={name} size="xs">
            {verdict === "matches" ? "✓" : verdict === "another definition" ? "≈" : "?"} {summary}
          </Text>
        ))}
      </Stack>
    </section>
  );
}

function textOf(entry: FormDataEntryValue | null): string {
  return typeof entry === "string" ? entry.trim() : "";
}

function Explanation({ id, asked }: { id: string; asked: Asked }) {
  const { data, error } = useQuery(explanationQuery(id, asked));
  return (
    <div aria-live="polite">
      {error && <ErrorBox error={error} />}
      {!data && !error && <Loader size="xs" mt="xs" aria-label="Computing every definition" />}
      {data && (
        <>
          <Text size="sm" my="xs" maw={900}>
            {data.summary}
          </Text>
          <Definitions explanation={data} />
        </>
      )}
    </div>
  );
}

function Definitions({ explanation: { matches, accidents, nearest } }: { explanation: ScoreExplanation }) {
  const rows = [
    ...matches.map((each) => ({ ...each, note: "" })),
    ...accidents.map((each) => ({ ...each, note: each.what })),
    ...nearest.map((each) => ({ ...each, note: `${showScore(each.distance)} away` })),
  ];
  return (
    <SidewaysScroll label="Definitions">
      <Table verticalSpacing={3} fz="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Library</Table.Th>
            <Table.Th>Call</Table.Th>
            <Table.Th ta="right">Value</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.definition} ${row.note}`}>
              <Table.Td title={row.version}>{row.library}</Table.Td>
              <Table.Td ff="monospace" title={row.formula}>
                {row.call}
              </Table.Td>
              <Table.Td ta="right" title={String(row.value)}>
                {Number(row.value.toPrecision(7))}
              </Table.Td>
              <Table.Td c="dimmed">{row.note}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </SidewaysScroll>
  );
}
