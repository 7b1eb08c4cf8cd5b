import { ColorSwatch, Group, Table } from "@mantine/core";

import { showNumber } from "../components/show-cell.js";
import { SidewaysScroll } from "../components/sideways-scroll.js";
import type { Series } from "./along-axis.js";
import classes from "./single-values.module.css";

/** Whether a metric has a course to draw: more than one point, in some run. */
export function hasCourse(series: readonly Series[]): boolean {
  return series.some(({ x }) => x.length > 1);
}

/** Metrics of a run of which one value was logged, once or again at the same step. */
export function SingleValues({ metrics }: { metrics: readonly { title: string; series: Series }[] }) {
  return (
    <dl className={classes.values}>
      {metrics.map(({ title, series }) => (
        <div key={series.key} className={classes.value}>
          <dt>{title}</dt>
          <dd aria-label={`last value of ${title}`}>{lastOf(series)}</dd>
        </div>
      ))}
    </dl>
  );
}

export interface SingleValuesOfRunsProps {
  metrics: readonly string[];
  byMetric: ReadonlyMap<string, readonly Series[]>;
  /** Those that are drawn, in their order. */
  ids: readonly string[];
  runs: ReadonlyMap<string, { title: string }>;
  colours: ReadonlyMap<string, string>;
}

/** Metrics of which several runs have one value each: a row a run. */
export function SingleValuesOfRuns(props: SingleValuesOfRunsProps) {
  const { metrics, byMetric, ids, runs, colours } = props;
  const valueOf = (metric: string, id: string) => byMetric.get(metric)?.find(({ run_id: run }) => run === id);
  const rows = ids.filter((id) => runs.has(id) && metrics.some((metric) => valueOf(metric, id)));
  return (
    <SidewaysScroll label="Single values">
      <Table fz="xs" verticalSpacing={2} horizontalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Run</Table.Th>
            {metrics.map((metric) => (
              <Table.Th key={metric} ta="right">
                {metric}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((id) => (
            <Table.Tr key={id} className={classes.row ?? ""}>
              <Table.Th scope="row" fw={400}>
                <Group gap={6} wrap="nowrap">
                  <ColorSwatch size={8} color={colours.get(id) ?? "gray"} withShadow={false} />
                  {runs.get(id)?.title}
                </Group>
              </Table.Th>
              {metrics.map((metric) => {
                const series = valueOf(metric, id);
                return (
                  <Table.Td key={metric} ta="right">
                    {series && lastOf(series)}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </SidewaysScroll>
  );
}

function lastOf({ y }: Series): string {
  const last = y.at(-1);
  return typeof last === "number" ? showNumber(last) : (last ?? "");
}
