/** What is drawn of each run. */
export interface ChartQuery {
  /** Metrics, in the order in which they are given. */
  keys: readonly string[];
  x: "step" | "time";
  /** Only what has an x from here on; milliseconds since 1970 where x is the time. */
  from?: number | undefined;
  /** Only what has an x up to here. */
  to?: number | undefined;
  /** Parts of about equally many points into which each series is divided. */
  buckets: number;
}
