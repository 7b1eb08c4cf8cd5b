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

const addedScoreFacts = z.object({
  name: z.string(),
  kind: z.enum(["classification", "regression"]),
  direction: z.enum(["higher", "lower", "zero"]),
  definition: z.string().nullable().describe("An id of the catalogue of definitions, such as `sklearn:ks`"),
  expression: z.string().nullable().describe("In place of a definition"),
});

export const addedScoreSchema = addedScoreFacts
  .extend({
    author: z.string().describe("Who added it, or changed it last"),
    written_at: z.string().describe("When, ISO 8601 in UTC"),
  })
  .meta({ id: "AddedScore", description: "A score that a project has beside those of every project" });

export const addedScoresSchema = z
  .object({
    project: z.string(),
    added_scores: z
      .array(
        addedScoreSchema.extend({
          missing: z.int().describe("Experiments of its kind whose value has not been computed yet"),
        }),
      )
      .describe("By name"),
  })
  .meta({ id: "AddedScores" });

/** What somebody says of a score; a definition has a kind and a direction of its own. */
export const givenScoreSchema = z.strictObject({
  name: z.string(),
  definition: z.string().optional().describe("An id of the catalogue of definitions; or give an expression"),
  expression: z.string().optional(),
  kind: z
    .enum(["classification", "regression"])
    .optional()
    .describe("Of an expression; by default the project's only kind"),
  direction: z.enum(["higher", "lower", "zero"]).optional().describe("Of an expression"),
});

export const changeAddedScoreSchema = givenScoreSchema
  .extend({ removed: z.boolean().optional().describe("True: the project has this score no longer") })
  .meta({ id: "ChangeAddedScore" });

export const addedValueSchema = z
  .object({
    score: addedScoreFacts,
    prediction_id: z
      .string()
      .nullable()
      .describe("The newest experiment of its kind; null where there is none"),
    title: z.string().nullable().describe("What that is called"),
    value: z.number().nullable(),
    why: z.string().nullable().describe("Without a value the reason"),
  })
  .meta({ id: "AddedValue", description: "What a score is for a project's newest experiment" });

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
export type AddedScoreAnswer = z.infer<typeof addedScoreSchema>;
export type AddedValueAnswer = z.infer<typeof addedValueSchema>;
export type Annotated = z.infer<typeof annotatedSchema>;
export type Trash = z.infer<typeof trashSchema>;
export type View = z.infer<typeof viewSchema>;
export type Views = z.infer<typeof viewsSchema>;
