import { metricJson } from "../run/metric-number.js";
import { type BucketMean, meansOf } from "./bucket-means.js";
import type { Series } from "./chart-schema.js";

export interface Point {
  x: number;
  y: number;
}

/**
 * Of each of some buckets of equally many points the least and the greatest number, and the first NaN, Infinity
 * and -Infinity; the first and the last point always. Beside them the mean of each bucket.
 * @param points in the order of x
 * @example thinPoints([5, 1, 3, 9, 4].map((y, x) => ({ x, y })), 1) // x: [0, 1, 3, 4], y: [5, 1, 9, 4]
 */
export function thinPoints(points: readonly Point[], buckets: number): Thinned {
  const n = points.length;
  const kept: Point[] = [];
  const means: BucketMean[] = [];
  for (let bucket = 0, start = 0; start < n; bucket++) {
    const end = n <= buckets ? start + 1 : Math.ceil(((bucket + 1) * n) / buckets);
    for (const point of extremes(points, start, end)) kept.push(point);
    if (n > buckets) means.push(meanOf(points, start, end));
    start = end;
  }
  return { ...seriesOf(n, n === 0 ? [] : [points[0]!, ...kept, points[n - 1]!]), ...meansOf(means) };
}

function meanOf(points: readonly Point[], start: number, end: number): BucketMean {
  const mean = { x: 0, points: 0, y: 0, n: 0 };
  for (let i = start; i < end; i++) {
    const { x, y } = points[i]!;
    mean.points++;
    mean.x += (x - mean.x) / mean.points;
    if (!Number.isFinite(y)) continue;
    mean.n++;
    mean.y += y / mean.n - mean.y / mean.n;
  }
  return mean;
}

function extremes(points: readonly Point[], start: number, end: number): Point[] {
  let least: Point | undefined;
  let greatest: Point | undefined;
  const words = new Map<string, Point>();
  for (let i = start; i < end; i++) {
    const point = points[i]!;
    if (!Number.isFinite(point.y)) {
      if (!words.has(String(point.y))) words.set(String(point.y), point);
      continue;
    }
    if (!least || point.y < least.y) least = point;
    if (!greatest || point.y > greatest.y) greatest = point;
  }
  return [least, greatest, ...words.values()].flatMap((point) => point ?? []);
}

/** The points of a series that are drawn, and what it is smoothed by. */
export type Thinned = Pick<Series, "n" | "x" | "y" | "means">;

/** Kept points in the order of x, each once: the first is before, the last after others of the same x. */
export function seriesOf(n: number, points: readonly Point[]): Pick<Series, "n" | "x" | "y"> {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const each = sorted.filter((point, i) => {
    const before = sorted[i - 1];
    return !before || before.x !== point.x || !Object.is(before.y, point.y);
  });
  return { n, x: each.map((point) => point.x), y: each.map((point) => metricJson(point.y)) };
}
