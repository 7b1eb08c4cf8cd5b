import { describe, expect, it } from "vitest";

import type { Column } from "../../../../web/src/api/types.js";
import {
  drawnColumns,
  layoutOf,
  scrollLeftFor,
} from "../../../../web/src/pages/tracking-table/grid-layout.js";

const columns = ["name", "model", "logged_at", "f1"].map(
  (name): Column => ({
    name,
    filter_name: name,
    kind: "fixed",
    type: name === "logged_at" ? "time" : name === "f1" ? "number" : "text",
  }),
);
const placed = (pinned: string[], widths: string[], viewport = 1200) =>
  layoutOf(columns, pinned, widths, viewport).columns.map(({ column, index, left, width, pinnedAt }) => ({
    name: column.name,
    index,
    left,
    width,
    pinnedAt,
  }));

describe("the layout of the grid", () => {
  it("puts columns beside each other, the first one pinned where there is room", () => {
    expect(placed([], [])).toEqual([
      { name: "name", index: 0, left: 0, width: 230, pinnedAt: 0 },
      { name: "model", index: 1, left: 230, width: 200, pinnedAt: undefined },
      { name: "logged_at", index: 2, left: 430, width: 240, pinnedAt: undefined },
      { name: "f1", index: 3, left: 670, width: 96, pinnedAt: undefined },
    ]);
    expect(placed([], [], 400).every(({ pinnedAt }) => pinnedAt === undefined)).toBe(true);
  });

  it("puts pinned columns first, and keeps each column's place in the answer", () => {
    const layout = layoutOf(columns, ["f1"], [], 1200);
    expect(layout.columns.map(({ column }) => column.name)).toEqual(["name", "f1", "model", "logged_at"]);
    expect(layout.columns.map(({ index }) => index)).toEqual([0, 3, 1, 2]);
    expect(layout).toMatchObject({ pinnedWidth: 326, width: 766 });
  });

  it("takes a width that is wide enough, also of a name with a colon", () => {
    const odd: Column = { name: "a:b", filter_name: '"a:b"', kind: "extra", type: "text" };
    const widths = ["name:90", "a:b:300", "f1:9999999"];
    const layout = layoutOf([...columns, odd], [], widths, 1200);
    expect(layout.columns.map(({ width }) => width)).toEqual([90, 200, 240, 2000, 300]);
    expect(placed([], ["name:47", "model:wide"])).toEqual(placed([], []));
  });
});

describe("the columns that are drawn", () => {
  const wide = layoutOf(columns, [], ["name:1000", "model:1000", "logged_at:1000", "f1:1000"], 1200);

  it("are those that are seen or nearly so, and the pinned ones, with the gap of the others", () => {
    const drawn = drawnColumns(wide, { scrollLeft: 2400, width: 500 });
    expect(drawn.map(({ placed: { column }, at, marginLeft }) => [column.name, at, marginLeft])).toEqual([
      ["name", 0, 0],
      ["logged_at", 2, 1000],
      ["f1", 3, 0],
    ]);
  });

  it("are scrolled to from either side, the pinned ones never", () => {
    expect(scrollLeftFor(wide, 1, { scrollLeft: 500, clientWidth: 1500 })).toBe(0);
    expect(scrollLeftFor(wide, 3, { scrollLeft: 0, clientWidth: 1500 })).toBe(2500);
    expect(scrollLeftFor(wide, 1, { scrollLeft: 0, clientWidth: 2500 })).toBeUndefined();
    expect(scrollLeftFor(wide, 0, { scrollLeft: 999, clientWidth: 1500 })).toBeUndefined();
  });
});
