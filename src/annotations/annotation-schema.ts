import { z } from "zod";

import { scoreNames } from "../scores/registry.js";

/**
 * What was said of experiments and projects afterwards, as it is answered: types, `--json`, the API's check and
 * its OpenAPI text follow from this. Outside the server it is imported for its types only.
 */

export const primaryScoreSchema = z
  .object({
    kind: z.enum(["classification", "regression"]),
    score: z.enum([...scoreNames("classification"), ...scoreNames("regression")]),
    source: z
      .enum(["set for the project", "usual"])
      .describe("usual: f1_macro, or root_mean_squared_error, since nobody set another one"),
    author: z.string().nullable().describe("Who set it; null where nobody did"),
    written_at: z.string().nullable().describe("When, ISO 8601 in UTC"),
  })
  .meta({ id: "PrimaryScore", description: "What a project's experiments of one kind are ranked by" });

export type PrimaryScore = z.infer<typeof primaryScoreSchema>;
