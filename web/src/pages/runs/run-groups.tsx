import { Skeleton, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { runGroupsQuery } from "../../api/queries.js";
import { ErrorBox } from "../../components/error-box.js";
import { showCell, showCount, showInterval, showScore } from "../../components/show-cell.js";
import { SidewaysScroll } from "../../components/sideways-scroll.js";
import { columnTitle } from "../../run/column-title.js";

export interface RunGroupsProps {
  project: string;
  filter: string | undefined;
  by: string;
  /** The columns of metrics that are summarized. */
  metrics: readonly string[];
  /** Those that there are. */
  known: readonly string[];
}

/** Runs put together by equal values, such as seeds of one setting: how many, mean, spread and interval. */
export function RunGroups({ project, filter, by, metrics, known }: RunGroupsProps) {
  const value = metrics.filter((name) => known.includes(name));
  const { data, error } = useQuery(runGroupsQuery(project, { filter, by: [by], value, limit: 200 }));
  if (error) return <ErrorBox error={error} />;
  if (!data) return <Skeleton height={200} />;
  return (
    <SidewaysScroll label="Groups">
      <Table fz="sm" verticalSpacing={3}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{columnTitle(by)}</Table.Th>
            <Table.Th ta="right">Runs</Table.Th>
            {data.values.map(({ name }) => (
              <Table.Th
                key={name}
                ta="right"
                title="mean of the last values ± standard deviation, and its 95 % interval"
              >
                {columnTitle(name)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.groups.map((group) => (
            <Table.Tr key={String(group.key[0])}>
              <Table.Td>{data.by[0] ? showCell(group.key[0], data.by[0]) || "none" : ""}</Table.Td>
              <Table.Td ta="right">{showCount(group.count)}</Table.Td>
              {group.values.map((statistics, i) => (
                <Table.Td key={data.values[i]?.name} ta="right" style={{ whiteSpace: "nowrap" }}>
                  {showScore(statistics.mean)}
                  {statistics.standard_deviation !== null && ` ± ${showScore(statistics.standard_deviation)}`}
                  <br />
                  <span style={{ color: "var(--mantine-color-dimmed)", fontSize: "smaller" }}>
                    {spreadText(statistics, group.count)}
                  </span>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </SidewaysScroll>
  );
}

/** How many of the runs have the metric where it is not all, and where the mean would lie. */
function spreadText(
  { count, mean_interval: interval }: { count: number; mean_interval: { low: number; high: number } | null },
  runs: number,
): string {
  if (count === 0) return "";
  const few = count === runs ? [] : [`n ${showCount(count)}`];
  return [...few, ...(interval === null ? [] : [showInterval(interval)])].join(", ");
}
