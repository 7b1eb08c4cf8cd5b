import { describe, expect, it } from "vitest";

import { coursePlaces } from "../../../../web/src/pages/projects/course.js";

const point = (day: number, value: number) => ({ at: `2026-11-0${day}T00:00:00Z`, value });

describe("the course of a project's best score", () => {
  it("goes from left to right by time, until something was last logged", () => {
    const places = coursePlaces([point(1, 1), point(2, 2), point(3, 4)], point(5, 0).at);
    expect(places.map(({ x }) => x)).toEqual([3, 31.5, 60, 117]);
    expect(places.map(({ y }) => Math.round(y))).toEqual([25, 18, 3, 3]);
  });

  it("is level where there is one value, and nothing where there is none", () => {
    expect(coursePlaces([point(1, 2)], point(2, 0).at).map(({ y }) => y)).toEqual([14, 14]);
    expect(coursePlaces([point(1, 2)], point(1, 0).at).map(({ x }) => x)).toEqual([3, 117]);
    expect(coursePlaces([], point(1, 0).at)).toEqual([]);
  });
});
