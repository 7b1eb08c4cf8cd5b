import { describe, expect, it } from "vitest";

import { bestSoFar, coursePoints } from "../../../../web/src/pages/projects/course.js";

describe("the course of a project's best score", () => {
  it("is the best value after each experiment, by the score's direction", () => {
    expect(bestSoFar([0.5, 0.4, 0.7, 0.6], (a, b) => a > b)).toEqual([0.5, 0.5, 0.7, 0.7]);
    expect(bestSoFar([5, 4, 7, 3], (a, b) => a < b)).toEqual([5, 4, 4, 3]);
    expect(bestSoFar([], (a, b) => a < b)).toEqual([]);
  });

  it("goes from left to right within the picture, and is level where nothing changed", () => {
    const points = coursePoints([1, 2, 4]);
    expect(points.map(({ x }) => x)).toEqual([3, 60, 117]);
    expect(points.map(({ y }) => Math.round(y))).toEqual([25, 18, 3]);
    expect(coursePoints([2, 2]).map(({ y }) => y)).toEqual([14, 14]);
    expect(coursePoints([2])).toEqual([{ x: 117, y: 14 }]);
  });
});
