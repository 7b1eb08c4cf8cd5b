import { CloseButton, Group, Paper, Skeleton, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { differingSamplesQuery, type Pair } from "../../api/queries.js";
import type { Comparison } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { PageButtons } from "../../components/page-buttons.js";
import { showCount } from "../../components/show-cell.js";
import { one, several, useAddress } from "../../components/use-search.js";
import type { Search } from "../../router.js";
import { Letter } from "./letter.js";

const pageSize = 25;
const words = {
  agreement: {
    both_right: "both right",
    only_a_right: "only A right",
    only_b_right: "only B right",
    both_wrong: "both wrong",
  },
  nearer: { a_nearer: "A nearer", b_nearer: "B nearer", equally_near: "both equally near" },
  true_label: "true label",
  a_label: "A predicts",
  b_label: "B predicts",
  y_true_min: "true value from",
  y_true_max: "true value to",
  error_a_min: "error of A from",
  error_a_max: "error of A to",
  error_b_min: "error of B from",
  error_b_max: "error of B to",
} as const;
type FilterName = keyof typeof words;
const filterNames = Object.keys(words) as FilterName[];

/** What a click on a part of the page puts into the address: these samples and no others. */
export function chosenSamples(
  filter: Partial<Record<FilterName, string | undefined>>,
  open?: string[],
): Search {
  return {
    ...Object.fromEntries(filterNames.map((name) => [name, filter[name]])),
    open,
    offset: undefined,
  };
}

/** The samples behind what was clicked, with both predictions; all, while nothing was. */
export function DifferingSamples({ pair, kind }: { pair: Pair; kind: Comparison["kind"] }) {
  const { search, change } = useAddress();
  const section = useRef<HTMLElement>(null);
  const offset = Number(one(search, "offset") ?? 0);
  const chosen = filterNames.flatMap((name) => {
    const value = one(search, name);
    return value === undefined ? [] : [{ name, value }];
  });
  const { data, error, isPending } = useQuery(
    differingSamplesQuery(pair, {
      ...Object.fromEntries(chosen.map(({ name, value }) => [name, value])),
      open: several(search, "open"),
      limit: pageSize,
      offset,
    }),
  );
  const cell = chosen.map(({ name, value }) => `${name}=${value}`).join("&");
  useEffect(() => {
    if (cell !== "") section.current?.scrollIntoView({ behavior: "smooth", block: "nearest" });
  }, [cell]);
  const isRegression = kind === "regression";
  return (
    <Paper component="section" withBorder p="md" ref={section} aria-labelledby="samples">
      <Group justify="space-between" mb="xs" gap="xs">
        <Title order={2} size="h5" id="samples">
          Samples{" "}
          {data && (
            <Text span c="dimmed" size="sm" fw={400}>
              {showCount(data.total)}
              {isRegression
                ? ", those first on which the errors differ most"
                : ", those first on which the two differ"}
            </Text>
          )}
        </Title>
      </Group>
      {chosen.length > 0 && (
        <Group gap={6} mb="xs">
          <Text size="sm">Only samples with {chosen.map(inWords).join(", ")}</Text>
          <CloseButton size="sm" aria-label="Show all samples" onClick={() => change(chosenSamples({}))} />
        </Group>
      )}
      {error && <ErrorBox error={error} />}
      {isPending && <Skeleton height={200} />}
      {data && data.total > 0 && (
        <Table.ScrollContainer type="native" minWidth={340} tabIndex={0} aria-label="Samples">
          <Table verticalSpacing={3} fz="sm" striped>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{data.rows.some((row) => row.sample_id !== null) ? "sample_id" : "row"}</Table.Th>
                <Table.Th>y_true</Table.Th>
                <Table.Th>
                  <Letter letter="A" /> y_pred
                </Table.Th>
                <Table.Th>
                  <Letter letter="B" /> y_pred
                </Table.Th>
                {isRegression && (
                  <>
                    <Table.Th>error of A</Table.Th>
                    <Table.Th>error of B</Table.Th>
                  </>
                )}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.rows.map((row) => (
                <Table.Tr key={row.row}>
                  <Table.Td>{String(row.sample_id ?? row.row)}</Table.Td>
                  <Table.Td>{brief(row.y_true)}</Table.Td>
                  <Table.Td>
                    <Prediction value={row.a} truth={row.y_true} />
                  </Table.Td>
                  <Table.Td>
                    <Prediction value={row.b} truth={row.y_true} />
                  </Table.Td>
                  {isRegression && (
                    <>
                      <Table.Td>{brief(Number(row.a) - Number(row.y_true))}</Table.Td>
                      <Table.Td>{brief(Number(row.b) - Number(row.y_true))}</Table.Td>
                    </>
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {data?.total === 0 && <Text c="dimmed">No sample is like that.</Text>}
      {data && (
        <PageButtons
          offset={offset}
          pageSize={pageSize}
          total={data.total}
          onChange={(next) => change({ offset: String(next) })}
        />
      )}
    </Paper>
  );
}

function Prediction({ value, truth }: { value: string | number; truth: string | number }) {
  if (typeof value === "number" || value === truth) return brief(value);
  return (
    <Text span fz="sm" c="red" title="wrong">
      {value} ✗
    </Text>
  );
}

function brief(value: string | number): string {
  return typeof value === "number" ? String(Number(value.toPrecision(6))) : value;
}

function inWords({ name, value }: { name: FilterName; value: string }): string {
  const what = words[name];
  if (typeof what !== "string") return (what as Record<string, string>)[value] ?? value;
  return `${what} ${/_(min|max)$/.test(name) ? brief(Number(value)) : value}`;
}
