import type { Histories } from "../api/types.js";
import type { MetricLook } from "../charts/metric-look.js";

export type Series = Histories["series"][number];

/**
 * What a series has along the axis that is chosen.
 * @param startedAt when its run began, in milliseconds since 1970: seconds count from there
 */
export function alongAxis(
  { x, y, means }: Series,
  axis: MetricLook["x"],
  startedAt: number,
): Pick<Series, "x" | "y" | "means"> {
  if (axis !== "seconds") return { x, y, means };
  const seconds = (times: readonly number[]) => times.map((time) => (time - startedAt) / 1000);
  return { x: seconds(x), y, means: means && { ...means, x: seconds(means.x) } };
}
