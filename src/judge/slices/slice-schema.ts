import { z } from "@hono/zod-openapi";

import { comparedSchema, differenceSchema, intervalSchema } from "./judge-schema.js";

const bound = z.number().nullable();
const verdict = z.enum(["better", "worse", "no evidence"]);

export const sliceConditionSchema = z
  .discriminatedUnion("type", [
    z.strictObject({
      column: z.string(),
      type: z.literal("value"),
      value: z.union([z.string(), z.number(), z.boolean()]),
    }),
    z.strictObject({ column: z.string(), type: z.literal("range"), lower: bound, upper: bound }),
    z.strictObject({ column: z.string(), type: z.literal("missing") }),
    z.strictObject({ column: z.string(), type: z.literal("other"), values: z.int() }),
  ])
  .openapi("SliceCondition", {
    description:
      "What the samples of a slice have in common: a value, lower < value <= upper, or no value at all",
  });

const conditions = z.array(sliceConditionSchema);

/** What both kinds of report say of how they were made. */
const made = {
  kind: z.enum(["classification", "regression"]),
  score: z.string(),
  n: z.int(),
  by: z
    .string()
    .nullable()
    .openapi({ description: "The column that divides the samples; null: all were searched" }),
  level: z.number(),
  seed: z.int(),
  correction: z.enum(["holm", "bh"]),
  tried: z.int().openapi({ description: "How many slices were tested: what p_corrected is corrected for" }),
  significant: z.int(),
  min_size: z.int(),
  bins: z.int(),
  columns: z.array(
    z.object({
      name: z.string(),
      groups: z.int(),
      distinct: z.int().nullable(),
      note: z.string().nullable(),
    }),
  ),
  versions: z.object({ ml_tracking: z.string() }),
};

export const sliceReportSchema = z
  .object({
    prediction_id: z.string(),
    project: z.string(),
    name: z.string().nullable(),
    positive_label: z.string().nullable(),
    ...made,
    overall: intervalSchema,
    slices: z.array(
      z.object({
        conditions,
        text: z.string(),
        n: z.int(),
        slice: intervalSchema,
        rest: intervalSchema.nullable(),
        difference: z
          .object({
            value: z.number(),
            low: bound,
            high: bound,
            level: z.number(),
            p: bound,
            p_corrected: bound,
            method: z.string().nullable(),
            seed: z.int().nullable(),
            reason: z.string().nullable(),
          })
          .nullable(),
        verdict,
        summary: z.string(),
      }),
    ),
  })
  .openapi("SliceReport", { description: "As `ml-tracking slices ID --json`" });

export const sliceComparisonSchema = z
  .object({
    a: comparedSchema,
    b: comparedSchema,
    same_test_set: z.boolean(),
    ...made,
    overall: differenceSchema,
    slices: z.array(
      z.object({
        conditions,
        text: z.string(),
        n: z.int(),
        difference: differenceSchema,
        p_corrected: bound,
        verdict,
        summary: z.string(),
      }),
    ),
  })
  .openapi("SliceComparison", { description: "As `ml-tracking slices A B --json`" });
