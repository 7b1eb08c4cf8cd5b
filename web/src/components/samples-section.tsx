import { CloseButton, Group, Paper, Skeleton, Table, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";

import { ErrorBox } from "./error-box.js";
import { keepClickInView } from "./keep-click-in-view.js";
import { PageButtons } from "./page-buttons.js";
import classes from "./samples-section.module.css";
import { showCount } from "./show-cell.js";

export interface SampleColumn<Row> {
  key: string;
  head: ReactNode;
  sorted?: "ascending" | "descending" | undefined;
  fontWeight?: number;
  cell: (row: Row) => ReactNode;
}

export interface SamplesSectionProps<Row extends { row: number }> {
  /** Undefined until the server has answered. */
  page: { total: number; rows: readonly Row[] } | undefined;
  columns: readonly SampleColumn<Row>[];
  error: Error | null;
  isPending: boolean;
  /** Beside the number of samples, such as their order. */
  remark?: string;
  controls?: ReactNode;
  /** Which samples the address chooses; empty where it is all of them. */
  chosen: readonly ChosenFilter[];
  /** The same for a reader, a condition each. */
  conditions: readonly string[];
  onShowAll: () => void;
  offset: number;
  pageSize: number;
  onOffset: (offset: number) => void;
}

export interface ChosenFilter<Name extends string = string> {
  name: Name;
  value: string;
}

/** The filters that an address sets, in the order of the names. */
export function chosenFilters<Name extends string>(
  search: { [Each in Name]?: string | undefined },
  names: readonly Name[],
): ChosenFilter<Name>[] {
  return names.flatMap((name) => {
    const value = search[name];
    return value === undefined ? [] : [{ name, value }];
  });
}

/**
 * Samples page by page. Those behind the part of a plot that was clicked come into view below it, at the edge of
 * the window, and the plot stays where it is.
 */
export function SamplesSection<Row extends { row: number }>(props: SamplesSectionProps<Row>) {
  const { page, columns, error, isPending, remark, controls, chosen, conditions, onShowAll } = props;
  const section = useRef<HTMLElement>(null);
  const cell = chosen.map(({ name, value }) => `${name}=${value}`).join("&");
  const isDocked = cell !== "";
  useEffect(() => {
    if (cell !== "" && section.current) keepClickInView(section.current);
  }, [cell]);
  return (
    <Paper
      component="section"
      withBorder
      p="md"
      ref={section}
      aria-labelledby="samples"
      id="samples-section"
      className={isDocked ? classes.docked : undefined}
    >
      <Group justify="space-between" mb="xs" gap="xs">
        <Title order={2} size="h5" id="samples">
          Samples{" "}
          {page && (
            <Text span c="dimmed" size="sm" fw={400}>
              {showCount(page.total)}
              {remark}
            </Text>
          )}
        </Title>
        {controls}
      </Group>
      {chosen.length > 0 && (
        <Group gap={6} mb="xs">
          <Text size="sm" fw={500}>
            Only samples with {conditions.join(", ")}
          </Text>
          <CloseButton size="sm" aria-label="Show all samples" title="Show all samples" onClick={onShowAll} />
        </Group>
      )}
      {error && <ErrorBox error={error} />}
      {isPending && <Skeleton height={200} />}
      {page && <SampleRows columns={columns} rows={page.rows} />}
      {page?.total === 0 && <Text c="dimmed">No sample matches.</Text>}
      {page && (
        <PageButtons
          offset={props.offset}
          pageSize={props.pageSize}
          total={page.total}
          onChange={props.onOffset}
        />
      )}
    </Paper>
  );
}

function SampleRows<Row extends { row: number }>({
  columns,
  rows,
}: {
  columns: readonly SampleColumn<Row>[];
  rows: readonly Row[];
}) {
  return (
    <Table.ScrollContainer type="native" minWidth={340} tabIndex={0} aria-label="Samples">
      <Table verticalSpacing={3} fz="sm" striped>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ key, head, sorted, fontWeight }) => (
              <Table.Th key={key} aria-sort={sorted} fw={fontWeight}>
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.row}>
              {columns.map(({ key, cell }) => (
                <Table.Td key={key} className={classes.cell}>
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** A predicted label that is not the true one. */
export function WrongLabel({ label }: { label: string }) {
  return (
    <Text span fz="sm" c="red" title="wrong">
      {label} ✗
    </Text>
  );
}
