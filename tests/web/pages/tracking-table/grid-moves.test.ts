import { describe, expect, it } from "vitest";

import { movedBy } from "../../../../web/src/pages/tracking-table/grid-moves.js";

describe("a key in the grid", () => {
  const size = { rows: 100, columns: 5, screen: 10 };
  const from = { row: 50, column: 2 };
  const moved = (key: string, ctrlKey = false, place = from) => movedBy({ key, ctrlKey }, place, size);

  it("moves by a cell, by a screen, to the ends of the row, and with Control to those of the table", () => {
    expect(moved("ArrowDown")).toEqual({ row: 51, column: 2 });
    expect(moved("ArrowLeft")).toEqual({ row: 50, column: 1 });
    expect(moved("PageUp")).toEqual({ row: 40, column: 2 });
    expect(moved("Home")).toEqual({ row: 50, column: 0 });
    expect(moved("End")).toEqual({ row: 50, column: 4 });
    expect(moved("End", true)).toEqual({ row: 99, column: 2 });
  });

  it("stays within the grid, and does nothing where it is no key that moves", () => {
    expect(moved("PageDown", false, { row: 95, column: 4 })).toEqual({ row: 99, column: 4 });
    expect(moved("ArrowUp", false, { row: 0, column: 0 })).toEqual({ row: 0, column: 0 });
    expect(moved("x")).toBeUndefined();
    expect(moved("toString")).toBeUndefined();
  });
});
