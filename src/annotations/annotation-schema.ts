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

/** What may be said of experiments; what is not there stays as it is. */
export const annotationsSchema = z
  .strictObject({
    prediction_ids: z.array(z.string()).min(1).max(10_000),
    project: z.string().optional().describe("Where they are; by default every project is looked through"),
    name: z.string().optional().describe("What they are called from now on; empty: what they were logged as"),
    note: z.string().optional().describe("Markdown; empty: none"),
    add_tags: z.array(z.string()).optional(),
    remove_tags: z.array(z.string()).optional(),
    starred: z.boolean().optional(),
    archived: z.boolean().optional().describe("Left out of rankings and of the usual table"),
    deleted: z.boolean().optional().describe("True: into the trash; false: out of it"),
  })
  .meta({ id: "Annotations" });

export const annotatedSchema = z
  .object({
    experiments: z.array(
      z.object({
        prediction_id: z.string(),
        project: z.string(),
        name: z.string().nullable(),
        logged_name: z.string().nullable(),
        note: z.string().nullable(),
        tags: z.array(z.string()),
        starred: z.boolean(),
        archived: z.boolean(),
        deleted: z.boolean(),
      }),
    ),
  })
  .meta({ id: "Annotated", description: "All that holds of the experiments now" });

export const trashSchema = z
  .object({
    total: z.int().describe("Experiments in the trash, those beyond the limit included"),
    bytes: z.int().describe("Of the predictions of those that are listed"),
    runs: z
      .array(
        z.object({
          run_id: z.string(),
          project: z.string(),
          title: z.string().describe("What it is called: by its name, or by words made from its run id"),
          deleted_by: z.string(),
          deleted_at: z.string().describe("ISO 8601 in UTC"),
        }),
      )
      .describe("All runs in the trash, the last deleted first"),
    experiments: z
      .array(
        z.object({
          prediction_id: z.string(),
          project: z.string(),
          name: z.string().nullable(),
          title: z
            .string()
            .describe("What it is called: by its name, or by words made from its prediction id"),
          kind: z.enum(["classification", "regression"]),
          model: z.string(),
          logged_at: z.string(),
          deleted_by: z.string(),
          deleted_at: z.string().describe("ISO 8601 in UTC"),
          bytes: z.int().describe("Of its predictions"),
        }),
      )
      .describe("The last deleted first"),
  })
  .meta({ id: "Trash" });

export const purgeSchema = z
  .strictObject({
    prediction_ids: z
      .array(z.string())
      .min(1)
      .optional()
      .describe("Left out: everything in the trash, runs too"),
    project: z.string().optional(),
  })
  .meta({ id: "Purge" });

export const purgedSchema = z
  .object({
    purged: z.array(z.object({ prediction_id: z.string(), project: z.string(), bytes: z.int() })),
    runs: z.array(z.object({ run_id: z.string(), project: z.string(), bytes: z.int() })),
    bytes: z.int(),
  })
  .meta({ id: "Purged" });

export const deleteRunsSchema = z
  .strictObject({
    run_ids: z.array(z.string()).min(1).max(10_000),
    project: z.string().optional().describe("Where they are; by default every project is looked through"),
    deleted: z.boolean().describe("True: into the trash; false: out of it"),
  })
  .meta({ id: "DeleteRuns" });

export const deletedRunsSchema = z
  .object({ runs: z.array(z.object({ run_id: z.string(), project: z.string(), deleted: z.boolean() })) })
  .meta({ id: "DeletedRuns" });

export const tagsSchema = z
  .object({
    tags: z
      .array(z.object({ tag: z.string(), experiments: z.int() }))
      .describe("Those that most experiments have first"),
  })
  .meta({ id: "Tags" });

export const setPrimaryScoreSchema = z
  .strictObject({
    score: z.string().nullable().describe("A score, for its kind; null: the usual scores of both kinds"),
  })
  .meta({ id: "SetPrimaryScore" });

export const primaryScoresSchema = z
  .object({ primary_scores: z.array(primaryScoreSchema) })
  .meta({ id: "PrimaryScores" });

const viewState = z.record(z.string(), z.unknown());

export const viewSchema = z
  .object({
    name: z.string(),
    state: viewState.describe("As it was saved: columns, filter, sort, group"),
    author: z.string().describe("Who saved it last"),
    written_at: z.string().describe("When, ISO 8601 in UTC"),
  })
  .meta({ id: "View", description: "A table's state under a name" });

export const viewsSchema = z
  .object({
    project: z.string(),
    views: z.array(viewSchema).describe("By name"),
    default_view: z.string().nullable().describe("The view that the project opens with"),
  })
  .meta({ id: "Views" });

export const saveViewSchema = z
  .strictObject({
    name: z.string(),
    state: viewState.nullable().describe("null removes the view"),
  })
  .meta({ id: "SaveView" });

export const defaultViewSchema = z
  .strictObject({ name: z.string().nullable().describe("null: none") })
  .meta({ id: "DefaultView" });

export type PrimaryScore = z.infer<typeof primaryScoreSchema>;
export type Annotated = z.infer<typeof annotatedSchema>;
export type Trash = z.infer<typeof trashSchema>;
export type View = z.infer<typeof viewSchema>;
export type Views = z.infer<typeof viewsSchema>;
