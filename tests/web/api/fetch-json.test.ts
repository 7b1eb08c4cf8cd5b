import { describe, expect, it } from "vitest";

import { apiAddress } from "../../../web/src/api/fetch-json.js";

describe("an address of the API", () => {
  it("has each name in its place, and a list once an item", () => {
    const parameters = { filter: "r2 > 0", sort: ["r2:desc", "name:asc"], limit: 5, shared: undefined };
    expect(apiAddress("/api/projects/{project}/experiments", { project: "my cars" }, parameters)).toBe(
      "api/projects/my%20cars/experiments?filter=r2+%3E+0&sort=r2%3Adesc&sort=name%3Aasc&limit=5",
    );
  });

  it("keeps a name whole, whatever is in it", () => {
    expect(apiAddress("/api/experiments/{id}", { id: "a/b?c=$&{id}" })).toBe(
      `api/experiments/${encodeURIComponent("a/b?c=$&{id}")}`,
    );
    expect(apiAddress("/api/status", {})).toBe("api/status");
  });
});
