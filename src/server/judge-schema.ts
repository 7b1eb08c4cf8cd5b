import { z } from "@hono/zod-openapi";

import { addedIntervalSchema, intervalSchema } from "../judge/judge-schema.js";
import { scoreNames } from "../scores/registry.js";

export const intervalsSchema = z
  .object({ prediction_id: z.string(), scores: z.array(intervalSchema), added: z.array(addedIntervalSchema) })
  .openapi("ScoreIntervals");

export const sharedSamplesSchema = z
  .object({
    shared_samples: z
      .int()
      .nullable()
      .openapi({ description: "Null where an experiment has no sample ids, or one of them twice" }),
  })
  .openapi("SharedSamples");

/** Names of the scores of both kinds. */
export const anyScore = z.enum([...scoreNames("classification"), ...scoreNames("regression")]);
