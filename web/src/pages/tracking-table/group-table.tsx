import { Anchor, Group, MultiSelect, Skeleton, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { groupsQuery } from "../../api/queries.js";
import type { Columns, Groups } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { cellCondition } from "../../components/filter-text.js";
import { PageLink } from "../../components/page-link.js";
import { isOfPositive, ProjectPositiveNote } from "../../components/positive-class.js";
import { showCell, showCount, showScore } from "../../components/show-cell.js";
import { headlineScores, usePrimaryScore } from "../../components/use-primary-score.js";
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
  const primary = usePrimaryScore(project);
  const isUsed = (name: string) => columns.some((column) => column.name === name && column.count > 0);
  const usual = primary ? headlineScores(primary).filter(isUsed).slice(0, mostByDefault) : [];
  const values = search.value ?? usual;
  const { data, error, isPending } = useQuery(
    groupsQuery(project, { filter, by, value: values, limit: 500 }),
  );
  return (
    <div style={{ overflow: "auto", flex: 1 }} tabIndex={0} role="region" aria-label="Groups">
      <Group mb="xs">
        <MultiSelect
          size="xs"
          label="Columns to summarize"
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
                <Table.Th key={name} ta="right" style={{ whiteSpace: "nowrap" }}>
                  {name}: mean ± SD
                </Table.Th>
              ))}
              {data.values.filter(isScoreColumn).map(({ name }) => (
                <Table.Th key={name} ta="right">
                  best {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.groups.map((group) => (
              <GroupRow
                key={JSON.stringify(group.key)}
                group={group}
                by={data.by}
                values={data.values}
                onOpen={(here) => onOpen(filter ? `(${filter}) AND ${here}` : here)}
              />
            ))}
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

/** So many scores are summarized before anyone chooses. */
const mostByDefault = 2;

/** Whether one of its values is the best. */
function isScoreColumn({ kind }: Groups["values"][number]): boolean {
  return kind === "score" || kind === "added";
}

interface GroupRowProps {
  group: Groups["groups"][number];
  /** The columns of the group's key, and those of its values. */
  by: Groups["by"];
  values: Groups["values"];
  /** Told of the condition that the group's experiments meet. */
  onOpen: (condition: string) => void;
}

function GroupRow({ group, by, values, onOpen }: GroupRowProps) {
  const key = by.map((column, i) => ({ column, value: group.key[i] ?? null }));
  const cells = values.flatMap((column, i) => {
    const statistics = group.values[i];
    return statistics ? [{ column, ...statistics }] : [];
  });
  const condition = key.map(({ column, value }) => cellCondition(column, value, true)).join(" AND ");
  return (
    <Table.Tr>
      {key.map(({ column, value }) => (
        <Table.Td key={column.name}>
          {value === null ? (
            <Text span c="dimmed" fz="sm">
              nothing
            </Text>
          ) : (
            showCell(value, column)
          )}
        </Table.Td>
      ))}
      <Table.Td ta="right">
        <Anchor component="button" type="button" size="sm" onClick={() => onOpen(condition)}>
          {showCount(group.count)}
        </Anchor>
      </Table.Td>
      {cells.map(({ column, min, max, mean, standard_deviation: deviation }) => (
        <Table.Td
          key={column.name}
          ta="right"
          style={{ whiteSpace: "nowrap" }}
          title={`from ${min} to ${max}`}
        >
          {mean === null ? "–" : showScore(mean)}
          {deviation !== null && ` ± ${showScore(deviation)}`}
        </Table.Td>
      ))}
      {cells
        .filter(({ column }) => isScoreColumn(column))
        .map(({ column, best }) => (
          <Table.Td key={`best ${column.name}`} ta="right">
            {best ? (
              <PageLink to="/experiments/$id" params={{ id: best.prediction_id }} size="sm">
                {showScore(best.value)}
              </PageLink>
            ) : (
              "–"
            )}
          </Table.Td>
        ))}
    </Table.Tr>
  );
}
