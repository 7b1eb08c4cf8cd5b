import { z } from "zod";

import { sliceConditionSchema } from "../../predictions/slice-condition-schema.js";
import {
  bound,
  comparedSchema,
  differenceSchema,
  intervalSchema,
  kind,
  level,
  p,
  positiveLabel,
  verdict,
  versions,
} from "../judge-schema.js";

/** What is said of slices: types, `--json`, the API's check and its OpenAPI text follow from this. */

const conditions = z.array(sliceConditionSchema);
const text = z.string().describe("The conditions in words");
const corrected = z.number().nullable().describe("Corrected for all that were tried; 0 to 1");
const summary = z.string().describe("The verdict as a sentence");

/** What both kinds of report say of how they were made. */
const made = {
  kind,
  score: intervalSchema.shape.score,
  n: z.int(),
  by: z.string().nullable().describe("The column that divides the samples; null: all were searched"),
  level,
  seed: z.int(),
  correction: z.enum(["holm", "bh"]),
  tried: z.int().describe("How many slices were tested: what p_corrected is corrected for"),
  significant: z.int().describe("How many of those differ"),
  min_size: z.int().describe("In samples"),
  bins: z.int(),
  columns: z.array(
    z.object({
      name: z.string(),
      groups: z.int(),
      distinct: z.int().nullable().describe("How many distinct values it has, where they are groups by name"),
      note: z.string().nullable().describe("Why none of its groups was tried"),
    }),
  ),
  versions,
};

export const sliceReportSchema = z
  .object({
    prediction_id: z.string(),
    project: z.string(),
    name: z.string().nullable(),
    positive_label: positiveLabel,
    ...made,
    overall: intervalSchema,
    slices: z.array(
      z.object({
        conditions,
        text,
        n: z.int(),
        slice: intervalSchema,
        rest: z
          .union([intervalSchema, z.null()])
          .describe("Of all other samples; null where there are none, or the score is undefined there"),
        difference: z
          .object({
            value: z.number().describe("The slice's score less that of the rest"),
            low: bound,
            high: bound,
            level,
            p,
            p_corrected: corrected,
            method: z.string().nullable(),
            seed: z.int().nullable(),
            reason: z.string().nullable(),
          })
          .nullable(),
        verdict: verdict.describe("Of the model on the slice, compared with the rest, by the corrected p"),
        summary,
      }),
    ),
  })
  .meta({ id: "SliceReport", description: "As `ml-tracking slices ID --json`" });

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
        text,
        n: z.int(),
        difference: differenceSchema,
        p_corrected: corrected,
        verdict,
        summary,
      }),
    ),
  })
  .meta({ id: "SliceComparison", description: "As `ml-tracking slices A B --json`" });

/** The slices of one experiment: those that were found, or those of one column. */
export type SliceReport = z.infer<typeof sliceReportSchema>;
/** Samples that have something in common, and how the model does on them. */
export type SliceScore = SliceReport["slices"][number];
export type SliceDifference = NonNullable<SliceScore["difference"]>;
export type SliceColumnSummary = SliceReport["columns"][number];
/** The same slices of two experiments on the same samples. */
export type SliceComparison = z.infer<typeof sliceComparisonSchema>;
/** A score of two experiments on the samples of one slice. */
export type SlicePair = SliceComparison["slices"][number];
