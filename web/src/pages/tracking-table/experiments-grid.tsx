import { Checkbox } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";

import { experimentsQuery } from "../../api/queries.js";
import type { Cell, Column } from "../../api/types.js";
import { showCell } from "../../components/show-cell.js";
import { useTrackingAddress } from "./address.js";
import classes from "./experiments-grid.module.css";
import { GridHeader } from "./grid-header.js";
import { layoutOf } from "./grid-layout.js";
import { useVirtualRows } from "./virtual-rows.js";

const rowHeight = 32;
const headerHeight = 36;
const chunk = 200;

export interface ExperimentsGridProps {
  project: string;
  filter: string | undefined;
  sort: readonly string[];
  columns: readonly Column[];
  total: number;
  selected: readonly string[];
  /** Told of the cell that the keyboard or a click has chosen. */
  onActive: (cell: { column: Column; value: Cell } | undefined) => void;
}

/** A grid of all experiments, of which only the rows and columns that are seen are drawn and fetched. */
export function ExperimentsGrid({
  project,
  filter,
  sort,
  columns,
  total,
  selected,
  onActive,
}: ExperimentsGridProps) {
  const { search, change } = useTrackingAddress();
  const navigate = useNavigate();
  const viewport = useRef<HTMLDivElement>(null);
  const [scrollLeft, setScrollLeft] = useState(0);
  const [width, setWidth] = useState(1200);
  const [active, setActive] = useState<{ row: number; column: number } | undefined>(undefined);
  const rows = useVirtualRows(viewport, total, rowHeight, headerHeight);

  useEffect(() => {
    const element = viewport.current;
    if (!element) return undefined;
    const read = () => {
      setScrollLeft(element.scrollLeft);
      setWidth(element.clientWidth);
    };
    read();
    element.addEventListener("scroll", read, { passive: true });
    const resizing = new ResizeObserver(read);
    resizing.observe(element);
    return () => {
      element.removeEventListener("scroll", read);
      resizing.disconnect();
    };
  }, []);

  const pinned = search.pin ?? [];
  const widths = search.width ?? [];
  const layout = useMemo(
    () => layoutOf(columns, pinned, widths, width),
    [columns, pinned.join("\n"), widths.join("\n"), width],
  );
  const drawn = layout.columns.filter(
    ({ pinnedAt, left, width: size }) =>
      pinnedAt !== undefined || (left + size > scrollLeft - 300 && left < scrollLeft + width + 300),
  );
  const before = drawn.find(({ pinnedAt }) => pinnedAt === undefined);
  const gap = before ? before.left - layout.pinnedWidth : 0;

  const names = columns.map(({ name }) => name);
  // One more on both sides, so that rows are there before they are scrolled to.
  const firstChunk = Math.max(0, Math.floor(rows.from / chunk) - 1);
  const endChunk = Math.min(Math.ceil(total / chunk), Math.ceil(rows.to / chunk) + 1);
  const chunks = Array.from({ length: Math.max(1, endChunk - firstChunk) }, (_, i) => firstChunk + i);
  const pages = useQueries({
    queries: chunks.map((index) => ({
      ...experimentsQuery(project, {
        filter,
        sort: [...sort],
        column: names,
        limit: chunk,
        offset: index * chunk,
      }),
      // Rows of another place, shown for the time being, would be wrong rows.
      placeholderData: () => undefined,
    })),
  });
  const rowAt = (row: number): { id: string; cells: Cell[] } | undefined => {
    const page = pages[Math.floor(row / chunk) - firstChunk]?.data;
    const id = page?.prediction_ids[row % chunk];
    const cells = page?.rows[row % chunk];
    return id === undefined || cells === undefined ? undefined : { id, cells };
  };
  const isSelected = new Set(selected);
  const toggle = (id: string) =>
    change(
      { select: isSelected.has(id) ? selected.filter((other) => other !== id) : [...selected, id] },
      true,
    );

  const choose = (row: number, column: number) => {
    setActive({ row, column });
    rows.reveal(row);
    const placed = layout.columns[column];
    const element = viewport.current;
    if (!placed || !element) return;
    if (placed.pinnedAt === undefined) {
      if (placed.left - layout.pinnedWidth < element.scrollLeft)
        element.scrollLeft = placed.left - layout.pinnedWidth;
      else if (placed.left + placed.width > element.scrollLeft + element.clientWidth) {
        element.scrollLeft = placed.left + placed.width - element.clientWidth;
      }
    }
    const found = rowAt(row);
    onActive(found ? { column: placed.column, value: found.cells[placed.index] ?? null } : undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== viewport.current) return;
    const now = active ?? { row: rows.from, column: 0 };
    const screen = Math.max(
      1,
      Math.floor(((viewport.current?.clientHeight ?? 600) - headerHeight) / rowHeight) - 1,
    );
    const last = layout.columns.length - 1;
    const moves: Record<string, [number, number]> = {
      ArrowDown: [now.row + 1, now.column],
      ArrowUp: [now.row - 1, now.column],
      ArrowRight: [now.row, now.column + 1],
      ArrowLeft: [now.row, now.column - 1],
      PageDown: [now.row + screen, now.column],
      PageUp: [now.row - screen, now.column],
      Home: event.ctrlKey ? [0, now.column] : [now.row, 0],
      End: event.ctrlKey ? [total - 1, now.column] : [now.row, last],
    };
    const move = moves[event.key];
    const id = rowAt(now.row)?.id;
    if (move)
      choose(
        Math.min(total - 1, Math.max(0, active ? move[0] : now.row)),
        Math.min(last, Math.max(0, active ? move[1] : now.column)),
      );
    else if (event.key === "Enter" && id) void navigate({ to: "/experiments/$id", params: { id } });
    else if (event.key === " " && id) toggle(id);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={viewport}
      className={classes.viewport}
      role="grid"
      aria-label={`Experiments of ${project}`}
      aria-rowcount={total + 1}
      aria-colcount={layout.columns.length}
      aria-multiselectable
      aria-activedescendant={
        active && active.row >= rows.from && active.row < rows.to
          ? `cell-${active.row}-${active.column}`
          : undefined
      }
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <GridHeader
        layout={layout}
        drawn={drawn}
        gap={gap}
        sort={sort}
        pinned={pinned}
        widths={widths}
        names={names}
      />
      <div className={classes.rows} role="rowgroup" style={{ height: rows.height, width: layout.width }}>
        {Array.from({ length: Math.max(0, rows.to - rows.from) }, (_, i) => rows.from + i).map((row) => {
          const found = rowAt(row);
          return (
            <div
              key={row}
              className={classes.row}
              role="row"
              aria-rowindex={row + 2}
              aria-selected={found ? isSelected.has(found.id) : false}
              style={{ transform: `translateY(${rows.top(row)}px)`, width: layout.width }}
            >
              {drawn.map((placed, position) => {
                const { column, index, pinnedAt, width: size } = placed;
                const at = layout.columns.indexOf(placed);
                const value = found?.cells[index] ?? null;
                const isActive = active?.row === row && active.column === at;
                const text = found ? showCell(value, column) : "…";
                return (
                  // The grid itself has the focus and the keys; a click only chooses the cell.
                  <div
                    key={column.name}
                    id={`cell-${row}-${at}`}
                    role="gridcell"
                    aria-colindex={at + 1}
                    title={value === null ? undefined : String(value)}
                    className={[
                      classes.cell,
                      typeof value === "number" ? classes.number : "",
                      pinnedAt === undefined ? "" : classes.pinned,
                      isActive ? classes.active : "",
                      found ? "" : classes.waiting,
                    ].join(" ")}
                    style={{
                      width: size,
                      ...(pinnedAt === undefined
                        ? {
                            marginLeft:
                              position === drawn.findIndex((other) => other.pinnedAt === undefined) ? gap : 0,
                          }
                        : { left: pinnedAt }),
                    }}
                    onClick={() => choose(row, at)}
                  >
                    {at === 0 && found ? (
                      <span style={{ display: "inline-flex", alignItems: "center", gap: 6 }}>
                        <Checkbox
                          size="xs"
                          tabIndex={-1}
                          aria-label={`Select ${found.id}`}
                          checked={isSelected.has(found.id)}
                          onChange={() => toggle(found.id)}
                        />
                        <Link to="/experiments/$id" params={{ id: found.id }} tabIndex={-1}>
                          {text || found.id}
                        </Link>
                      </span>
                    ) : (
                      text
                    )}
                  </div>
                );
              })}
            </div>
          );
        })}
      </div>
    </div>
  );
}
