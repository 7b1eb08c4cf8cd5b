import { z } from "@hono/zod-openapi";

import { scoreNames } from "../scores/registry.js";

const id = z.union([z.string(), z.number(), z.null()]);
const verdict = z.enum(["better", "worse", "no evidence"]);
const bound = z.number().nullable();

export const intervalSchema = z
  .object({
    score: z.string(),
    value: z.number(),
    n: z.int(),
    low: bound,
    high: bound,
    level: z.number(),
    method: z.string().nullable(),
    seed: z.int().nullable(),
    reason: z.string().nullable().openapi({ description: "Why there is no interval" }),
  })
  .openapi("ScoreInterval");

export const intervalsSchema = z
  .object({ prediction_id: z.string(), scores: z.array(intervalSchema) })
  .openapi("ScoreIntervals");

export const comparedSchema = z.object({
  prediction_id: z.string(),
  project: z.string(),
  name: z.string().nullable(),
  model: z.string(),
  samples: z.int(),
  test_set_digest: z.string(),
  positive_label: z.string().nullable(),
});

export const differenceSchema = z
  .object({
    score: z.string(),
    a: z.number(),
    b: z.number(),
    difference: z.number(),
    low: bound,
    high: bound,
    level: z.number(),
    p: bound,
    method: z.string().nullable(),
    n: z.int(),
    seed: z.int().nullable(),
    direction: z.enum(["higher", "lower", "zero"]),
    verdict,
    samples_needed: z.number().nullable(),
    reason: z.string().nullable(),
  })
  .openapi("ScoreDifference");

export const comparisonSchema = z
  .object({
    a: comparedSchema,
    b: comparedSchema,
    kind: z.enum(["classification", "regression"]),
    n: z.int(),
    same_test_set: z.boolean(),
    level: z.number(),
    seed: z.int(),
    score: z.string(),
    verdict,
    summary: z.string().openapi({ description: "The verdict in words" }),
    effect: z.string(),
    agreement: z.object({
      both_right: z.int().nullable(),
      only_a_right: z.int().nullable(),
      only_b_right: z.int().nullable(),
      both_wrong: z.int().nullable(),
      a_nearer: z.int().nullable(),
      b_nearer: z.int().nullable(),
      equally_near: z.int().nullable(),
    }),
    scores: z.array(differenceSchema),
    versions: z.object({ ml_tracking: z.string() }),
  })
  .openapi("Comparison", {
    description: "Whether experiment b is better than a: as `ml-tracking compare --json`",
  });

const churn = {
  both_right: z.int(),
  only_a_right: z.int(),
  only_b_right: z.int(),
  both_wrong: z.int(),
};
const numbers = z.array(z.number());

export const sampleDifferenceSchema = z
  .discriminatedUnion("kind", [
    z.object({
      kind: z.literal("classification"),
      n: z.int(),
      labels: z.array(z.string()),
      cells: z.array(z.object({ true: z.int(), predicted: z.int(), a: z.int(), b: z.int() })),
      classes: z.array(z.object({ label: z.int(), samples: z.int(), ...churn })),
    }),
    z.object({
      kind: z.literal("regression"),
      n: z.int(),
      errors: z.discriminatedUnion("form", [
        z.object({
          form: z.literal("points"),
          x: numbers,
          y: numbers,
          row: z.array(z.int()),
          sample_id: z.array(id),
        }),
        z.object({
          form: z.literal("density"),
          x_edges: numbers,
          y_edges: numbers,
          x_bin: z.array(z.int()),
          y_bin: z.array(z.int()),
          count: z.array(z.int()),
        }),
      ]),
      greatest: z.number(),
      deciles: z.array(
        z.object({
          lower: z.number(),
          upper: z.number(),
          samples: z.int(),
          a_nearer: z.int(),
          b_nearer: z.int(),
          equally_near: z.int(),
          a: z.number(),
          b: z.number(),
        }),
      ),
    }),
  ])
  .openapi("SampleDifference");

export const differingSamplesSchema = z
  .object({
    total: z.int(),
    offset: z.int(),
    rows: z.array(
      z.object({
        row: z.int(),
        sample_id: id,
        y_true: z.union([z.string(), z.number()]),
        a: z.union([z.string(), z.number()]),
        b: z.union([z.string(), z.number()]),
      }),
    ),
  })
  .openapi("DifferingSamples");

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
