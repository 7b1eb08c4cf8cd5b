import { z } from "zod";

import { bound, direction, kind, level, p, verdict, versions } from "../judge-schema.js";

/** What is said of models that were each trained or evaluated several times. Imported for its types only. */

const spread = z.number().nullable();

export const runsDifferenceSchema = z
  .object({
    model: z.int().describe("Its place in models, from 1; compared with the first"),
    difference: z
      .number()
      .describe("Of the means, in the score's unit; of mean_error how much farther from 0"),
    low: bound,
    high: bound,
    p,
    p_corrected: p.describe("By Holm, for as many models as were compared with the first"),
    verdict,
    method: z.string().nullable(),
    error_of_samples: spread.describe(
      "Standard error that other samples make; null where it is not told apart",
    ),
    error_of_runs: spread.describe("Standard error that other runs make, such as other seeds"),
    reason: z.string().nullable().describe("Why there is no interval, or no test"),
  })
  .meta({ id: "RunsDifference" });

export const rankingSchema = z
  .object({
    chi_square: z.number().describe("Friedman's, corrected for ties"),
    p: z.number().describe("Of all models being equally good"),
    mean_ranks: z.array(z.number()).describe("Of each model, 1 being the best"),
    critical_difference: z.number().describe("Mean ranks at least this far apart differ (Nemenyi)"),
    groups: z.array(z.array(z.int())).describe("Models that are not told apart, the best first"),
  })
  .meta({ id: "ModelRanking" });

export const runsComparisonSchema = z
  .object({
    design: z
      .enum(["seeds", "folds", "test sets"])
      .describe("seeds: one test set; folds: parts of one data set; test sets: several data sets"),
    design_reason: z.string().describe("What said so"),
    kind,
    score: z.string(),
    direction,
    level,
    models: z.array(
      z.object({
        model: z.string(),
        prediction_ids: z.array(z.string()),
        mean: z.number().describe("Of the score, over the runs, or over the test sets"),
        standard_deviation: z.number().describe("Likewise"),
      }),
    ),
    test_sets: z.array(
      z.object({
        test_set_digest: z.string(),
        dataset_uri: z.string(),
        samples: z.int(),
        values: z.array(z.number()).describe("Of each model, the mean of its runs here"),
      }),
    ),
    differences: z.array(runsDifferenceSchema),
    ranking: z.union([rankingSchema, z.null()]).describe("Of three models and more on several test sets"),
    summary: z.string().describe("The verdicts in words"),
    versions,
  })
  .meta({ id: "RunsComparison" });

export type RunsDesign = RunsComparison["design"];
export type RunsDifference = z.infer<typeof runsDifferenceSchema>;
export type ModelRanking = z.infer<typeof rankingSchema>;
/** Whether models are better than the first, each by several runs. */
export type RunsComparison = z.infer<typeof runsComparisonSchema>;
