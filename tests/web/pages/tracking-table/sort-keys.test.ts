import { describe, expect, it } from "vitest";

import { sortDirection, sortedBy, sortPosition } from "../../../../web/src/pages/tracking-table/sort-keys.js";

describe("an order of the table", () => {
  const sort = ["f1:desc", "params.a:b:asc"];

  it("is read by name, also of a name with a colon", () => {
    expect(sortDirection(sort, "f1")).toBe("desc");
    expect(sortDirection(sort, "params.a:b")).toBe("asc");
    expect(sortDirection(sort, "name")).toBeUndefined();
    expect(sortPosition(sort, "params.a:b")).toBe(2);
  });

  it("is replaced, or goes on by a further column", () => {
    expect(sortedBy(sort, "name", "asc", false)).toEqual(["name:asc"]);
    expect(sortedBy(sort, "f1", "asc", true)).toEqual(["params.a:b:asc", "f1:asc"]);
  });
});
