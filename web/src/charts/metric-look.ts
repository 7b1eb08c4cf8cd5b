/** How metrics are drawn. */
export interface MetricLook {
  /** What stands along the axis: steps, seconds since the run began, or milliseconds since 1970. */
  x: "step" | "seconds" | "time";
  /** How much of the average before a point keeps, from 0, as it is, to below 1. */
  smoothing: number;
  logX: boolean;
  logY: boolean;
}
