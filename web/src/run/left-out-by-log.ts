import { isLogX } from "../charts/metric-axes.js";
import type { MetricLook } from "../charts/metric-look.js";
import type { MetricValue } from "../charts/metric-option.js";
import { showCount } from "../components/show-cell.js";

/**
 * What logarithmic axes leave out, in words: numbers at or below 0; empty where that is nothing.
 * @example leftOutByLog([{ x: [0, 1, 2], y: [5, 0, -1] }], { x: "step", smoothing: 0, logX: false, logY: true }, "points") // "log y leaves out 2 of 3 points, at 0 or below"
 */
export function leftOutByLog(
  lines: readonly { x: readonly number[]; y: readonly (MetricValue | null)[] }[],
  look: MetricLook,
  what: string,
): string {
  let [all, byX, byY] = [0, 0, 0];
  for (const { x, y } of lines) {
    for (const [i, value] of y.entries()) {
      if (typeof value !== "number") continue;
      all++;
      if (isLogX(look) && x[i]! <= 0) byX++;
      if (look.logY && value <= 0) byY++;
    }
  }
  const left = (axis: string, count: number) =>
    count === 0
      ? []
      : [`log ${axis} leaves out ${showCount(count)} of ${showCount(all)} ${what}, at 0 or below`];
  return [...left("x", byX), ...left("y", byY)].join("; ");
}
