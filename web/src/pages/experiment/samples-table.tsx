import {
  Button,
  CloseButton,
  Group,
  Paper,
  Skeleton,
  Switch,
  Table,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { samplesQuery } from "../../api/queries.js";
import type { Experiment, SampleRow } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { PageButtons } from "../../components/page-buttons.js";
import { showCount } from "../../components/show-cell.js";
import { one, several, useAddress } from "../../components/use-search.js";

const pageSize = 50;
/** What in the address chooses samples; a plot's cell sets some of them. */
export const sampleFilters = [
  "true_label",
  "predicted_label",
  "correct",
  "y_score_min",
  "y_score_max",
  "y_true_min",
  "y_true_max",
  "y_pred_min",
  "y_pred_max",
  "error_min",
  "error_max",
  "slice",
] as const;

/** The samples themselves: all, or those behind the plot's cell that was clicked. */
export default function SamplesTable({ experiment }: { experiment: Experiment }) {
  const { search, change } = useAddress();
  const section = useRef<HTMLElement>(null);
  const offset = Number(one(search, "offset") ?? 0);
  const order = one(search, "order") ?? "row";
  const descending = one(search, "descending");
  const chosen = sampleFilters.flatMap((name) => {
    const value = one(search, name);
    return value === undefined ? [] : [{ name, value }];
  });
  const withFeatures = one(search, "features") === "true" || one(search, "slice") !== undefined;
  const { data, error, isPending } = useQuery(
    samplesQuery(experiment.prediction_id, {
      ...Object.fromEntries(chosen.map(({ name, value }) => [name, value])),
      open: several(search, "open"),
      sample_id: one(search, "sample_id") || undefined,
      class: one(search, "class"),
      features: withFeatures ? "true" : undefined,
      order,
      descending,
      limit: pageSize,
      offset,
    }),
  );
  const cell = chosen.map(({ name, value }) => `${name}=${value}`).join("&");
  useEffect(() => {
    if (cell !== "") section.current?.scrollIntoView({ behavior: "smooth", block: "nearest" });
  }, [cell]);
  const clear = () =>
    change({
      ...Object.fromEntries(sampleFilters.map((name) => [name, undefined])),
      open: undefined,
      offset: undefined,
    });
  const sortBy = (column: string) =>
    change({
      order: column,
      descending: order === column && descending !== "true" ? "true" : undefined,
      offset: undefined,
    });
  const columns = columnsOf(experiment, data?.rows ?? []);
  const features = data?.rows.some((row) => row.features.length > 0) ? data.feature_names : [];
  return (
    <Paper component="section" withBorder p="md" ref={section} aria-labelledby="samples" id="samples-section">
      <Group justify="space-between" mb="xs" gap="xs">
        <Title order={2} size="h5" id="samples">
          Samples{" "}
          {data && (
            <Text span c="dimmed" size="sm" fw={400}>
              {showCount(data.total)}
            </Text>
          )}
        </Title>
        {(data?.feature_names.length ?? 0) > 0 && one(search, "slice") === undefined && (
          <Switch
            size="xs"
            label="Features"
            checked={withFeatures}
            onChange={(event) => change({ features: event.currentTarget.checked ? "true" : undefined }, true)}
          />
        )}
        <TextInput
          size="xs"
          aria-label="Search sample ids"
          placeholder="Search sample ids"
          value={one(search, "sample_id") ?? ""}
          onChange={(event) => change({ sample_id: event.currentTarget.value, offset: undefined }, true)}
        />
      </Group>
      {chosen.length > 0 && (
        <Group gap={6} mb="xs">
          <Text size="sm">{inWords(chosen, data?.slice)}</Text>
          <CloseButton size="sm" aria-label="Show all samples" onClick={clear} />
        </Group>
      )}
      {error && <ErrorBox error={error} />}
      {isPending && <Skeleton height={200} />}
      {data && (
        <Table.ScrollContainer minWidth={340} tabIndex={0} aria-label="Samples">
          <Table verticalSpacing={3} fz="sm" striped>
            <Table.Thead>
              <Table.Tr>
                {columns.map((column) => (
                  <Table.Th
                    key={column}
                    aria-sort={
                      order === column ? (descending === "true" ? "descending" : "ascending") : undefined
                    }
                  >
                    <Button
                      variant="transparent"
                      c="inherit"
                      size="compact-sm"
                      px={0}
                      onClick={() => sortBy(column)}
                    >
                      {column}
                      {order === column ? (descending === "true" ? " ↓" : " ↑") : ""}
                    </Button>
                  </Table.Th>
                ))}
                {features.map((name) => (
                  <Table.Th key={`feature ${name}`} fw={500}>
                    {name}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.rows.map((row) => (
                <Table.Tr key={row.row}>
                  {columns.map((column) => (
                    <Table.Td key={column}>
                      {column === "y_pred" &&
                      experiment.kind === "classification" &&
                      row.y_pred !== row.y_true ? (
                        <Text span fz="sm" c="red" title="wrong">
                          {String(row.y_pred)} ✗
                        </Text>
                      ) : (
                        cellText(row[column])
                      )}
                    </Table.Td>
                  ))}
                  {features.map((name, i) => (
                    <Table.Td key={`feature ${name}`}>{cellText(row.features[i] ?? null)}</Table.Td>
                  ))}
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

type ColumnName = Exclude<keyof SampleRow, "features">;

/** Eight digits that matter: more are noise to a reader, and in the CSV. */
function cellText(value: string | number | boolean | null): string {
  if (value === null) return "";
  return typeof value === "number" && !Number.isInteger(value)
    ? String(Number(value.toPrecision(8)))
    : String(value);
}

function columnsOf(experiment: Experiment, rows: readonly SampleRow[]): ColumnName[] {
  const hasIds = rows.some(({ sample_id: id }) => id !== null);
  const hasScores = rows.some(({ y_score: score }) => score !== null);
  return [
    hasIds ? "sample_id" : "row",
    "y_true",
    "y_pred",
    ...(hasScores ? (["y_score"] as const) : []),
    ...(experiment.kind === "regression" ? (["error"] as const) : []),
  ];
}

/** @param slice the conditions of a slice, as the server says them */
function inWords(
  chosen: readonly { name: string; value: string }[],
  slice: string | null | undefined,
): string {
  const words: Record<string, string> = {
    true_label: "true label",
    predicted_label: "predicted as",
    correct: "correct",
  };
  return `Only samples with ${chosen
    .map(({ name, value }) => {
      if (name === "slice") return slice ?? "";
      const bound = /^(.*)_(min|max)$/.exec(name);
      if (bound)
        return `${bound[1]} ${bound[2] === "min" ? "from" : "to"} ${Number(Number(value).toPrecision(6))}`;
      return `${words[name] ?? name} ${value}`;
    })
    .join(", ")}`;
}
