import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { explanationSchema } from "../definitions/explanation-schema.js";
import { given } from "../experiment/given.js";
import { comparedScore } from "../jobs/compared-score.js";
import { addedScoresOf } from "../jobs/project-added-scores.js";
import { agreements, nearers, type OpenInterval } from "../judge/differing-samples.js";
import { comparisonSchema, differingSamplesSchema, sampleDifferenceSchema } from "../judge/judge-schema.js";
import type { Judging } from "../judge/thread/judging-thread.js";
import type { JudgedFile } from "../judge/thread/tasks.js";
import { answersFromPredictions } from "./api-schema.js";
import { asRanked } from "./as-ranked.js";
import { anyScore, intervalsSchema, sharedSamplesSchema } from "./judge-schema.js";
import { type JudgeRoutesOptions, judgedFiles } from "./judged-files.js";
import { listOf, numberText, wholeNumberText } from "./query-parameters.js";

const settings = z.strictObject({
  level: numberText.optional().openapi({ description: "Of the intervals; 0.95 by default" }),
  seed: wholeNumberText.optional(),
});
const explained = z.strictObject({
  value: z.string().openapi({ description: "The number, with all digits that are known; 88.05% is 0.8805" }),
  name: z
    .string()
    .optional()
    .openapi({ description: "What it is called where it comes from: aucpr, val_f1" }),
  library: z.string().optional().openapi({ description: "The library that gave it: xgboost" }),
});
const pair = z.strictObject({
  a: z.string().openapi({ description: "A prediction id" }),
  b: z.string().openapi({ description: "The prediction id that is compared with it" }),
  shared: z
    .enum(["true", "false"])
    .optional()
    .openapi({ description: "Compare experiments of different test sets on the samples that both have" }),
});
const margin = numberText.optional().openapi({
  description:
    "A difference that matters, in the score's unit: is b superior by it, equivalent or non-inferior within it?",
});
const alone = z
  .enum(["true", "false"])
  .optional()
  .openapi({ description: "Judge the pair by itself, as if no other experiment had been tried" });
/** What a comparison is asked for with. */
export const comparisonSettings = pair.extend({
  ...settings.shape,
  score: anyScore.optional(),
  margin,
  alone,
});
const intervals = ["y_true", "error_a", "error_b"] as const;
const bounds = intervals.flatMap((name) => [`${name}_min`, `${name}_max`] as const);
const differingQuery = pair.extend({
  agreement: z.enum(agreements).optional(),
  true_label: z.string().optional(),
  a_label: z.string().optional(),
  b_label: z.string().optional(),
  nearer: z.enum(nearers).optional(),
  ...Object.fromEntries(bounds.map((name) => [name, numberText.optional()])),
  open: z
    .union([z.enum(bounds), z.array(z.enum(bounds))])
    .optional()
    .openapi({ description: "Bounds that are not included, such as `error_a_max`; repeat it" }),
  limit: wholeNumberText.optional(),
  offset: wholeNumberText.optional(),
});

/** Finds two experiments by their ids. */
type PairOf = (a: string, b: string, signal: AbortSignal) => Promise<[JudgedFile, JudgedFile]>;

/** How sure the scores of an experiment are, and how two experiments differ. */
export function addJudgeRoutes(app: OpenAPIHono, sources: JudgeRoutesOptions): void {
  const { catalog, plots, judging } = sources;
  const fileOf = judgedFiles(catalog, plots);
  const pairOf: PairOf = async (a, b, signal) => [await fileOf(a, signal), await fileOf(b, signal)];

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/experiments/{id}/intervals",
      request: { params: z.object({ id: z.string() }), query: settings },
      responses: answersFromPredictions(
        intervalsSchema,
        "The experiment's scores, and where they would lie on other samples",
      ),
    }),
    async (context) => {
      const { id } = context.req.valid("param");
      const { signal } = context.req.raw;
      const file = await fileOf(id, signal);
      const asked = given(context.req.valid("query"));
      const scores = await judging.run("intervals", [file], asked, signal);
      const ofProject = addedScoresOf(await catalog.annotations(file.record.project));
      const added =
        ofProject.length === 0
          ? []
          : await judging.run("addedIntervals", [file], { ...asked, added: ofProject }, signal);
      return context.json({ prediction_id: id, scores, added }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/experiments/{id}/explanation",
      request: { params: z.object({ id: z.string() }), query: explained },
      responses: answersFromPredictions(
        explanationSchema,
        "Which definitions of which libraries give a number for the experiment's predictions",
      ),
    }),
    async (context) => {
      const { signal } = context.req.raw;
      const file = await fileOf(context.req.valid("param").id, signal);
      const found = await judging.run("explanation", [file], context.req.valid("query"), signal);
      return context.json(found, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/comparison",
      request: { query: comparisonSettings },
      responses: answersFromPredictions(comparisonSchema, "Whether b is better than a, score by score"),
    }),
    async (context) => {
      const { a, b, shared, alone: aloneAsked, ...query } = context.req.valid("query");
      const { signal } = context.req.raw;
      const files = await pairOf(a, b, signal);
      const records = files.map(({ record }) => record);
      const annotations = await catalog.annotations(records[0]!.project);
      const score = query.score ?? comparedScore(records, annotations);
      const added = addedScoresOf(annotations);
      const options = { ...given({ ...query, onSharedSamples: shared === "true" }), score, added };
      const found = await judging.run("comparison", files, options, signal);
      const pairRecords = [
        await catalog.experiment(a, { signal }),
        await catalog.experiment(b, { signal }),
      ] as const;
      const ranked = { ...query, score, alone: aloneAsked };
      return context.json(await asRanked(found, pairRecords, ranked, sources, signal), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/comparison/shared",
      request: { query: pair.omit({ shared: true }) },
      responses: answersFromPredictions(
        sharedSamplesSchema,
        "How many samples the two have in common, by their ids",
      ),
    }),
    async (context) => {
      const { a, b } = context.req.valid("query");
      const { signal } = context.req.raw;
      const files = await pairOf(a, b, signal);
      return context.json(
        { shared_samples: await judging.run("sharedSamples", files, undefined, signal) },
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/comparison/difference",
      request: { query: pair },
      responses: answersFromPredictions(
        sampleDifferenceSchema,
        "Where the two agree and where not, sample by sample",
      ),
    }),
    async (context) => {
      const { a, b, shared } = context.req.valid("query");
      const { signal } = context.req.raw;
      const files = await pairOf(a, b, signal);
      const options = { onSharedSamples: shared === "true" };
      return context.json(await judging.run("sampleDifference", files, options, signal), 200);
    },
  );

  addDifferingSamplesRoute(app, judging, pairOf);
}

/** The samples behind a number of a comparison. */
function addDifferingSamplesRoute(app: OpenAPIHono, judging: Judging, pairOf: PairOf): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/comparison/samples",
      request: { query: differingQuery },
      responses: answersFromPredictions(
        differingSamplesSchema,
        "Samples behind a number of the comparison, page by page",
      ),
    }),
    async (context) => {
      const query = context.req.valid("query");
      const { a, b, shared } = query;
      const { signal } = context.req.raw;
      const files = await pairOf(a, b, signal);
      const ends = query as Partial<Record<string, unknown>> as Partial<Record<string, number>>;
      const open = new Set(listOf(query.open));
      const interval = (name: string): OpenInterval | undefined => {
        const [min, max] = [ends[`${name}_min`], ends[`${name}_max`]];
        return min === undefined && max === undefined
          ? undefined
          : { min, max, min_open: open.has(`${name}_min`), max_open: open.has(`${name}_max`) };
      };
      const { agreement, true_label, a_label, b_label, nearer, limit, offset } = query;
      const page = await judging.run(
        "differingSamples",
        files,
        {
          onSharedSamples: shared === "true",
          agreement,
          true_label,
          a_label,
          b_label,
          nearer,
          y_true: interval("y_true"),
          error_a: interval("error_a"),
          error_b: interval("error_b"),
          limit,
          offset,
        },
        signal,
      );
      return context.json(page, 200);
    },
  );
}
