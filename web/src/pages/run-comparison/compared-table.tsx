import { Button, ColorSwatch, Group, Table, Text, useComputedColorScheme } from "@mantine/core";
import { useState } from "react";

import type { Runs } from "../../api/types.js";
import { runColours } from "../../charts/run-colours.js";
import { PageLink } from "../../components/page-link.js";
import { showCell, showCounted } from "../../components/show-cell.js";
import { SidewaysScroll } from "../../components/sideways-scroll.js";
import { drawnRuns, startsOf } from "../../run/drawn-runs.js";
import { runState, StatusText } from "../../run/run-status.js";
import { type ComparedRow, comparedRows } from "./compared-rows.js";
import classes from "./compared-table.module.css";

/** So many last values are shown at first. */
const metricsAtFirst = 20;

export interface ComparedTableProps {
  runs: Runs;
  ids: readonly string[];
  metrics: readonly ComparedRow[];
  /** Whether what is the same is shown, too. */
  everything: boolean;
  onEverything: (everything: boolean) => void;
}

/** Runs in columns: parameters and tags in which they differ, and the last values of their metrics. */
export function ComparedTable({ runs, ids, metrics, everything, onEverything }: ComparedTableProps) {
  const [isAll, setAll] = useState(false);
  const settings = [
    { title: "Parameters", rows: comparedRows(runs, ids, "parameter") },
    { title: "Tags", rows: comparedRows(runs, ids, "tag") },
  ];
  const same = settings.flatMap(({ rows }) => rows.filter(({ differs }) => !differs)).length;
  const shown = settings.map(({ title, rows }) => ({
    title,
    rows: everything ? rows : rows.filter(({ differs }) => differs),
  }));
  const lastValues = { title: "Last values", rows: isAll ? metrics : metrics.slice(0, metricsAtFirst) };
  return (
    <>
      <SidewaysScroll label="Runs side by side">
        <Table verticalSpacing={3} horizontalSpacing="xs" fz="sm">
          <RunsHeading runs={runs} ids={ids} />
          {[...shown, lastValues]
            .filter(({ rows }) => rows.length > 0)
            .map((section) => (
              <Section key={section.title} {...section} ids={ids} />
            ))}
        </Table>
      </SidewaysScroll>
      <Group gap="xs" mt="xs">
        {same > 0 && (
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={everything}
            onClick={() => onEverything(!everything)}
          >
            {everything ? "Hide" : "Show"} {showCounted(same, "setting")} that {same === 1 ? "is" : "are"} the
            same
          </Button>
        )}
        {metrics.length > metricsAtFirst && (
          <Button size="compact-xs" variant="default" onClick={() => setAll(!isAll)}>
            {isAll ? "Fewer last values" : `Show all ${showCounted(metrics.length, "last value")}`}
          </Button>
        )}
      </Group>
      {metrics.some(({ best }) => best.length > 0) && (
        <Text size="xs" c="dimmed" mt={4}>
          ★ is the best value of a metric that is called as a score whose direction is known.
        </Text>
      )}
    </>
  );
}

function RunsHeading({ runs, ids }: Pick<ComparedTableProps, "runs" | "ids">) {
  const scheme = useComputedColorScheme("light");
  const colours = runColours(drawnRuns(ids, startsOf(runs)), scheme);
  return (
    <Table.Thead>
      <Table.Tr>
        <Table.Th className={classes.name ?? ""}>Run</Table.Th>
        {ids.map((id) => {
          const row = runs.run_ids.indexOf(id);
          return (
            <Table.Th key={id} className={classes.run ?? ""} scope="col">
              <Group gap={6} wrap="nowrap">
                <ColorSwatch size={10} color={colours.get(id) ?? "gray"} withShadow={false} flex="none" />
                <PageLink
                  to="/runs/$run"
                  params={{ run: id }}
                  size="sm"
                  lineClamp={2}
                  title={runs.titles[row]}
                >
                  {runs.titles[row]}
                </PageLink>
              </Group>
              <Text size="xs" fw={400}>
                <StatusText run={runState(runs, row)} />
              </Text>
            </Table.Th>
          );
        })}
      </Table.Tr>
    </Table.Thead>
  );
}

function Section({
  title,
  rows,
  ids,
}: {
  title: string;
  rows: readonly ComparedRow[];
  ids: readonly string[];
}) {
  return (
    <Table.Tbody>
      <Table.Tr className={classes.section ?? ""}>
        <Table.Th scope="rowgroup" colSpan={ids.length + 1}>
          <span className={classes.sectionTitle}>{title}</span>
        </Table.Th>
      </Table.Tr>
      {rows.map(({ name, column, values, differs, best }) => (
        <Table.Tr key={column.name}>
          <Table.Th scope="row" fw={400} className={classes.name ?? ""} title={name}>
            {name}
          </Table.Th>
          {ids.map((id, i) => {
            const text = showCell(values[i], column);
            const isBest = best.includes(i);
            return (
              <Table.Td
                key={id}
                className={classes.run ?? ""}
                data-number={typeof values[i] === "number"}
                title={text}
                fw={isBest ? 700 : undefined}
              >
                <Text span inherit lineClamp={3} c={differs ? "inherit" : "dimmed"}>
                  {text === "" ? "–" : text}
                  {isBest && <span title="best"> ★</span>}
                </Text>
              </Table.Td>
            );
          })}
        </Table.Tr>
      ))}
    </Table.Tbody>
  );
}
