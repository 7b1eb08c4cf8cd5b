import { z } from "@hono/zod-openapi";

import {
  bestCourseSchema,
  columnSchema,
  columnSummarySchema,
  completionSchema,
  distinctValueSchema,
  experimentsPageSchema,
  groupsSchema,
  projectSchema,
} from "../catalog/catalog-schema.js";
import { scoreNames } from "../scores/registry.js";

/**
 * The shapes of the JSON API: one source for the server, the OpenAPI document and the pages. Keys are
 * snake_case; what is missing is null.
 */

export const errorSchema = z
  .object({
    error: z.object({
      code: z.string().openapi({ example: "UNKNOWN_PROJECT" }),
      message: z.string(),
      /** For a filter: where it is wrong, in characters from 0. */
      details: z.looseObject({ offset: z.int().optional(), length: z.int().optional() }).nullable(),
    }),
  })
  .openapi("Error");

const failed = (description: string) => ({
  description,
  content: { "application/json": { schema: errorSchema } },
});
/** What every route may answer instead. */
export const errorAnswers = {
  400: failed("A bad request"),
  default: failed("Whatever else is refused or goes wrong; its code says what"),
};
export const notFoundAnswer = { 404: failed("There is no such thing") };
const notReadableAnswer = { 422: failed("The predictions cannot be read") };

/** What a route takes as its body. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { content: { "application/json": { schema } }, required: true };
}

/** The answers of a route of the catalog: a shape, or one of the failures. */
export function answers<Schema extends z.ZodType>(schema: Schema, description: string) {
  return {
    200: { description, content: { "application/json": { schema } } },
    ...errorAnswers,
    ...notFoundAnswer,
  };
}

/** The answers of a route that reads predictions, too. */
export function answersFromPredictions<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { ...answers(schema, description), ...notReadableAnswer };
}

const problemSchema = z
  .object({ path: z.string(), line: z.int(), reason: z.string() })
  .openapi("Problem", { description: "A line of a log that is no experiment and no run" });

export const statusSchema = z
  .object({
    version: z.string(),
    store: z.string(),
    experiments: z.int(),
    runs: z.int(),
    read_only: z.boolean().openapi({ description: "Nothing is written through this server" }),
    stale: z.boolean().openapi({ description: "The store cannot be read now; answers are from before" }),
    reason: z.string().nullable(),
    refreshed_at: z.string().nullable(),
    generation: z.int().openapi({ description: "Grows with every change of the store" }),
    problem_count: z.int(),
    problems: z.array(problemSchema).openapi({ description: "The first hundred" }),
  })
  .openapi("Status");

const score = z.enum([...scoreNames("classification"), ...scoreNames("regression")]);

export const projectsSchema = z
  .object({
    store: z.string(),
    projects: z.array(
      projectSchema.extend({
        mlflow_name: z.string().nullable().openapi({
          description: "What MLflow's clients call it; null where that is the project's name",
        }),
        best: z
          .object({
            prediction_id: z.string(),
            name: z.string().nullable(),
            title: z.string().openapi({ description: "As an experiment's title" }),
            model: z.string(),
            kind: z.enum(["classification", "regression"]),
            test_set_digest: z.string(),
            score,
            direction: z.enum(["higher", "lower", "zero"]),
            value: z.number(),
          })
          .nullable()
          .openapi({
            description:
              "By the primary score, on the test set that most experiments are of; null where none has it",
          }),
        course: bestCourseSchema.openapi({
          description:
            "How the best came about, the oldest first: 60 points at most, each better than before",
        }),
      }),
    ),
  })
  .openapi("Projects");

export const columnsSchema = z
  .object({ project: z.string(), columns: z.array(columnSummarySchema) })
  .openapi("Columns");

export const columnListSchema = z
  .object({ project: z.string(), columns: z.array(columnSchema) })
  .openapi("ColumnList");

export const experimentsSchema = experimentsPageSchema.extend({ project: z.string() }).openapi("Experiments");

export const foundExperimentsSchema = z
  .object({
    experiments: z.array(
      z.object({ prediction_id: z.string(), project: z.string(), title: z.string(), model: z.string() }),
    ),
  })
  .openapi("FoundExperiments");

export const groupsOfProjectSchema = groupsSchema.extend({ project: z.string() }).openapi("Groups");

export const valuesSchema = z
  .object({ column: z.string(), values: z.array(distinctValueSchema) })
  .openapi("Values");

export const completionsSchema = z.object({ completions: z.array(completionSchema) }).openapi("Completions");

const mapping = z.record(z.string(), z.unknown());

export const experimentSchema = z
  .object({
    prediction_id: z.string(),
    logged_at: z.string(),
    project: z.string(),
    name: z.string().nullable(),
    title: z
      .string()
      .openapi({ description: "What it is called: by its name, or by words made from its prediction id" }),
    model_in_short: z
      .string()
      .openapi({ description: "The model; a pipeline by its last step and those before it" }),
    kind: z.enum(["classification", "regression"]),
    model: z.string(),
    model_parameters: mapping,
    dataset_uri: z.string(),
    target_column: z.string(),
    test_set_size: z.int(),
    test_set_digest: z.string(),
    samples: z.int(),
    predictions: z.string(),
    scores: z.record(z.string(), z.number()),
    positive_label: z.string().nullable().openapi({
      description:
        "Of two classes, the one that precision, recall and f1 are about; null for more, and where the log does not say",
    }),
    extra_parameters: mapping,
    user: z.string().nullable(),
    host: z.string().nullable(),
    source: z.string().nullable(),
    git_commit: z.string().nullable(),
    git_dirty: z.boolean().nullable(),
    runtime: mapping,
    run_id: z
      .string()
      .nullable()
      .openapi({ description: "The run that it belongs to; nothing writes it yet" }),
    logged_name: z.string().nullable().openapi({ description: "Its name may have been changed since" }),
    note: z.string().nullable().openapi({ description: "Said of it afterwards, in Markdown" }),
    tags: z.array(z.string()),
    starred: z.boolean(),
    archived: z.boolean().openapi({ description: "Left out of rankings and of the usual table" }),
    rank: z
      .object({
        score,
        value: z.number(),
        rank: z.int().openapi({ description: "One more than the number of better values" }),
        of: z.int().openapi({ description: "How many of the project, kind and test set have the score" }),
      })
      .nullable()
      .openapi({
        description: "By the project's primary score; null where it has none, or is archived",
      }),
  })
  .openapi("Experiment");

export const scoresSchema = z
  .object({
    scores: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        kind: z.enum(["classification", "regression"]),
        needs_score: z.boolean(),
        headline: z.boolean().describe("Shown where there is room for few"),
        binary_only: z.boolean(),
        min: z.number().nullable().openapi({ description: "Least value; null where there is none" }),
        max: z.number().nullable(),
        direction: z.enum(["higher", "lower", "zero"]),
        best: z.number(),
        meaning: z.string(),
      }),
    ),
  })
  .openapi("Scores");
