import { z } from "zod";

import { primaryScoreSchema } from "../annotations/annotation-schema.js";

/**
 * What the catalog answers: the one description, from which types, the API's check and its OpenAPI text
 * follow. Outside the server it is imported for its types only, so that nothing else loads zod.
 */

/** Times are ISO 8601 in UTC. A list among the parameters is its JSON text. Missing is null. */
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const count = z.int();
const finite = z.number().nullable();

export const projectSchema = z.object({
  project: z.string(),
  experiments: count,
  runs: count,
  running: count.describe("Of the runs, those that have not ended"),
  last_logged_at: z.string().nullable().describe("ISO 8601 in UTC"),
  last_activity_at: z
    .string()
    .nullable()
    .describe("When something was last logged, run, or said of the project or its experiments"),
  archived: count.describe("Of the experiments, those that are left out of rankings"),
  starred: count,
  users: z
    .array(z.string())
    .describe("Who logged, the last one first, then who else ran; the last 20 of each"),
  kinds: z.array(z.string()).describe("classification, regression or both"),
  primary_scores: z
    .array(primaryScoreSchema)
    .describe("What its experiments are ranked by, everywhere: one a kind that it has"),
});

/** How the best value came about. */
export const bestCourseSchema = z.array(
  z.object({ at: z.string().describe("ISO 8601 in UTC"), prediction_id: z.string(), value: z.number() }),
);

export const columnSchema = z
  .object({
    name: z
      .string()
      .describe("As it is, such as `params.learning rate`; mappings are flattened: `params.tree.depth`")
      .meta({ example: "params.max_depth" }),
    filter_name: z.string().describe('As it is written in a filter, such as `params."learning rate"`'),
    kind: z
      .enum([
        "fixed",
        "annotation",
        "score",
        "added",
        "parameter",
        "extra",
        "tag",
        "metric",
        "first",
        "min",
        "max",
      ])
      .describe(
        "fixed: every experiment or run has it; annotation: said of it afterwards; added: a score that the project has beside those of every project; parameter: of the model or the run; extra: an extra parameter; tag: of a run; metric, first, min, max: of a metric of a run its last value, and once it has ended its first, least and greatest one, a number or the text NaN, Infinity or -Infinity",
      ),
    type: z
      .enum(["number", "text", "boolean", "time", "mixed"])
      .describe("mixed: numbers in some rows, text or booleans in others"),
  })
  .meta({ id: "Column" });

export const columnSummarySchema = columnSchema
  .extend({
    count: count.describe("Experiments or runs that have a value here"),
    distinct: z
      .number()
      .describe("Different values: counted up to 20,000 rows or about 1,000 values, else estimated"),
    min: value.describe("Least value; of the numbers where a mixed column has some; null without a value"),
    max: value,
  })
  .meta({ id: "ColumnSummary" });

const pageSchema = z.object({
  columns: z.array(columnSchema),
  omitted_columns: count.describe("Columns that were left out because there are too many"),
  rows: z.array(z.array(value)).describe("One an experiment or run, values in the order of columns"),
  total: count.describe("Rows that match the filter, on all pages"),
  next: z.string().nullable().describe("The cursor of the next page; null on the last"),
});

export const experimentsPageSchema = pageSchema.extend({
  prediction_ids: z.array(z.string()).describe("Of the rows, whatever the columns"),
  titles: z
    .array(z.string())
    .describe(
      "What the experiments are called: by their names, those without one by words made from their ids",
    ),
  models: z
    .array(z.string())
    .describe("Their models in short: a pipeline by its last step and those before it"),
});

export const runsPageSchema = pageSchema.extend({
  run_ids: z.array(z.string()).describe("Of the rows, whatever the columns"),
  titles: z
    .array(z.string())
    .describe("What the runs are called: by their names, those without one by words made from their ids"),
});

const groupStatistics = z.object({
  count: count.describe("Rows with a number here; the others are left out below"),
  mean: finite,
  standard_deviation: finite.describe("Of a sample (n - 1); null below two numbers"),
  mean_interval: z
    .object({ low: z.number(), high: z.number() })
    .nullable()
    .describe("Student's t interval of the mean at 95 %; null below two numbers"),
  min: finite,
  max: finite,
  best: z
    .object({ value: z.number(), prediction_id: z.string() })
    .nullable()
    .describe("By the score's direction; null for a column that is no score"),
});

export const groupsSchema = z.object({
  by: z.array(columnSchema),
  values: z.array(columnSchema),
  total: count.describe("Number of groups, those beyond the limit included"),
  groups: z.array(
    z.object({
      key: z.array(value).describe("In the order of by"),
      count: count.describe("Experiments or runs in the group"),
      values: z.array(groupStatistics).describe("In the order of values"),
    }),
  ),
});

export const distinctValueSchema = z.object({ value, count });

export const completionSchema = z.object({
  kind: z.enum(["column", "operator", "keyword", "value"]),
  label: z.string().describe("What to show"),
  insert: z.string().describe("What to put in place of the text between from and to"),
  from: z.int(),
  to: z.int(),
});

export type BestCourse = z.infer<typeof bestCourseSchema>;
export type CatalogValue = z.infer<typeof value>;
export type CatalogProject = z.infer<typeof projectSchema>;
export type ColumnInfo = z.infer<typeof columnSchema>;
export type ColumnSummary = z.infer<typeof columnSummarySchema>;
export type ExperimentsPage = z.infer<typeof experimentsPageSchema>;
export type RunsPage = z.infer<typeof runsPageSchema>;
export type Groups = z.infer<typeof groupsSchema>;
export type GroupStatistics = z.infer<typeof groupStatistics>;
export type DistinctValue = z.infer<typeof distinctValueSchema>;
/** One thing that may stand at the cursor of a filter. */
export type Completion = z.infer<typeof completionSchema>;
