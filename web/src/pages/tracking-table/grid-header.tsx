import { ActionIcon, Menu } from "@mantine/core";
import { useState } from "react";

import { useTrackingAddress } from "./address.js";
import classes from "./experiments-grid.module.css";
import { type GridLayout, narrowest, type PlacedColumn } from "./grid-layout.js";

export interface GridHeaderProps {
  layout: GridLayout;
  drawn: readonly PlacedColumn[];
  gap: number;
  sort: readonly string[];
  pinned: readonly string[];
  widths: readonly string[];
  /** All columns that are shown, in their order. */
  names: readonly string[];
}

/** The columns' names: a click sorts, a drag at the border resizes, the menu has the rest. */
export function GridHeader({ layout, drawn, gap, sort, pinned, widths, names }: GridHeaderProps) {
  const { search, change } = useTrackingAddress();
  const [opened, setOpened] = useState<string | undefined>(undefined);
  const firstFree = drawn.findIndex(({ pinnedAt }) => pinnedAt === undefined);
  const directionOf = (name: string) => {
    const key = sort.find((text) => text.replace(/:(asc|desc)$/, "") === name);
    return key === undefined ? undefined : key.endsWith(":desc") ? "desc" : "asc";
  };
  const sortBy = (name: string, direction: "asc" | "desc", add: boolean) => {
    const others = add ? sort.filter((text) => text.replace(/:(asc|desc)$/, "") !== name) : [];
    change({ sort: [...others, `${name}:${direction}`] });
  };
  const resize = (name: string, width: number) =>
    change(
      {
        width: [
          ...widths.filter((text) => text.slice(0, text.lastIndexOf(":")) !== name),
          `${name}:${Math.round(Math.max(narrowest, width))}`,
        ],
      },
      true,
    );
  const move = (name: string, by: number) => {
    const next = names.filter((other) => other !== name);
    next.splice(Math.max(0, names.indexOf(name) + by), 0, name);
    change({ column: next });
  };
  return (
    <div className={classes.header} role="row" aria-rowindex={1} style={{ width: layout.width }}>
      {drawn.map((placed, position) => {
        const { column, pinnedAt, width } = placed;
        const direction = directionOf(column.name);
        return (
          <div
            key={column.name}
            role="columnheader"
            aria-colindex={layout.columns.indexOf(placed) + 1}
            aria-sort={direction === undefined ? "none" : direction === "asc" ? "ascending" : "descending"}
            className={`${classes.head} ${pinnedAt === undefined ? "" : classes.pinned}`}
            style={{
              width,
              ...(pinnedAt === undefined
                ? { marginLeft: position === firstFree ? gap : 0 }
                : { left: pinnedAt }),
            }}
          >
            <button
              type="button"
              title={`${column.name}: click to sort, with Shift to sort by it too`}
              onClick={(event) =>
                sortBy(
                  column.name,
                  direction === undefined
                    ? column.kind === "score"
                      ? "desc"
                      : "asc"
                    : direction === "asc"
                      ? "desc"
                      : "asc",
                  event.shiftKey,
                )
              }
            >
              {column.name}
            </button>
            {direction && (
              <span className={classes.sort}>
                {direction === "asc" ? "▲" : "▼"}
                {sort.length > 1
                  ? sort.findIndex((text) => text.replace(/:(asc|desc)$/, "") === column.name) + 1
                  : ""}
              </span>
            )}
            <Menu
              opened={opened === column.name}
              onChange={(open) => setOpened(open ? column.name : undefined)}
              withinPortal
              position="bottom-start"
            >
              <Menu.Target>
                <ActionIcon
                  size={18}
                  variant="subtle"
                  color="gray"
                  aria-label={`Menu of ${column.name}`}
                  component="button"
                >
                  ⋮
                </ActionIcon>
              </Menu.Target>
              {opened === column.name && (
                <Menu.Dropdown>
                  <Menu.Item onClick={() => sortBy(column.name, "asc", false)}>Sort ascending</Menu.Item>
                  <Menu.Item onClick={() => sortBy(column.name, "desc", false)}>Sort descending</Menu.Item>
                  <Menu.Item onClick={() => sortBy(column.name, direction === "desc" ? "asc" : "desc", true)}>
                    Sort by it too
                  </Menu.Item>
                  <Menu.Item
                    onClick={() =>
                      change({
                        pin: pinned.includes(column.name)
                          ? pinned.filter((name) => name !== column.name)
                          : [...pinned, column.name],
                      })
                    }
                  >
                    {pinned.includes(column.name) ? "Unpin" : "Pin to the left"}
                  </Menu.Item>
                  <Menu.Item onClick={() => change({ group: [...(search.group ?? []), column.name] })}>
                    Group by it
                  </Menu.Item>
                  <Menu.Item onClick={() => move(column.name, -1)}>Move left</Menu.Item>
                  <Menu.Item onClick={() => move(column.name, 1)}>Move right</Menu.Item>
                  <Menu.Item onClick={() => resize(column.name, width + 60)}>Wider</Menu.Item>
                  <Menu.Item onClick={() => resize(column.name, width - 60)}>Narrower</Menu.Item>
                  <Menu.Item onClick={() => change({ column: names.filter((name) => name !== column.name) })}>
                    Hide
                  </Menu.Item>
                </Menu.Dropdown>
              )}
            </Menu>
            <div
              className={classes.resize}
              aria-hidden="true"
              onPointerDown={(event) => {
                const start = event.clientX;
                const handle = event.currentTarget;
                handle.setPointerCapture(event.pointerId);
                const drag = (moved: globalThis.PointerEvent) =>
                  resize(column.name, width + moved.clientX - start);
                handle.addEventListener("pointermove", drag);
                handle.addEventListener("pointerup", () => handle.removeEventListener("pointermove", drag), {
                  once: true,
                });
              }}
            />
          </div>
        );
      })}
    </div>
  );
}
