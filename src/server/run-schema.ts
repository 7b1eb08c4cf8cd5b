import { z } from "@hono/zod-openapi";

import { runsPageSchema } from "../catalog/catalog-schema.js";
import { runStatuses } from "../run/run-record.js";

/** The shapes of runs: as in api-schema.ts, keys are snake_case and what is missing is null. */

export const runsSchema = runsPageSchema.extend({ project: z.string() }).openapi("Runs");

export const foundRunsSchema = z
  .object({ runs: z.array(z.object({ run_id: z.string(), project: z.string(), title: z.string() })) })
  .openapi("FoundRuns");

const mapping = z.record(z.string(), z.unknown());
const time = z.string().openapi({ description: "ISO 8601 in UTC" });

/** A number, or the word for one that JSON has none for. */
export const metricNumber = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]);

export const runSchema = z
  .object({
    run_id: z.string(),
    project: z.string(),
    name: z.string().nullable(),
    title: z
      .string()
      .openapi({ description: "What it is called: by its name, or by words made from its run id" }),
    status: z.enum(runStatuses),
    started_at: time,
    ended_at: time.nullable(),
    lost_contact: z
      .boolean()
      .openapi({ description: "Whether it should go on, and gave no sign of life for three heartbeats" }),
    last_seen_at: time.nullable().openapi({ description: "Of a run that has not ended" }),
    parent_run_id: z.string().nullable(),
    error: z.string().nullable().openapi({ description: "What ended a run that failed" }),
    user: z.string().nullable(),
    host: z.string().nullable(),
    source: z.string().nullable(),
    git_commit: z.string().nullable(),
    git_dirty: z.boolean().nullable(),
    parameters: mapping,
    tags: z.record(z.string(), z.string()),
    metrics: z
      .record(z.string(), metricNumber)
      .openapi({ description: "The last value of each, without those of the system" }),
    first_metrics: z
      .record(z.string(), metricNumber)
      .openapi({ description: "Of a run that has ended: the value of each at its least step" }),
    min_metrics: z
      .record(z.string(), metricNumber)
      .openapi({ description: "Likewise the least finite number of each that has one" }),
    max_metrics: z.record(z.string(), metricNumber).openapi({ description: "Likewise the greatest" }),
    runtime: mapping,
    children: z.array(z.string()).openapi({ description: "Run ids, the earliest first" }),
    experiments: z
      .array(z.string())
      .openapi({ description: "Prediction ids of what was logged in it, the earliest first" }),
    artifacts: z
      .array(z.object({ path: z.string(), bytes: z.int(), modified_at: time }))
      .openapi({ description: "By path; below ml-tracking/ lies what was recorded by itself" }),
  })
  .openapi("Run");
