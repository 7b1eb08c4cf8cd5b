import { describe, expect, it } from "vitest";

import { hasLook, searchOfView, viewOf } from "../../../web/src/components/view-search.js";

describe("a view of a table", () => {
  const search = {
    filter: "r2 > 0",
    sort: ["r2:desc"],
    column: ["name", "r2"],
    show: "0mexa3b7kq2z",
    pane: "closed",
    select: ["0mexa3b7kq2z"],
  };

  it("keeps how the table looks, and not what is shown or selected", () => {
    expect(viewOf(search)).toEqual({ filter: "r2 > 0", sort: ["r2:desc"], column: ["name", "r2"] });
  });

  it("is an address again, in which what it does not say is as usual", () => {
    const address = searchOfView("good", viewOf(search));
    expect(address).toMatchObject({ view: "good", filter: "r2 > 0", sort: ["r2:desc"] });
    expect(Object.keys(address)).toContain("group");
    expect(address.group).toBeUndefined();
  });

  it("takes nothing of another form from a store", () => {
    const address = searchOfView("odd", { filter: 3, sort: "r2:desc", column: ["name", 4, null] });
    expect(address).toMatchObject({ filter: undefined, sort: undefined, column: ["name"] });
  });

  it("is opened only where an address does not say how the table looks", () => {
    expect(hasLook({})).toBe(false);
    expect(hasLook({ show: "0mexa3b7kq2z", pane: "closed" })).toBe(false);
    expect(hasLook({ sort: ["r2:desc"] })).toBe(true);
    expect(hasLook({ view: "good" })).toBe(true);
  });
});
