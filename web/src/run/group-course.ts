import type { MetricValue } from "../charts/metric-option.js";

/** The mean of several runs' metric at each place of the axis, and how far they spread. */
export interface GroupCourse {
  x: number[];
  mean: number[];
  low: number[];
  high: number[];
}

export type Band = "range" | "interval";

/** 97.5 % points of Student's t by degrees of freedom; beyond them the normal distribution's is near enough. */
const t975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/**
 * Folds runs to one line: at each place that any of them has a number, the mean of those that have reached it and
 * not ended before, between their points along a straight line. The band is from the least to the greatest, or
 * Student's t interval of the mean at 95 %, which needs two runs.
 */
export function groupCourse(
  lines: readonly { x: readonly number[]; y: readonly (MetricValue | null)[] }[],
  band: Band,
): GroupCourse {
  const numbers = lines.map(({ x, y }) =>
    x.flatMap((at, i) => (typeof y[i] === "number" ? [[at, y[i]] as const] : [])),
  );
  const places = [...new Set(numbers.flatMap((line) => line.map(([at]) => at)))].sort((a, b) => a - b);
  const cursors = numbers.map(() => 0);
  const course: GroupCourse = { x: [], mean: [], low: [], high: [] };
  for (const place of places) {
    const values: number[] = [];
    for (const [i, line] of numbers.entries()) {
      while (cursors[i]! + 1 < line.length && line[cursors[i]! + 1]![0] <= place) cursors[i]!++;
      const before = line[cursors[i]!];
      const after = line[cursors[i]! + 1];
      if (!before || before[0] > place) continue;
      if (before[0] === place) values.push(before[1]);
      else if (after) {
        values.push(before[1] + ((after[1] - before[1]) * (place - before[0])) / (after[0] - before[0]));
      }
    }
    if (values.length === 0) continue;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const [low, high] =
      band === "range" ? [Math.min(...values), Math.max(...values)] : interval(values, mean);
    course.x.push(place);
    course.mean.push(mean);
    course.low.push(low);
    course.high.push(high);
  }
  return course;
}

function interval(values: readonly number[], mean: number): [number, number] {
  if (values.length < 2) return [mean, mean];
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const reach =
    ((t975[values.length - 2] ?? 1.96) * Math.sqrt(squares / (values.length - 1))) / Math.sqrt(values.length);
  return [mean - reach, mean + reach];
}
