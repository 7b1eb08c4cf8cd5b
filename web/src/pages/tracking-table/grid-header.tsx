import { ActionIcon, Menu } from "@mantine/core";
import { useState } from "react";

import { columnOf, meaningOf, useAddedScores } from "../../components/added-scores/use-added-scores.js";
import { dragFrom } from "../../components/drag.js";
import { readersZone } from "../../components/show-cell.js";
import { trackingRoute, useTrackingAddress } from "./address.js";
import classes from "./experiments-grid.module.css";
import { type DrawnColumn, type GridLayout, narrowest } from "./grid-layout.js";
import { sortDirection, sortedBy, sortPosition } from "./sort-keys.js";

export interface GridHeaderProps {
  layout: GridLayout;
  drawn: readonly DrawnColumn[];
  sort: readonly string[];
  pinned: readonly string[];
  /** `name:pixels` */
  widths: readonly string[];
  /** All columns that are shown, in their order. */
  names: readonly string[];
}

/** The columns' names: a click sorts, a drag at the border resizes, the menu has the rest. */
export function GridHeader({ layout, drawn, ...columns }: GridHeaderProps) {
  const [opened, setOpened] = useState<string | undefined>(undefined);
  return (
    <div className={classes.header} role="row" aria-rowindex={1} style={{ width: layout.width }}>
      {drawn.map((each) => {
        const { name } = each.placed.column;
        return (
          <ColumnHead
            key={name}
            drawn={each}
            {...columns}
            isMenuOpen={opened === name}
            onMenu={(open) => setOpened(open ? name : undefined)}
          />
        );
      })}
    </div>
  );
}

interface ColumnHeadProps extends Omit<GridHeaderProps, "layout" | "drawn"> {
  drawn: DrawnColumn;
  isMenuOpen: boolean;
  onMenu: (open: boolean) => void;
}

function ColumnHead({ drawn, sort, pinned, widths, names, isMenuOpen, onMenu }: ColumnHeadProps) {
  const { placed, at, marginLeft } = drawn;
  const { column, pinnedAt, width } = placed;
  const { name } = column;
  const { change } = useTrackingAddress();
  const direction = sortDirection(sort, name);
  const resize = (pixels: number) =>
    change(
      {
        width: [
          ...widths.filter((text) => text.slice(0, text.lastIndexOf(":")) !== name),
          `${name}:${Math.round(Math.max(narrowest, pixels))}`,
        ],
      },
      true,
    );
  const added = useAddedScores(trackingRoute.useParams().project).find((score) => columnOf(score) === name);
  const isGreatestFirst = added ? added.direction === "higher" : column.kind === "score";
  const firstDirection = isGreatestFirst ? "desc" : "asc";
  const nextDirection = direction === undefined ? firstDirection : direction === "asc" ? "desc" : "asc";
  return (
    <div
      role="columnheader"
      aria-colindex={at + 1}
      aria-sort={direction === undefined ? "none" : direction === "asc" ? "ascending" : "descending"}
      className={`${classes.head} ${pinnedAt === undefined ? "" : classes.pinned}`}
      style={{ width, ...(pinnedAt === undefined ? { marginLeft } : { left: pinnedAt }) }}
    >
      <button
        type="button"
        title={`${name}: ${added ? `${meaningOf(added)} Click` : "click"} to sort, with Shift to add to the sort order`}
        onClick={(event) => change({ sort: sortedBy(sort, name, nextDirection, event.shiftKey) })}
      >
        {name}
        {column.type === "time" && <span className={classes.zone}> {readersZone}</span>}
      </button>
      {direction && (
        <span className={classes.sort}>
          {direction === "asc" ? "▲" : "▼"}
          {sort.length > 1 ? sortPosition(sort, name) : ""}
        </span>
      )}
      <Menu opened={isMenuOpen} onChange={onMenu} withinPortal position="bottom-start">
        <Menu.Target>
          <ActionIcon
            size={18}
            variant="subtle"
            color="gray"
            aria-label={`Menu of ${name}`}
            component="button"
          >
            ⋮
          </ActionIcon>
        </Menu.Target>
        {isMenuOpen && (
          <ColumnMenu
            name={name}
            sort={sort}
            pinned={pinned}
            names={names}
            onResize={(by) => resize(width + by)}
          />
        )}
      </Menu>
      <div
        className={classes.resize}
        aria-hidden="true"
        onPointerDown={(event) => dragFrom(event, (by) => resize(width + by))}
      />
    </div>
  );
}

interface ColumnMenuProps extends Pick<GridHeaderProps, "sort" | "pinned" | "names"> {
  name: string;
  /** @param by pixels, negative for narrower */
  onResize: (by: number) => void;
}

function ColumnMenu({ name, sort, pinned, names, onResize }: ColumnMenuProps) {
  const { search, change } = useTrackingAddress();
  const isPinned = pinned.includes(name);
  const without = (all: readonly string[]) => all.filter((other) => other !== name);
  const move = (by: number) => {
    const next = without(names);
    next.splice(Math.max(0, names.indexOf(name) + by), 0, name);
    change({ column: next });
  };
  const sortBy = (direction: "asc" | "desc", add: boolean) =>
    change({ sort: sortedBy(sort, name, direction, add) });
  return (
    <Menu.Dropdown>
      <Menu.Item onClick={() => sortBy("asc", false)}>Sort ascending</Menu.Item>
      <Menu.Item onClick={() => sortBy("desc", false)}>Sort descending</Menu.Item>
      <Menu.Item onClick={() => sortBy(sortDirection(sort, name) === "desc" ? "asc" : "desc", true)}>
        Add to the sort order
      </Menu.Item>
      <Menu.Item onClick={() => change({ pin: isPinned ? without(pinned) : [...pinned, name] })}>
        {isPinned ? "Unpin" : "Pin to the left"}
      </Menu.Item>
      <Menu.Item onClick={() => change({ group: [...(search.group ?? []), name] })}>
        Group by this column
      </Menu.Item>
      <Menu.Item onClick={() => move(-1)}>Move left</Menu.Item>
      <Menu.Item onClick={() => move(1)}>Move right</Menu.Item>
      <Menu.Item onClick={() => onResize(60)}>Wider</Menu.Item>
      <Menu.Item onClick={() => onResize(-60)}>Narrower</Menu.Item>
      <Menu.Item onClick={() => change({ column: without(names) })}>Hide</Menu.Item>
    </Menu.Dropdown>
  );
}
