import { describe, expect, it } from "vitest";

import { flatSettings } from "../../../web/src/experiment/flat-settings.js";
import { intervalScale } from "../../../web/src/experiment/overview/interval-scale.js";

describe("the scale of intervals", () => {
  it("is the part of the range in which they lie, widened to round numbers", () => {
    expect(intervalScale([0.91, 0.985], [0, 1])).toEqual({
      from: 0.9,
      to: 1,
      ticks: [0.9, 0.92, 0.94, 0.96, 0.98, 1],
    });
    expect(intervalScale([0.02, 0.97], [0, 1]).ticks).toEqual([0, 0.5, 1]);
    expect(intervalScale([1, 1], [0, 1])).toMatchObject({ to: 1 });
  });
});

describe("settings for a reader", () => {
  it("have the path of what they are nested in, and no more digits than matter", () => {
    expect(flatSettings({ a: { b: 0.1 + 0.2, c: [1, "x"] }, d: null, e: true })).toEqual([
      { name: "a.b", value: "0.3" },
      { name: "a.c", value: "1, x" },
      { name: "d", value: "null" },
      { name: "e", value: "true" },
    ]);
  });
});
