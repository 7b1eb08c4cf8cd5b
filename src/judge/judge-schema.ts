import { z } from "zod";

import { scoreNames } from "../scores/registry.js";

/**
 * What is said of one experiment's scores and of two experiments: the one description, from which types,
 * `--json`, the API's check and its OpenAPI text follow. Outside the server it is imported for its types
 * only, so that nothing else loads zod.
 */

const id = z.union([z.string(), z.number(), z.null()]);
export const verdict = z
  .enum(["better", "worse", "no evidence", "cannot be tested"])
  .describe("Of b, compared with a; cannot be tested where p is null, and reason says why");
export const bound = z.number().nullable().describe("In the score's unit; null where there is no interval");
export const level = z.number().describe("How sure intervals and verdicts are, 0.5 to below 1");
export const kind = z.enum(["classification", "regression"]);
export const direction = z.enum(["higher", "lower", "zero"]).describe("Where the better values are");
export const p = z.number().nullable().describe("Two-sided, 0 to 1; null where no test applies");
export const positiveLabel = z
  .string()
  .nullable()
  .describe("Of two classes, the one that precision, recall and f1 are about; null for more");
const seed = z.int().nullable().describe("Of what is drawn at random; null where nothing is");
const samples = z.int().describe("How many samples it is from");
const score = z.enum([...scoreNames("classification"), ...scoreNames("regression")]);
const noInterval = z.string().nullable().describe("Why there is no interval");
const defined = z.number().nullable().describe("Null where the score is undefined");
const method = z.string().nullable();
const count = z.int();
const numbers = z.array(z.number());
export const versions = z.object({ ml_tracking: z.string() });

export const intervalSchema = z
  .object({
    score,
    value: z.number(),
    n: samples,
    low: bound,
    high: bound,
    level,
    method,
    seed,
    reason: noInterval,
  })
  .meta({ id: "ScoreInterval" });

/** What is said of a score that a project has added: whose it is, and how it is computed. */
const addedFacts = {
  score: z.string().describe("The name that the project gave it"),
  definition: z.string().nullable().describe("Of the catalogue of definitions, such as sklearn:ks; or null"),
  expression: z.string().nullable().describe("Over the columns of the predictions; or null"),
  direction,
  n: samples,
  level,
  method,
  seed,
};

export const addedIntervalSchema = z
  .object({
    ...addedFacts,
    value: defined,
    low: bound,
    high: bound,
    reason: z.string().nullable().describe("Why there is no value, or no interval"),
  })
  .meta({ id: "AddedInterval" });

const addedDifferenceSchema = z
  .object({
    ...addedFacts,
    a: defined,
    b: defined,
    difference: z
      .number()
      .nullable()
      .describe("b - a; where the best is 0, how much farther b is from 0; null where either is undefined"),
    low: bound,
    high: bound,
    p,
    verdict,
    reason: z.string().nullable().describe("Why there is no value, or no interval and no test"),
  })
  .meta({ id: "AddedDifference" });

export const comparedSchema = z.object({
  prediction_id: z.string(),
  project: z.string(),
  name: z.string().nullable(),
  model: z.string(),
  samples: z.int(),
  test_set_digest: z.string(),
  positive_label: positiveLabel,
});

export const differenceSchema = z
  .object({
    score,
    a: defined,
    b: defined,
    difference: z
      .number()
      .nullable()
      .describe(
        "b - a; of mean_error, whose best is 0, how much farther b is from 0; null where either is undefined",
      ),
    low: bound,
    high: bound,
    level,
    p,
    method,
    n: samples,
    seed,
    direction,
    verdict,
    detectable: z
      .object({ difference: z.number(), low: z.number(), high: z.number() })
      .nullable()
      .describe(
        "The true difference that these samples would show four times of five; low and high, since their spread is an estimate",
      ),
    reason: z.string().nullable().describe("Why there is no interval, or no test"),
  })
  .meta({ id: "ScoreDifference" });

export const marginSchema = z
  .object({
    margin: z.number().describe("In the score's unit"),
    conclusion: z
      .enum(["superior", "equivalent", "non-inferior", "inferior", "inconclusive", "cannot be tested"])
      .describe(
        "superior: better by more than the margin; equivalent: within it either way; non-inferior: not worse by as much; inferior: worse by more",
      ),
    low: bound.describe(
      "Lower limit of b's gain: the interval of the difference, turned so that more is better",
    ),
    high: bound.describe("Upper limit of b's gain"),
    level,
    samples_needed: z
      .object({ low: count, high: count })
      .nullable()
      .describe("About how many samples would show a true difference of the margin four times of five"),
    summary: z.string().describe("The conclusion in words"),
    reason: z.string().nullable().describe("Why it cannot be tested"),
  })
  .meta({ id: "MarginConclusion" });

const agreement = z
  .object({
    both_right: count.nullable(),
    only_a_right: count.nullable(),
    only_b_right: count.nullable(),
    both_wrong: count.nullable(),
    a_nearer: count.nullable(),
    b_nearer: count.nullable(),
    equally_near: count.nullable(),
  })
  .describe("Sample by sample: of a classification who is right, of a regression whose prediction is nearer");

const nearer = z
  .object({
    a: z.number().describe("Share of the samples on which a is nearer"),
    b: z.number().describe("Share of the samples on which b is nearer"),
    difference: z.number().describe("b - a"),
    low: z.number(),
    high: z.number(),
    level,
    p: z.number().describe("Two-sided, 0 to 1"),
    method: z.string(),
    n: samples,
    verdict: verdict.describe("Better where b is nearer to the true value on more samples"),
  })
  .meta({ id: "NearerMoreOften" });

export const comparisonSchema = z
  .object({
    a: comparedSchema,
    b: comparedSchema,
    kind,
    n: z.int().describe("How many samples were compared"),
    same_test_set: z.boolean(),
    level,
    seed: z.int(),
    score: z.string().describe("The score that the verdict is about"),
    verdict: verdict.describe(
      "Of b, compared with a: as one of the pairs that were tried, where both are ranked together; else alone",
    ),
    summary: z.string().describe("The verdict in words"),
    alone: z
      .object({ p, verdict })
      .describe("What the pair by itself says, as if no other experiment had been tried"),
    as_one_of: z
      .object({
        experiments: z.int().describe("How many are ranked together on this test set"),
        pairs: z.int().describe("How many pairs there are of them: any of them could have been compared"),
        p_adjusted: z.number().nullable().describe("0 to 1; null where no test applies"),
        verdict,
        correction: z.string().describe("What p is corrected by"),
        summary: z.string().describe("What of the verdict alone is left, in words"),
      })
      .nullable()
      .describe(
        "The pair as one of those that were tried, as the leaderboard says it; null where it is alone",
      ),
    alone_because: z.string().nullable().describe("Why the pair was not judged as one of several"),
    effect: z.string().describe("On how many samples one is right, or nearer, where the other is not"),
    margin: z
      .union([marginSchema, z.null()])
      .describe("What the interval says of the margin that was asked for"),
    warnings: z.array(z.string()).describe("What may make all of this wrong"),
    agreement,
    nearer: z
      .union([nearer, z.null()])
      .describe(
        "Of a regression, whose prediction is nearer on more samples, whatever the size of the errors",
      ),
    scores: z.array(differenceSchema),
    added: z
      .array(addedDifferenceSchema)
      .describe("The scores that the project has added to those of every project"),
    versions,
  })
  .meta({
    id: "Comparison",
    description: "Whether experiment b is better than a: as `ml-tracking compare --json`",
  });

const churn = z.object({ both_right: count, only_a_right: count, only_b_right: count, both_wrong: count });

const errorPoints = z.object({
  form: z.literal("points"),
  x: numbers,
  y: numbers,
  row: z.array(z.int()).describe("Places in the first experiment's file, from 0"),
  sample_id: z.array(id),
});
const errorDensity = z.object({
  form: z.literal("density"),
  x_edges: numbers,
  y_edges: numbers,
  x_bin: z.array(z.int()),
  y_bin: z.array(z.int()),
  count: z.array(count),
});
const errorDecile = z.object({
  lower: z.number(),
  upper: z.number(),
  samples: count,
  a_nearer: count,
  b_nearer: count,
  equally_near: count,
  a: z.number().describe("Mean absolute error of a"),
  b: z.number().describe("Mean absolute error of b"),
});
const classDifference = z.object({
  kind: z.literal("classification"),
  n: samples,
  labels: z.array(z.string()),
  cells: z
    .array(z.object({ true: z.int(), predicted: z.int(), a: count, b: count }))
    .describe(
      "Of each pair of true and predicted label, as places in labels, how often either experiment has it",
    ),
  classes: z
    .array(z.object({ label: z.int(), samples: count, ...churn.shape }))
    .describe("By true label; only of those that occur"),
});
const errorDifference = z.object({
  kind: z.literal("regression"),
  n: samples,
  errors: z
    .discriminatedUnion("form", [errorPoints, errorDensity])
    .describe("Absolute errors in the unit of y_true: x of a, y of b"),
  greatest: z.number().describe("Greatest absolute error of either"),
  deciles: z.array(errorDecile).describe("By tenths of the true values"),
});

export const sampleDifferenceSchema = z
  .discriminatedUnion("kind", [classDifference, errorDifference])
  .meta({ id: "SampleDifference" });

export const differingSamplesSchema = z
  .object({
    total: count,
    offset: z.int(),
    rows: z.array(
      z.object({
        row: z.int().describe("Its place in the first experiment's file, from 0"),
        sample_id: id,
        y_true: z.union([z.string(), z.number()]),
        a: z.union([z.string(), z.number()]),
        b: z.union([z.string(), z.number()]),
      }),
    ),
  })
  .meta({ id: "DifferingSamples" });

export type Verdict = z.infer<typeof verdict>;
/** A score, and where it would lie on other samples. */
export type ScoreInterval = z.infer<typeof intervalSchema>;
/** A score of two experiments on the same samples. */
export type AddedInterval = z.infer<typeof addedIntervalSchema>;
export type AddedDifference = z.infer<typeof addedDifferenceSchema>;
export type ScoreDifference = z.infer<typeof differenceSchema>;
/** What the interval of a difference says of a margin. */
export type MarginConclusion = z.infer<typeof marginSchema>;
/** How the two fared sample by sample. */
export type Agreement = z.infer<typeof agreement>;
/** Whose predictions are nearer to the true values on more samples. */
export type NearerMoreOften = z.infer<typeof nearer>;
export type ComparedExperiment = z.infer<typeof comparedSchema>;
/**
 * Whether experiment b is better than experiment a, and what says so. The same here, in `--json` and in the
 * verdict file.
 */
export type Comparison = z.infer<typeof comparisonSchema>;
export type Churn = z.infer<typeof churn>;
export type ClassDifference = z.infer<typeof classDifference>;
export type ErrorDifference = z.infer<typeof errorDifference>;
export type ErrorPoints = z.infer<typeof errorPoints>;
export type ErrorDensity = z.infer<typeof errorDensity>;
export type ErrorDecileDifference = z.infer<typeof errorDecile>;
export type SampleDifference = z.infer<typeof sampleDifferenceSchema>;
export type DifferingSamples = z.infer<typeof differingSamplesSchema>;
