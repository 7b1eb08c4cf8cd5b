import { Button, Checkbox, ColorSwatch, Group, Table, Text, useComputedColorScheme } from "@mantine/core";

import type { Runs } from "../../api/types.js";
import { runColour } from "../../charts/run-colour.js";
import { PageLink } from "../../components/page-link.js";
import { showCell } from "../../components/show-cell.js";
import { SidewaysScroll } from "../../components/sideways-scroll.js";
import { showDuration } from "../../run/show-duration.js";
import { useRunsAddress } from "./address.js";
import classes from "./runs-page.module.css";
import { metricName } from "./shown-columns.js";

/** A page of runs, each with the colour of its curves, and whether these are drawn. */
export function RunsTable({
  runs,
  shown,
  drawn,
}: {
  runs: Runs;
  shown: readonly string[];
  drawn: readonly string[];
}) {
  const { search, change } = useRunsAddress();
  const scheme = useComputedColorScheme("light");
  const { sort = "started_at:desc" } = search;
  const columns = shown.flatMap((name) => {
    const at = runs.columns.findIndex((column) => column.name === name);
    const column = runs.columns[at];
    return column ? [{ at, column }] : [];
  });
  const isDrawn = new Set(drawn);
  const toggle = (id: string) => {
    const next = isDrawn.has(id) ? drawn.filter((other) => other !== id) : [...drawn, id];
    change({ select: next, hide: undefined }, true);
  };
  const sortBy = (name: string) => {
    const isDescending = sort === `${name}:desc`;
    change({ sort: `${name}:${isDescending ? "asc" : "desc"}`, offset: undefined });
  };
  return (
    <>
      {search.select !== undefined && (
        <Group gap="xs" mb={4}>
          <Text size="sm">{search.select.length} drawn</Text>
          <Button size="compact-xs" variant="default" onClick={() => change({ select: undefined })}>
            The first ones again
          </Button>
        </Group>
      )}
      <SidewaysScroll label="Runs">
        <Table fz="sm" verticalSpacing={3} highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={54}>drawn</Table.Th>
              <Table.Th>
                <SortButton name="name" sort={sort} onSort={sortBy} />
              </Table.Th>
              {columns.map(({ column }) => (
                <Table.Th key={column.name} ta={column.type === "number" ? "right" : "left"}>
                  <SortButton name={column.name} sort={sort} onSort={sortBy} />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {runs.run_ids.map((id, i) => (
              <Table.Tr key={id} className={classes.row ?? ""}>
                <Table.Td>
                  <Group gap={6} wrap="nowrap">
                    <Checkbox
                      size="xs"
                      aria-label={`Draw ${runs.titles[i]}`}
                      checked={isDrawn.has(id)}
                      onChange={() => toggle(id)}
                    />
                    <ColorSwatch size={10} color={runColour(id, scheme)} withShadow={false} />
                  </Group>
                </Table.Td>
                <Table.Td title={runs.titles[i]}>
                  <PageLink to="/runs/$run" params={{ run: id }} size="sm">
                    {runs.titles[i]}
                  </PageLink>
                </Table.Td>
                {columns.map(({ at, column }) => {
                  const value = runs.rows[i]?.[at];
                  const text =
                    column.name === "duration" && typeof value === "number"
                      ? showDuration(value)
                      : showCell(value, column);
                  return (
                    <Table.Td key={column.name} ta={column.type === "number" ? "right" : "left"} title={text}>
                      {text}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </SidewaysScroll>
    </>
  );
}

function SortButton({ name, sort, onSort }: { name: string; sort: string; onSort: (name: string) => void }) {
  const mark = sort === `${name}:desc` ? " ↓" : sort === `${name}:asc` ? " ↑" : "";
  return (
    <button
      type="button"
      title={name}
      style={{ all: "unset", cursor: "pointer", fontWeight: 600, whiteSpace: "nowrap" }}
      onClick={() => onSort(name)}
    >
      {metricName(name).replace(/^(params|tags)\./, "")}
      {mark}
    </button>
  );
}
