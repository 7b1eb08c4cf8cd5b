import { metricJson } from "../run/metric-number.js";
import type { Series } from "./chart-schema.js";

export interface Point {
  x: number;
  y: number;
}

/**
 * Of each of some buckets of equally many points the least and the greatest number, and the first NaN, Infinity
 * and -Infinity; the first and the last point always.
 * @param points in the order of x
 * @example thinPoints([5, 1, 3, 9, 4].map((y, x) => ({ x, y })), 1) // x: [0, 1, 3, 4], y: [5, 1, 9, 4]
 */
export function thinPoints(points: readonly Point[], buckets: number): Pick<Series, "n" | "x" | "y"> {
  const n = points.length;
  const kept: Point[] = [];
  for (let bucket = 0, start = 0; start < n; bucket++) {
    const end = n <= buckets ? start + 1 : Math.ceil(((bucket + 1) * n) / buckets);
    for (const point of extremes(points, start, end)) kept.push(point);
    start = end;
  }
  return seriesOf(n, n === 0 ? [] : [points[0]!, ...kept, points[n - 1]!]);
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

/** Kept points in the order of x, each once: the first is before, the last after others of the same x. */
export function seriesOf(n: number, points: readonly Point[]): Pick<Series, "n" | "x" | "y"> {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const each = sorted.filter((point, i) => {
    const before = sorted[i - 1];
    return !before || before.x !== point.x || !Object.is(before.y, point.y);
  });
  return { n, x: each.map((point) => point.x), y: each.map((point) => metricJson(point.y)) };
}
