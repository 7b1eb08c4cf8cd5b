import { z } from "zod";

/** What is said of a number: types, `--json`, the API's check and its OpenAPI text follow from this. */

export const certainties = ["certain", "likely", "possible", "none"] as const;

const found = z.object({
  definition: z.string().describe("Its id in the catalogue, such as `xgboost:aucpr`"),
  library: z.string(),
  version: z.string().describe("Of the library that it was compared with"),
  call: z.string().describe("What gives the number there"),
  formula: z.string().describe("How it is computed, in words"),
  value: z.number().describe("What it gives for these predictions"),
});

export const explanationSchema = z
  .object({
    prediction_id: z.string(),
    project: z.string(),
    name: z.string().nullable(),
    kind: z.enum(["classification", "regression"]),
    n: z.int().describe("Samples"),
    positive_label: z.string().nullable().describe("Of two classes, the positive one; null for more"),
    given: z.string().describe("The number as it was given, with its digits"),
    asked_name: z.string().nullable(),
    asked_library: z.string().nullable(),
    certainty: z
      .enum(certainties)
      .describe("How seldom a number of no definition would fit so well: `certain`: at most 1 in 200"),
    summary: z.string(),
    matches: z.array(found).describe("Definitions that give the number"),
    accidents: z
      .array(found.extend({ what: z.string().describe("What went otherwise than it was meant") }))
      .describe("Definitions that give it by a common accident"),
    nearest: z
      .array(found.extend({ distance: z.number().describe("From the given number") }))
      .describe("Where no definition gives it, those that come nearest"),
    ours: z
      .array(z.object({ score: z.string(), value: z.number().nullable() }))
      .describe("Scores of ours of that name; null where it is undefined"),
    tried: z.int().describe("Definitions that were computed"),
    versions: z.object({ ml_tracking: z.string() }),
  })
  .meta({ id: "ScoreExplanation" });

export const metricsCheckSchema = z
  .object({
    prediction_id: z.string(),
    project: z.string(),
    run_id: z.string(),
    metrics: z
      .array(
        z.object({
          name: z.string(),
          value: z.string().describe("As the run has it, with three decimals at least"),
          verdict: z
            .enum(["matches", "another definition", "cannot be had"])
            .describe("What the predictions say to it"),
          definition: z.string().nullable().describe("The id of the definition that gives it"),
          summary: z.string(),
        }),
      )
      .describe("The run's last values of metrics that go by a known name and are not of training data"),
    summary: z.string(),
  })
  .meta({ id: "MetricsCheck" });

export type MetricsCheck = z.infer<typeof metricsCheckSchema>;
export type ScoreExplanation = z.infer<typeof explanationSchema>;
