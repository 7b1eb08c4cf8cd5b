import { Anchor, Group, MultiSelect, Skeleton, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { groupsQuery } from "../../api/queries.js";
import type { Columns } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { cellCondition } from "../../components/filter-text.js";
import { PageLink } from "../../components/page-link.js";
import { isOfPositive, ProjectPositiveNote } from "../../components/positive-class.js";
import { showCell, showCount, showScore } from "../../components/show-cell.js";
import { useTrackingAddress } from "./address.js";

export interface GroupTableProps {
  project: string;
  filter: string | undefined;
  by: readonly string[];
  columns: Columns["columns"];
  /** Shows the experiments that a filter selects. */
  onOpen: (filter: string) => void;
}

/** Experiments put together by equal values: how many, and mean, spread and best of the scores chosen. */
export function GroupTable({ project, filter, by, columns, onOpen }: GroupTableProps) {
  const { search, change } = useTrackingAddress();
  const scores = columns.filter(({ kind, count }) => kind === "score" && count > 0);
  const asked = search.value ?? [];
  const values = asked.length > 0 ? asked : scores.slice(0, 3).map(({ name }) => name);
  const { data, error, isPending } = useQuery(
    groupsQuery(project, { filter, by, value: values, limit: 500 }),
  );
  return (
    <div style={{ overflow: "auto", flex: 1 }} tabIndex={0} role="region" aria-label="Groups">
      <Group mb="xs">
        <MultiSelect
          size="xs"
          label="Of which columns"
          data={columns.filter(({ type, count }) => type === "number" && count > 0).map(({ name }) => name)}
          value={values}
          onChange={(next) => change({ value: next })}
          searchable
          w={420}
          maw="100%"
        />
      </Group>
      {columns.some(({ name, distinct }) => name === "test_set_digest" && distinct > 1) &&
        !by.includes("test_set_digest") && (
          <Text size="sm" c="dimmed" mb="xs">
            This project has several test sets, whose scores are not comparable: filter by one, or group by
            test_set_digest too.
          </Text>
        )}
      {values.some(isOfPositive) && <ProjectPositiveNote project={project} filter={filter} />}
      {error && <ErrorBox error={error} />}
      {isPending && <Skeleton height={200} />}
      {data && (
        <Table verticalSpacing={4} fz="sm" striped>
          <Table.Thead>
            <Table.Tr>
              {data.by.map(({ name }) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
              <Table.Th ta="right">Experiments</Table.Th>
              {data.values.map(({ name }) => (
                <Table.Th key={name} ta="right">
                  {name}: mean ± spread
                </Table.Th>
              ))}
              {data.values
                .filter(({ kind }) => kind === "score")
                .map(({ name }) => (
                  <Table.Th key={name} ta="right">
                    best {name}
                  </Table.Th>
                ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.groups.map((group) => {
              const here = group.key
                .map((value, i) => cellCondition(data.by[i] as (typeof data.by)[number], value, true))
                .join(" AND ");
              return (
                <Table.Tr key={JSON.stringify(group.key)}>
                  {group.key.map((value, i) => (
                    <Table.Td key={data.by[i]?.name}>
                      {value === null ? (
                        <Text span c="dimmed" fz="sm">
                          nothing
                        </Text>
                      ) : (
                        showCell(value, data.by[i] as (typeof data.by)[number])
                      )}
                    </Table.Td>
                  ))}
                  <Table.Td ta="right">
                    <Anchor
                      component="button"
                      type="button"
                      size="sm"
                      onClick={() => onOpen(filter ? `(${filter}) AND ${here}` : here)}
                    >
                      {showCount(group.count)}
                    </Anchor>
                  </Table.Td>
                  {group.values.map((statistics, i) => (
                    <Table.Td
                      key={data.values[i]?.name}
                      ta="right"
                      title={`from ${statistics.min} to ${statistics.max}`}
                    >
                      {statistics.mean === null ? "–" : showScore(statistics.mean)}
                      {statistics.standard_deviation !== null &&
                        ` ± ${showScore(statistics.standard_deviation)}`}
                    </Table.Td>
                  ))}
                  {group.values.map((statistics, i) =>
                    data.values[i]?.kind === "score" ? (
                      <Table.Td key={`best ${data.values[i]?.name}`} ta="right">
                        {statistics.best ? (
                          <PageLink
                            to="/experiments/$id"
                            params={{ id: statistics.best.prediction_id }}
                            size="sm"
                          >
                            {showScore(statistics.best.value)}
                          </PageLink>
                        ) : (
                          "–"
                        )}
                      </Table.Td>
                    ) : null,
                  )}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
      {data && data.total > data.groups.length && (
        <Text size="sm" c="dimmed">
          The {data.groups.length} largest of {showCount(data.total)} groups.
        </Text>
      )}
    </div>
  );
}
