import { describe, expect, it } from "vitest";

import { andCell, cellCondition, namesATime } from "../../../web/src/components/filter-text.js";

const model = { name: "model", filter_name: "model", kind: "fixed", type: "text" } as const;
const depth = {
  ...model,
  name: "params.max depth",
  filter_name: '"params.max depth"',
  type: "number",
} as const;

describe("a cell's condition in the filter language", () => {
  it("quotes texts and not numbers, and uses the name that the filter takes", () => {
    expect(cellCondition(model, "O'Neill", true)).toBe("model = 'O''Neill'");
    expect(cellCondition(depth, 3, true)).toBe('"params.max depth" = 3');
    expect(cellCondition(model, true, true)).toBe("model = true");
  });

  it("counts a missing value among all others", () => {
    expect(cellCondition(depth, 3, false)).toBe('("params.max depth" != 3 OR "params.max depth" IS NULL)');
    expect(cellCondition(model, null, true)).toBe("model IS NULL");
    expect(cellCondition(model, null, false)).toBe("model IS NOT NULL");
  });

  it("narrows a filter, in parentheses where that has an or", () => {
    expect(andCell(undefined, model, "KNN", true)).toBe("model = 'KNN'");
    expect(andCell("r2 > 0", model, "KNN", true)).toBe("r2 > 0 AND model = 'KNN'");
    expect(andCell("r2 > 0 OR name = 'x'", model, "KNN", true)).toBe(
      "(r2 > 0 OR name = 'x') AND model = 'KNN'",
    );
  });
});

it("a filter names a time where a text begins with a year and a month", () => {
  expect(namesATime("logged_at > '2026-01-02'")).toBe(true);
  expect(namesATime("name = 'run 2026-01'")).toBe(false);
});
