import { describe, expect, it } from "vitest";

import { type Point, thinPoints } from "../../../src/charts/thin-points.js";
import { smoothed } from "../../../web/src/charts/smoothed.js";

let state = 1;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};

/** A loss that falls, with noise that is seldom far above and never far below: the mean is near the least. */
function noisyLoss(count: number): Point[] {
  return Array.from({ length: count }, (_, x) => {
    const noise = random() < 0.01 ? 3 * random() : 0.2 * random();
    return { x, y: 2 * Math.exp((-3 * x) / count) + noise };
  });
}

/** Of a curve whose points are not everywhere, what lies between two of them. */
function valueAt(x: readonly number[], y: readonly (number | null)[], at: number): number {
  const next = Math.max(
    1,
    x.findIndex((each) => each >= at),
  );
  const share = (at - x[next - 1]) / (x[next] - x[next - 1]);
  return y[next - 1]! + share * (y[next]! - y[next - 1]!);
}

describe("a smoothed curve", () => {
  it("begins at the first value, and leaves out what is no number", () => {
    const [first, second, third] = smoothed([8, null, 2], 0.9);
    expect([first, second]).toEqual([8, null]);
    expect(third).toBeCloseTo((0.9 * 8 + 2) / 1.9, 12);
    expect(smoothed([8, 2], 0)).toEqual([8, 2]);
  });

  it.each([
    { count: 10_000, buckets: 500, smoothing: 0.9, most: 0.06 },
    { count: 10_000, buckets: 500, smoothing: 0.99, most: 0.02 },
    { count: 10_000, buckets: 60, smoothing: 0.99, most: 0.04 },
    { count: 2_000, buckets: 300, smoothing: 0.9, most: 0.08 },
  ])(
    "is nearly that of all points where they were thinned: $count to $buckets, smoothed by $smoothing",
    ({ count, buckets, smoothing, most }) => {
      const points = noisyLoss(count);
      const whole = smoothed(
        points.map(({ y }) => y),
        smoothing,
      );
      const { means, x, y } = thinPoints(points, buckets);
      const thin = smoothed(means!.y, smoothing, means!.n);
      const ofExtremes = smoothed(y as number[], smoothing);
      const off = (xs: readonly number[], ys: readonly (number | null)[]) => {
        const places = points.map((_, i) => i).filter((i) => i > count / 10 && i < count * 0.98);
        return Math.max(...places.map((at) => Math.abs(valueAt(xs, ys, at) - whole[at]!)));
      };
      expect(off(means!.x, thin)).toBeLessThan(most);
      expect(off(x, ofExtremes)).toBeGreaterThan(1.5 * most);
    },
  );

  it("is as smooth for a long series as for a short one of the same course", () => {
    const spread = (count: number) => {
      const step = Array.from({ length: count }, (_, i) => (i < count / 2 ? 0 : 1));
      return smoothed(step, 0.9).filter((value) => value! > 0.1 && value! < 0.9).length / count;
    };
    expect(spread(50_000)).toBeCloseTo(spread(500), 2);
  });
});
