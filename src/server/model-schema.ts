import { z } from "@hono/zod-openapi";

import { stages } from "../mlflow/stages.js";
import { scoreNames } from "../scores/registry.js";
import { metricNumber } from "./run-schema.js";

/** The shapes of models: as in api-schema.ts, keys are snake_case and what is missing is null. */

const time = z.string().openapi({ description: "ISO 8601 in UTC" });
const texts = z.record(z.string(), z.string());
const number = z.int().openapi({ description: "Of a version, from 1" });

const registered = z.object({
  name: z.string(),
  description: z.string().openapi({ description: "Markdown; empty where nobody wrote one" }),
  tags: texts.openapi({ description: "Without that of the gate" }),
  aliases: z.array(z.object({ alias: z.string(), version: number })),
  gated_aliases: z.array(z.string()).openapi({
    description:
      "Aliases that go to no version whose experiment is shown to be worse; from its tag `ml_tracking.gate`",
  }),
  created_at: time,
  updated_at: time,
});

export const modelsSchema = z
  .object({
    models: z.array(
      registered.extend({
        versions: z.int().openapi({ description: "How many there are" }),
        newest: z.object({ version: number, created_at: time }).nullable(),
      }),
    ),
  })
  .openapi("Models");

const versionExperiment = z
  .object({
    prediction_id: z.string(),
    project: z.string(),
    title: z.string(),
    score: z
      .enum([...scoreNames("classification"), ...scoreNames("regression")])
      .openapi({ description: "The primary score of its project" }),
    value: z.number().nullable().openapi({ description: "Null where the score is undefined" }),
  })
  .openapi({
    description: "The newest of the version's run; its interval is at /api/experiments/{id}/intervals",
  });

const comparedWith = z
  .object({
    version: number,
    alias: z.string().nullable().openapi({ description: "By which it was chosen; null for the one before" }),
    prediction_id: z.string().nullable().openapi({ description: "Null where it has no experiment" }),
  })
  .openapi({
    description:
      "The version that has the alias `champion`, else the one before: /api/comparison says whether b, this version's experiment, is better than a, that one's",
  });

const versionSchema = z.object({
  version: number,
  aliases: z.array(z.string()),
  stage: z.enum(stages),
  description: z.string(),
  tags: texts,
  source: z.string().openapi({ description: "As it was registered, such as `models:/m-…`" }),
  model_id: z.string().nullable().openapi({ description: "Of the logged model" }),
  run: z
    .object({
      run_id: z.string(),
      project: z.string().nullable().openapi({ description: "Null where the store has no such run" }),
      title: z.string().nullable(),
    })
    .nullable()
    .openapi({ description: "The run that made it" }),
  experiment: versionExperiment.nullable(),
  compared_with: comparedWith
    .nullable()
    .openapi({ description: "Null of the champion, and of the first one" }),
  created_at: time,
  updated_at: time,
});

export const modelSchema = registered
  .extend({
    total: z.int().openapi({ description: "How many versions there are" }),
    offset: z.int().openapi({ description: "How many newer versions are passed over" }),
    versions: z.array(versionSchema).openapi({ description: "One page, the newest first" }),
  })
  .openapi("Model");

/** What is said of a model or of a version of it; what is not there stays as it is. */
const changes = z.strictObject({
  description: z.string().max(100_000).optional().openapi({ description: "Markdown; empty: none" }),
  add_tags: texts.optional().openapi({ description: "Values by name; takes the place of what a name had" }),
  remove_tags: z.array(z.string()).optional(),
});

export const changeVersionSchema = changes.openapi("ChangeModelVersion");

export const changeModelSchema = changes
  .extend({ gated_aliases: z.array(z.string()).optional().openapi({ description: "Empty: none is gated" }) })
  .openapi("ChangeModel");

export const setAliasSchema = z
  .strictObject({
    alias: z.string(),
    version: number.nullable().openapi({ description: "Which version has it from now on; null: none" }),
  })
  .openapi("SetAlias");

export const changedModelSchema = registered.openapi("ChangedModel");

const loggedModel = z.object({
  model_id: z.string(),
  project: z.string(),
  run_id: z.string().nullable().openapi({ description: "The run that made it" }),
  name: z.string(),
  type: z.string().nullable().openapi({ description: "Such as `sklearn`, as its client says" }),
  status: z.enum(["PENDING", "READY", "FAILED"]),
  parameters: texts,
  tags: texts,
  metrics: z
    .array(
      z.object({
        key: z.string(),
        value: metricNumber,
        step: z.int(),
        dataset: z.string().nullable(),
      }),
    )
    .openapi({ description: "The last value of each, on each data set" }),
  registered_as: z.array(z.object({ name: z.string(), version: number })),
  created_at: time,
  files: z
    .array(z.object({ path: z.string(), bytes: z.int(), modified_at: time }))
    .openapi({ description: "By path; none where they are kept elsewhere" }),
});

export const loggedModelSchema = loggedModel.openapi("LoggedModel");

export const runModelsSchema = z
  .object({ run_id: z.string(), models: z.array(loggedModelSchema) })
  .openapi("RunModels");

export const mlflowExperimentSchema = z
  .object({ experiment_id: z.string(), name: z.string(), project: z.string() })
  .openapi("MlflowExperiment", { description: "What MLflow's clients call a project" });
