import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { virtualRows } from "../../../../web/src/pages/tracking-table/virtual-rows.js";

const list = (count: number) => ({ count, rowHeight: 32, headerHeight: 36 });

describe("the rows that are drawn", () => {
  it("are those that are seen and a screenful on both sides", () => {
    const rows = virtualRows(list(1000), { scrollTop: 3200, height: 356 });
    expect(rows).toMatchObject({ from: 90, to: 120, height: 32_000 });
    expect(rows.top(100)).toBe(3200);
  });

  it("are all of a short list, and none of an empty one", () => {
    expect(virtualRows(list(3), { scrollTop: 0, height: 800 })).toMatchObject({ from: 0, to: 3, height: 96 });
    expect(virtualRows(list(0), { scrollTop: 0, height: 800 })).toMatchObject({ from: 0, to: 0, height: 0 });
  });

  it("reach the last one of a list that is taller than a browser can scroll", () => {
    const count = 10_000_000;
    const top = virtualRows(list(count), { scrollTop: 0, height: 836 });
    expect(top.height).toBe(15_000_000);
    expect(top.from).toBe(0);
    const end = virtualRows(list(count), { scrollTop: top.height - 800, height: 836 });
    expect(end.to).toBe(count);
    // The last row ends where the scrolled area does.
    expect(end.top(count - 1) + 32).toBeCloseTo(end.height, 3);
  });

  it("are seen after scrolling to where it is said, wherever the list is now", () => {
    const anyCount = fc.integer({ min: 1, max: 5_000_000 });
    fc.assert(
      fc.property(anyCount, fc.nat(), fc.nat(), (count, anyRow, anyScroll) => {
        const row = anyRow % count;
        const { height } = virtualRows(list(count), { scrollTop: 0, height: 836 });
        const scrollTop = anyScroll % Math.max(1, height - 800);
        const before = virtualRows(list(count), { scrollTop, height: 836 });
        const to = before.scrollTopFor(row, scrollTop) ?? scrollTop;
        const after = virtualRows(list(count), { scrollTop: to, height: 836 });
        expect(after.from).toBeLessThanOrEqual(row);
        expect(after.to).toBeGreaterThan(row);
        const top = after.top(row) - to; // within the 800 pixels below the header
        expect(top).toBeGreaterThan(-1e-3);
        expect(top + 32).toBeLessThan(Math.max(800, 32) + 1e-3);
      }),
    );
  });
});
