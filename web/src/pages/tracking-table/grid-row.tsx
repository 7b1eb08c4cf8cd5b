import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import type { Cell, Column } from "../../api/types.js";
import { showCell } from "../../components/show-cell.js";
import classes from "./experiments-grid.module.css";
import type { DrawnColumn } from "./grid-layout.js";
import type { GridRowData } from "./use-grid-rows.js";
import type { PressedCell } from "./use-pressed-cell.js";

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
  /** Whether it is shown in the pane beside the table. */
  isShown: boolean;
  /** Told of the cell that the pointer is pressed over, and of one that is clicked without a pointer. */
  onPress: (cell: PressedCell) => void;
  onOpen: (id: string, column: number) => void;
  onSelect: (id: string) => void;
}

/** One experiment. The grid itself has the focus and the keys; a click chooses the cell and shows the row. */
export function GridRow({ row, data, drawn, isSelected, ...props }: GridRowProps) {
  return (
    <div
      className={classes.row}
      role="row"
      aria-rowindex={row + 2}
      aria-selected={data ? isSelected : false}
      aria-current={props.isShown}
      style={{ transform: `translateY(${props.top}px)`, width: props.width }}
    >
      {drawn.map(({ placed, at, marginLeft }) => {
        const { column, index, pinnedAt, width } = placed;
        const value = data?.cells[index] ?? null;
        const text = data ? cellText(data, value, column) : "…";
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
            onPointerDown={({ clientX, clientY }) => {
              if (data) props.onPress({ id: data.id, column: at, x: clientX, y: clientY });
            }}
            onClick={({ detail }) => {
              if (data && detail === 0) props.onOpen(data.id, at);
            }}
          >
            {at === 0 && data ? (
              <FirstCell
                data={data}
                text={text || data.title}
                isSelected={isSelected}
                onSelect={props.onSelect}
              />
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

/** Experiments without a name are called by their title; models in short. */
function cellText({ title, model }: GridRowData, value: Cell, column: Column): string {
  if (column.name === "name") return title;
  if (column.name === "model") return model;
  if (column.name === "starred") return value === true ? "★" : "";
  if (column.name === "tags") return tagsOf(value).join(", ");
  return showCell(value, column);
}

/** The column of tags holds a JSON list. */
function tagsOf(value: Cell): string[] {
  if (typeof value !== "string") return [];
  const tags: unknown = JSON.parse(value);
  return Array.isArray(tags) ? tags.map(String) : [];
}

interface FirstCellProps extends Pick<GridRowProps, "isSelected" | "onSelect"> {
  data: GridRowData;
  text: string;
}

/**
 * The box that selects the experiment, and its name, a link to its page: a click shows it beside the table as
 * anywhere in the row, with Ctrl the browser opens the page in another tab.
 */
function FirstCell({ data: { id, title }, text, isSelected, onSelect }: FirstCellProps) {
  return (
    <span className={classes.first}>
      <span
        className={classes.box}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={(event) => event.stopPropagation()}
      >
        <Checkbox
          size="xs"
          tabIndex={-1}
          aria-label={`Select ${title}`}
          checked={isSelected}
          onChange={() => onSelect(id)}
        />
      </span>
      <Link
        to="/experiments/$id"
        params={{ id }}
        tabIndex={-1}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) event.stopPropagation();
          else event.preventDefault();
        }}
      >
        {text}
      </Link>
    </span>
  );
}
