import { describe, expect, it } from "vitest";

import { lookOf, searchOfLook } from "../../../web/src/run/use-look.js";

describe("how metrics are drawn", () => {
  it("comes from the address and goes back into it, without what is usual", () => {
    const usual = { x: "step", smoothing: 0, logX: false, logY: false } as const;
    expect(lookOf({})).toEqual(usual);
    expect(searchOfLook(usual)).toEqual({ x: undefined, smoothing: undefined, log: undefined });
    const look = { x: "seconds", smoothing: 0.85, logX: true, logY: true } as const;
    expect(searchOfLook(look)).toEqual({ x: "seconds", smoothing: "0.85", log: "xy" });
    expect(lookOf(searchOfLook(look))).toEqual(look);
    expect(lookOf({ log: "y" })).toEqual({ ...usual, logY: true });
  });

  it("is the usual one where the address makes no sense", () => {
    for (const smoothing of ["", "much", "-1", "NaN"])
      expect(lookOf({ smoothing, x: "miles" }).smoothing).toBe(0);
    expect(lookOf({ x: "miles" }).x).toBe("step");
    expect(lookOf({ smoothing: "7" }).smoothing).toBe(0.99);
  });
});
