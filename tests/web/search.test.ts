import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  comparisonSearch,
  experimentSearch,
  parseSearch,
  stringifySearch,
  trackingSearch,
} from "../../web/src/search.js";

describe("an address's search part", () => {
  it("is texts, and lists where a name is given more than once", () => {
    expect(parseSearch("?sort=r2:desc&sort=name:asc&filter=r2+%3E+0")).toEqual({
      sort: ["r2:desc", "name:asc"],
      filter: "r2 > 0",
    });
    expect(parseSearch("")).toEqual({});
  });

  it("leaves out what is undefined, empty, or a list of nothing", () => {
    expect(stringifySearch({ filter: "", sort: [], differ: undefined, group: ["model"] })).toBe(
      "?group=model",
    );
    expect(stringifySearch({ filter: undefined })).toBe("");
  });

  it("reads what it wrote, whatever the names and values are", () => {
    const value = fc.oneof(fc.string({ minLength: 1 }), fc.array(fc.string(), { minLength: 2 }));
    const search = fc.dictionary(fc.string(), value);
    fc.assert(
      fc.property(search, (given) => {
        expect(Object.entries(parseSearch(stringifySearch(given)))).toEqual(Object.entries(given));
      }),
    );
  });

  it("takes a name that every object has as a name like any other", () => {
    const search = parseSearch("?__proto__=x&toString=y");
    expect(Object.keys(search)).toEqual(["__proto__", "toString"]);
    expect(stringifySearch(search)).toBe("?__proto__=x&toString=y");
  });
});

describe("what a page reads of it", () => {
  it("is one text where there are several, and a list where there is one", () => {
    const read = trackingSearch(parseSearch("?filter=r2>0&filter=r2>1&sort=r2:desc"));
    expect(read.filter).toBe("r2>0");
    expect(read.sort).toEqual(["r2:desc"]);
    expect(read.group).toBeUndefined();
  });

  it("leaves names that the page does not know in the address", () => {
    expect(comparisonSearch(parseSearch("?id=a&id=b&from=mail"))).toEqual({ id: ["a", "b"], from: "mail" });
    expect(stringifySearch(experimentSearch(parseSearch("?slice=x&open=a")))).toBe("?slice=x&open=a");
  });
});
