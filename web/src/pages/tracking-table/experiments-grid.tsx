import { type KeyboardEvent, useMemo, useRef, useState } from "react";

import type { Cell, Column } from "../../api/types.js";
import { trackingRoute, useTrackingAddress } from "./address.js";
import classes from "./experiments-grid.module.css";
import { GridHeader } from "./grid-header.js";
import { drawnColumns, layoutOf, scrollLeftFor } from "./grid-layout.js";
import { type GridPlace, movedBy } from "./grid-moves.js";
import { cellId, GridRow } from "./grid-row.js";
import { useGridRows } from "./use-grid-rows.js";
import { usePressedCell } from "./use-pressed-cell.js";
import { useScrolled } from "./use-scrolled.js";
import { virtualRows } from "./virtual-rows.js";

const rowHeight = 32;
const headerHeight = 36;

export interface ExperimentsGridProps {
  project: string;
  filter: string | undefined;
  sort: readonly string[];
  columns: readonly Column[];
  total: number;
  selected: readonly string[];
  /** The prediction id that is shown beside the table. */
  shown: string | undefined;
  onOpen: (id: string) => void;
  /** Told of the cell that the keyboard or a click has chosen. */
  onActive: (cell: { column: Column; value: Cell } | undefined) => void;
}

/** A grid of all experiments, of which only the rows and columns that are seen are drawn and fetched. */
export function ExperimentsGrid(props: ExperimentsGridProps) {
  const { project, filter, sort, columns, total, selected, shown, onOpen, onActive } = props;
  const { search, change } = useTrackingAddress();
  const navigate = trackingRoute.useNavigate();
  const viewport = useRef<HTMLDivElement>(null);
  const view = useScrolled(viewport);
  const [active, setActive] = useState<GridPlace | undefined>(undefined);
  const rows = virtualRows({ count: total, rowHeight, headerHeight }, view);

  const { pin: pinned = [], width: widths = [] } = search;
  const layout = useMemo(
    () => layoutOf(columns, pinned, widths, view.width),
    [columns, pinned.join("\n"), widths.join("\n"), view.width],
  );
  const drawn = drawnColumns(layout, view);
  const names = columns.map(({ name }) => name);
  const rowAt = useGridRows({ project, filter, sort, columns: names, total, from: rows.from, to: rows.to });

  const isSelected = new Set(selected);
  const toggle = (id: string) =>
    change(
      { select: isSelected.has(id) ? selected.filter((other) => other !== id) : [...selected, id] },
      true,
    );
  const choose = (row: number, column: number) => {
    setActive({ row, column });
    const placed = layout.columns[column];
    const element = viewport.current;
    if (element) {
      element.scrollTop = rows.scrollTopFor(row, element.scrollTop) ?? element.scrollTop;
      element.scrollLeft = scrollLeftFor(layout, column, element) ?? element.scrollLeft;
    }
    const found = rowAt(row);
    onActive(
      found && placed ? { column: placed.column, value: found.cells[placed.index] ?? null } : undefined,
    );
  };
  const drawnRows = Array.from({ length: Math.max(0, rows.to - rows.from) }, (_, i) => rows.from + i);
  const open = (id: string, column: number) => {
    const row = drawnRows.find((each) => rowAt(each)?.id === id);
    if (row !== undefined) choose(row, column);
    onOpen(id);
  };
  const pressed = usePressedCell();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== viewport.current) return;
    const now = active ?? { row: rows.from, column: 0 };
    const screen = Math.max(1, Math.floor((view.height - headerHeight) / rowHeight) - 1);
    const to = movedBy(event, now, { rows: total, columns: layout.columns.length, screen });
    const id = rowAt(now.row)?.id;
    if (to) {
      // The first key only chooses the first cell.
      const { row, column } = active ? to : now;
      choose(row, column);
    } else if (event.key === "Enter" && id && id !== shown) onOpen(id);
    else if (event.key === "Enter" && id) void navigate({ to: "/experiments/$id", params: { id } });
    else if (event.key === " " && id) toggle(id);
    else return;
    event.preventDefault();
  };

  const keys = rowKeys(drawnRows, rowAt);
  const isActiveDrawn = active && active.row >= rows.from && active.row < rows.to;
  return (
    <div
      ref={viewport}
      className={classes.viewport}
      role="grid"
      aria-label={`Experiments of ${project}`}
      aria-rowcount={total + 1}
      aria-colcount={layout.columns.length}
      aria-multiselectable
      aria-activedescendant={isActiveDrawn ? cellId(active.row, active.column) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <GridHeader layout={layout} drawn={drawn} sort={sort} pinned={pinned} widths={widths} names={names} />
      <div
        className={classes.rows}
        role="rowgroup"
        style={{ height: rows.height, width: layout.width }}
        onPointerDownCapture={pressed.forget}
        onClick={(event) => {
          const cell = pressed.release(event);
          if (cell) open(cell.id, cell.column);
        }}
      >
        {drawnRows.map((row, i) => {
          const data = rowAt(row);
          return (
            <GridRow
              key={keys[i]}
              row={row}
              data={data}
              drawn={drawn}
              top={rows.top(row)}
              width={layout.width}
              isSelected={data !== undefined && isSelected.has(data.id)}
              isShown={data !== undefined && data.id === shown}
              activeColumn={active?.row === row ? active.column : undefined}
              onPress={pressed.press}
              onOpen={open}
              onSelect={toggle}
            />
          );
        })}
      </div>
    </div>
  );
}

/**
 * A row keeps its element as long as it shows the same experiment: rows that move do not put another one under
 * the pointer's element. While a part of the rows is on its way, an experiment may be in two places.
 */
function rowKeys(rows: readonly number[], rowAt: (row: number) => { id: string } | undefined) {
  const taken = new Set<string>();
  return rows.map((row) => {
    const id = rowAt(row)?.id;
    if (id === undefined || taken.has(id)) return row;
    taken.add(id);
    return id;
  });
}
