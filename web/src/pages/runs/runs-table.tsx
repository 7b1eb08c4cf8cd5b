import { Checkbox, ColorSwatch, Group, Table, useComputedColorScheme } from "@mantine/core";

import type { Cell, Runs } from "../../api/types.js";
import { runColours } from "../../charts/run-colours.js";
import { PageLink } from "../../components/page-link.js";
import { showCell } from "../../components/show-cell.js";
import { SidewaysScroll } from "../../components/sideways-scroll.js";
import { columnTitle } from "../../run/column-title.js";
import { drawnRuns, startsOf } from "../../run/drawn-runs.js";
import { RunDuration } from "../../run/run-duration.js";
import { runState, StatusText } from "../../run/run-status.js";
import { showDuration } from "../../run/show-duration.js";
import { useRunsAddress } from "./address.js";
import classes from "./runs-page.module.css";

export interface RunsTableProps {
  runs: Runs;
  shown: readonly string[];
  drawn: readonly string[];
  onDraw: (ids: readonly string[]) => void;
}

/** A page of runs, each with the colour of its curves, and whether these are drawn. */
export function RunsTable({ runs, shown, drawn, onDraw }: RunsTableProps) {
  const { search, change } = useRunsAddress();
  const { sort = "started_at:desc" } = search;
  const columns = shown.flatMap((name) => {
    const at = runs.columns.findIndex((column) => column.name === name);
    const column = runs.columns[at];
    return column ? [{ at, column }] : [];
  });
  const sortBy = (name: string) => {
    const isDescending = sort === `${name}:desc`;
    change({ sort: `${name}:${isDescending ? "asc" : "desc"}`, offset: undefined });
  };
  const isDrawn = new Set(drawn);
  const scheme = useComputedColorScheme("light");
  const starts = startsOf(runs);
  const colours = runColours(drawnRuns(drawn, starts), scheme, drawnRuns(runs.run_ids, starts));
  const here = runs.run_ids.filter((id) => isDrawn.has(id)).length;
  const elsewhere = drawn.filter((id) => !runs.run_ids.includes(id));
  return (
    <SidewaysScroll label="Runs">
      <Table fz="sm" verticalSpacing={3} horizontalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={48}>
              <Checkbox
                size="xs"
                aria-label="Draw all of this page"
                title="Draw all of this page, or none"
                checked={here === runs.run_ids.length && here > 0}
                indeterminate={here > 0 && here < runs.run_ids.length}
                onChange={() => onDraw([...elsewhere, ...(here > 0 ? [] : runs.run_ids)])}
              />
            </Table.Th>
            <SortableHeading
              name="name"
              isNumber={false}
              sort={sort}
              onSort={sortBy}
              className={classes.name}
            />
            {columns.map(({ column: { name, type } }) => (
              <SortableHeading
                key={name}
                name={name}
                isNumber={type === "number"}
                sort={sort}
                onSort={sortBy}
              />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.run_ids.map((id, i) => (
            <Table.Tr key={id} className={classes.row ?? ""}>
              <Table.Td>
                <DrawnMark
                  colour={colours.get(id) ?? "gray"}
                  title={runs.titles[i] ?? id}
                  isDrawn={isDrawn.has(id)}
                  onToggle={() =>
                    onDraw(isDrawn.has(id) ? drawn.filter((other) => other !== id) : [...drawn, id])
                  }
                />
              </Table.Td>
              <Table.Td title={runs.titles[i]} className={classes.name ?? ""}>
                <PageLink to="/runs/$run" params={{ run: id }} size="sm">
                  {runs.titles[i]}
                </PageLink>
              </Table.Td>
              {columns.map(({ at, column }) => (
                <Table.Td key={column.name} ta={column.type === "number" ? "right" : "left"}>
                  <Value runs={runs} row={i} column={column} value={runs.rows[i]?.[at]} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </SidewaysScroll>
  );
}

function DrawnMark(props: { colour: string; title: string; isDrawn: boolean; onToggle: () => void }) {
  return (
    <Group gap={6} wrap="nowrap">
      <Checkbox
        size="xs"
        aria-label={`Draw ${props.title}`}
        checked={props.isDrawn}
        onChange={props.onToggle}
      />
      <ColorSwatch size={10} color={props.colour} withShadow={false} />
    </Group>
  );
}

interface ValueProps {
  runs: Runs;
  row: number;
  column: Runs["columns"][number];
  value: Cell | undefined;
}

function Value({ runs, row, column, value }: ValueProps) {
  const state = runState(runs, row);
  if (column.name === "status") return <StatusText run={state} />;
  if (column.name === "duration" && state.status === "running" && !state.lost_contact) {
    const started = runs.columns.findIndex(({ name }) => name === "started_at");
    return <RunDuration startedAt={String(runs.rows[row]?.[started])} endedAt={null} />;
  }
  const isDuration = column.name === "duration" && typeof value === "number";
  const text = isDuration ? showDuration(value) : showCell(value, column);
  return <span title={text}>{text}</span>;
}

interface HeadingProps {
  name: string;
  isNumber: boolean;
  sort: string;
  onSort: (name: string) => void;
  className?: string | undefined;
}

function SortableHeading({ name, isNumber, sort, onSort, className = "" }: HeadingProps) {
  const direction = sort === `${name}:desc` ? "descending" : sort === `${name}:asc` ? "ascending" : undefined;
  return (
    <Table.Th ta={isNumber ? "right" : "left"} aria-sort={direction} className={className}>
      <button type="button" title={`Sort by ${name}`} className={classes.sort} onClick={() => onSort(name)}>
        {columnTitle(name)}
        <span aria-hidden="true" className={classes.mark} data-sorted={direction !== undefined}>
          {direction === "ascending" ? "↑" : "↓"}
        </span>
      </button>
    </Table.Th>
  );
}
