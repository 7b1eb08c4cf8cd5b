import { describe, expect, it } from "vitest";

import { groupCourse } from "../../../web/src/run/group-course.js";

describe("runs folded to one line", () => {
  const lines = [
    { x: [0, 2, 4], y: [1, 3, 5] },
    { x: [0, 1, 2], y: [3, 3, "NaN"] as const },
  ];

  it("are averaged at each place that any of them has a number, between points along a line", () => {
    expect(groupCourse(lines, "range")).toEqual({
      x: [0, 1, 2, 4],
      mean: [2, 2.5, 3, 5], // beyond its last number, a run counts no more
      low: [1, 2, 3, 5],
      high: [3, 3, 3, 5],
    });
  });

  it("have Student's t interval of the mean where there are two or more", () => {
    const { low, high } = groupCourse(
      [1, 2, 3].map((value) => ({ x: [0], y: [value] })),
      "interval",
    );
    // scipy.stats.t.interval(0.95, 2, loc=2, scale=1 / 3 ** 0.5)
    expect(low[0]).toBeCloseTo(-0.4841377, 3);
    expect(high[0]).toBeCloseTo(4.4841377, 3);
    expect(groupCourse([{ x: [0], y: [7] }], "interval")).toEqual({ x: [0], mean: [7], low: [7], high: [7] });
  });

  it("are none where no run has a number", () => {
    expect(groupCourse([{ x: [0], y: ["NaN"] }], "range").x).toEqual([]);
  });
});
