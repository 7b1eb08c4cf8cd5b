import { z } from "@hono/zod-openapi";

import { differenceSchema, intervalSchema } from "./judge-schema.js";

const kind = z.enum(["classification", "regression"]);

/** As `Leaderboard` of src/judge/leaderboard/leaderboard.ts. */
export const leaderboardSchema = z
  .object({
    project: z.string(),
    kind,
    score: z.string(),
    direction: z.enum(["higher", "lower", "zero"]),
    test_set_digest: z.string(),
    level: z.number(),
    seed: z.int(),
    experiments: z
      .int()
      .openapi({ description: "On this test set with the score, those not judged included" }),
    rows: z.array(
      z.object({
        rank: z.int(),
        verdict: z.enum(["best", "tied with the best", "worse than the best", "not judged"]),
        prediction_id: z.string(),
        name: z.string().nullable(),
        model: z.string(),
        logged_at: z.string(),
        positive_label: z.string().nullable(),
        value: z.number(),
        interval: z.union([intervalSchema, z.null()]),
        difference: z.union([differenceSchema, z.null()]).openapi({ description: "To the best, which is a" }),
        p_corrected: z.number().nullable().openapi({ description: "By Holm" }),
        reason: z.string().nullable().openapi({ description: "Why it is not judged" }),
      }),
    ),
    correction: z.string(),
    luck: z.number().nullable(),
    note: z.string().nullable(),
    other_test_sets: z.array(
      z.object({
        test_set_digest: z.string(),
        kind,
        experiments: z.int(),
        best: z.object({ prediction_id: z.string(), value: z.number() }),
        reason: z.string(),
        shared_samples: z.int().nullable(),
      }),
    ),
    versions: z.object({ ml_tracking: z.string() }),
  })
  .openapi("Leaderboard", {
    description: "The experiments of a test set, ranked: as `ml-tracking leaderboard --json`",
  });
