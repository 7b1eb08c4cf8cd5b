import { Paper, Stack, Table, Text, Title } from "@mantine/core";

import type { ClassDifference, Comparison } from "../../api/types.js";
import { showCount } from "../../components/show-cell.js";
import { useComparisonAddress } from "./address.js";
import { chosenSamples } from "./chosen-samples.js";
import { BarLegend, type BarPart, StackedBar } from "./stacked-bar.js";

const kinds = {
  both_right: { name: "both right", color: "teal-6" },
  only_a_right: { name: "only A right", color: "blue-6" },
  only_b_right: { name: "only B right", color: "orange-6" },
  both_wrong: { name: "both wrong", color: "gray-6" },
} as const;
const kindNames = ["both_right", "only_a_right", "only_b_right", "both_wrong"] as const;
type ChurnKind = (typeof kindNames)[number];

/** Who is right, over all samples and by true label; a part opens its samples. */
export function Churn({ difference }: { difference: ClassDifference }) {
  const { change } = useComparisonAddress();
  const partsOf = (counts: Record<ChurnKind, number>, label?: string): BarPart[] =>
    kindNames.map((kind) => ({
      ...kinds[kind],
      count: counts[kind],
      onClick: () => change(chosenSamples({ agreement: kind, true_label: label })),
    }));
  const all = { both_right: 0, only_a_right: 0, only_b_right: 0, both_wrong: 0 };
  for (const each of difference.classes) {
    for (const kind of kindNames) all[kind] += each[kind];
  }
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="churn">
      <Title order={2} size="h5" id="churn">
        Agreement
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        Which of the two is right, by true label; a part of a bar opens its samples.
      </Text>
      <Stack gap="xs">
        <BarLegend parts={partsOf(all)} />
        <StackedBar parts={partsOf(all)} label="All samples" />
        <Table.ScrollContainer minWidth={320} mah={420} tabIndex={0} aria-label="Agreement by true label">
          <Table verticalSpacing={3} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>True label</Table.Th>
                <Table.Th ta="right">Samples</Table.Th>
                <Table.Th ta="right">Only A</Table.Th>
                <Table.Th ta="right">Only B</Table.Th>
                <Table.Th w="45%">Share</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {difference.classes.map((each) => {
                const label = difference.labels[each.label] ?? String(each.label);
                return (
                  <Table.Tr key={label}>
                    <Table.Th scope="row" fw={500}>
                      {label}
                    </Table.Th>
                    <Table.Td ta="right">{showCount(each.samples)}</Table.Td>
                    <Table.Td ta="right">{showCount(each.only_a_right)}</Table.Td>
                    <Table.Td ta="right">{showCount(each.only_b_right)}</Table.Td>
                    <Table.Td>
                      <StackedBar parts={partsOf(each, label)} label={`True label ${label}`} />
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Stack>
    </Paper>
  );
}

/** Whose predictions are nearer to the true values, over all samples of a regression. */
export function Nearer({ comparison: { agreement } }: { comparison: Comparison }) {
  const { change } = useComparisonAddress();
  const parts = [
    { key: "a_nearer", name: "A nearer", color: "blue-6" },
    { key: "b_nearer", name: "B nearer", color: "orange-6" },
    { key: "equally_near", name: "equally near", color: "gray-6" },
  ] as const;
  const bars = parts.map(({ key, name, color }) => ({
    name,
    color,
    count: agreement[key] ?? 0,
    onClick: () => change(chosenSamples({ nearer: key })),
  }));
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="nearer">
      <Title order={2} size="h5" id="nearer">
        Smaller error
      </Title>
      <Stack gap="xs" mt="xs">
        <BarLegend parts={bars} />
        <StackedBar parts={bars} label="All samples" />
      </Stack>
    </Paper>
  );
}
