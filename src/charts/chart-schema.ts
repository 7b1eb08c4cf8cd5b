import { z } from "zod";

/** A number, or the word for one that JSON has none for. */
const metricNumber = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]);

/** What smoothing goes by: extremes alone would smooth to a curve of extremes. */
const meansSchema = z.object({
  x: z.array(z.number()).describe("The mean position of the points, ascending"),
  y: z.array(z.number().nullable()).describe("The mean of the finite numbers; null where there is none"),
  n: z.array(z.int()).describe("How many finite numbers that is the mean of"),
});

/** The points of one metric of one run, thinned out. */
export const seriesSchema = z.object({
  run_id: z.string(),
  key: z.string(),
  n: z.int().describe("Points that were logged, those left out here included"),
  x: z.array(z.number()).describe("Steps, or milliseconds since 1970 in UTC, ascending"),
  y: z
    .array(metricNumber)
    .describe(
      "One an x: of each bucket the least and the greatest number and the first of each word; the first and the last point always",
    ),
  means: meansSchema
    .optional()
    .describe("One of each bucket, in columns; left out where a bucket has no more than a point"),
});

export const historiesSchema = z.object({
  x: z.enum(["step", "time"]),
  buckets: z.int().describe("Parts of equally many points into which each series was divided, about"),
  series: z.array(seriesSchema).describe("Where a run has the metric: by run as asked for, then by metric"),
  problems: z
    .array(z.object({ run_id: z.string(), reason: z.string() }))
    .describe("Runs whose history cannot be read"),
});

export const consoleSchema = z.object({
  run_id: z.string(),
  total: z.int().describe("Lines that were printed up to now"),
  from: z.int().describe("The number of the first line here, from 0"),
  lines: z.array(z.object({ time: z.string(), stream: z.enum(["stdout", "stderr"]), text: z.string() })),
});

export type Means = z.infer<typeof meansSchema>;
export type Series = z.infer<typeof seriesSchema>;
export type Histories = z.infer<typeof historiesSchema>;
export type ConsolePage = z.infer<typeof consoleSchema>;
