import { z } from "zod";

import { primaryScoreSchema } from "../../annotations/annotation-schema.js";
import {
  differenceSchema,
  direction,
  intervalSchema,
  kind,
  level,
  marginSchema,
  sampleWeight,
  versions,
} from "../judge-schema.js";

/**
 * The ranking of a test set's experiments: types, `--json`, the API's check and its OpenAPI text follow from
 * this.
 */
export const leaderboardSchema = z
  .object({
    project: z.string(),
    kind,
    score: z.string().describe("What they are ranked by: the one asked for, or the primary score"),
    primary_score: primaryScoreSchema,
    direction,
    test_set_digest: z.string(),
    level,
    seed: z.int(),
    margin: z.number().nullable().describe("The margin that was asked for, in the score's unit"),
    experiments: z.int().describe("On this test set with the score, those not judged included"),
    rows: z
      .array(
        z.object({
          rank: z
            .int()
            .describe(
              "One more than the number of better values; of what is tied with the best, the best one's",
            ),
          verdict: z
            .enum(["best", "tied with the best", "worse than the best", "cannot be tested", "not judged"])
            .describe(
              "cannot be tested: the score is there, and reason says what keeps it from being judged",
            ),
          prediction_id: z.string(),
          name: z.string().nullable(),
          model: z.string(),
          logged_at: z.string().describe("ISO 8601, UTC"),
          positive_label: z
            .string()
            .nullable()
            .describe(
              "Of two classes, the one that precision, recall and f1 are about; null for more, and where the log does not say",
            ),
          sample_weight: sampleWeight,
          value: z.number(),
          interval: z.union([intervalSchema, z.null()]).describe("Null where the predictions cannot be read"),
          difference: z
            .union([differenceSchema, z.null()])
            .describe("To the best, which is a; with a margin at the level at which all pairs hold together"),
          p_corrected: z.number().nullable().describe("Of the difference, by Ryan; 0 to 1"),
          margin: z
            .union([marginSchema, z.null()])
            .describe("What the difference to the best says of the margin that was asked for"),
          reason: z.string().nullable().describe("Why it cannot be tested, or is not judged"),
        }),
      )
      .describe("Best first: as many as were judged"),
    tied: z
      .object({
        experiments: z.int().describe("How many are tied with the best, without it"),
        judged: z.int().describe("How many were compared with it"),
        difference: z
          .number()
          .nullable()
          .describe("The largest difference to the best among them; null where none is tied"),
        samples: z.int().nullable().describe("How many samples it is from"),
        samples_needed: z
          .object({ low: z.int(), high: z.int() })
          .nullable()
          .describe(
            "About how many would show that difference, were it true, four times of five, as one of all pairs",
          ),
        summary: z.string().describe("The same in words"),
      })
      .describe("What the samples do not tell from the best, and how many would"),
    correction: z.string().describe("What the p-values are corrected by"),
    luck: z
      .number()
      .nullable()
      .describe(
        "How far ahead of their mean the best of this many equally good ones would be by luck; null where that is unknown",
      ),
    note: z
      .string()
      .nullable()
      .describe("What to know before picking the first one; null for a few experiments"),
    other_test_sets: z
      .array(
        z.object({
          test_set_digest: z.string(),
          kind,
          experiments: z.int(),
          best: z.object({ prediction_id: z.string(), value: z.number() }),
          reason: z.string(),
          shared_samples: z
            .int()
            .nullable()
            .describe(
              "Samples its best has in common with the best here; null where not asked for, or unknown",
            ),
        }),
      )
      .describe("Cannot be ranked with these: the scores may differ only because the samples do"),
    versions,
  })
  .meta({
    id: "Leaderboard",
    description: "The experiments of a test set, ranked: as `ml-tracking leaderboard --json`",
  });

export type Leaderboard = z.infer<typeof leaderboardSchema>;
export type LeaderboardRow = Leaderboard["rows"][number];
export type OtherTestSet = Leaderboard["other_test_sets"][number];
