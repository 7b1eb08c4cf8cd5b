import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import { showCell } from "../../components/show-cell.js";
import classes from "./experiments-grid.module.css";
import type { DrawnColumn } from "./grid-layout.js";
import type { GridRowData } from "./use-grid-rows.js";

export interface GridRowProps {
  row: number;
  /** Undefined while it is on its way. */
  data: GridRowData | undefined;
  drawn: readonly DrawnColumn[];
  /** Pixels, from the top of the rows. */
  top: number;
  width: number;
  isSelected: boolean;
  /** The column of the cell that is chosen, where it is in this row. */
  activeColumn: number | undefined;
  onChoose: (row: number, column: number) => void;
  onSelect: (id: string) => void;
}

/** One experiment. The grid itself has the focus and the keys; a click only chooses the cell. */
export function GridRow({ row, data, drawn, isSelected, ...props }: GridRowProps) {
  return (
    <div
      className={classes.row}
      role="row"
      aria-rowindex={row + 2}
      aria-selected={data ? isSelected : false}
      style={{ transform: `translateY(${props.top}px)`, width: props.width }}
    >
      {drawn.map(({ placed, at, marginLeft }) => {
        const { column, index, pinnedAt, width } = placed;
        const value = data?.cells[index] ?? null;
        const text = data ? showCell(value, column) : "…";
        return (
          <div
            key={column.name}
            id={cellId(row, at)}
            role="gridcell"
            aria-colindex={at + 1}
            title={value === null ? undefined : String(value)}
            className={[
              classes.cell,
              typeof value === "number" ? classes.number : "",
              pinnedAt === undefined ? "" : classes.pinned,
              props.activeColumn === at ? classes.active : "",
              data ? "" : classes.waiting,
            ].join(" ")}
            style={{ width, ...(pinnedAt === undefined ? { marginLeft } : { left: pinnedAt }) }}
            onClick={() => props.onChoose(row, at)}
          >
            {at === 0 && data ? (
              <FirstCell id={data.id} text={text} isSelected={isSelected} onSelect={props.onSelect} />
            ) : (
              text
            )}
          </div>
        );
      })}
    </div>
  );
}

export function cellId(row: number, column: number): string {
  return `cell-${row}-${column}`;
}

interface FirstCellProps extends Pick<GridRowProps, "isSelected" | "onSelect"> {
  id: string;
  text: string;
}

/** The link to the experiment, and the box that selects it. */
function FirstCell({ id, text, isSelected, onSelect }: FirstCellProps) {
  return (
    <span style={{ display: "inline-flex", alignItems: "center", gap: 6 }}>
      <Checkbox
        size="xs"
        tabIndex={-1}
        aria-label={`Select ${id}`}
        checked={isSelected}
        onChange={() => onSelect(id)}
      />
      <Link to="/experiments/$id" params={{ id }} tabIndex={-1}>
        {text || id}
      </Link>
    </span>
  );
}
