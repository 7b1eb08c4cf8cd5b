import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { given } from "../experiment/given.js";
import { sliceComparisonSchema, sliceReportSchema } from "../judge/slices/slice-schema.js";
import { answersFromPredictions } from "./api-schema.js";
import { anyScore } from "./judge-schema.js";
import { type JudgeRoutesOptions, judgedFiles } from "./judged-files.js";
import { numberText, wholeNumberText } from "./query-parameters.js";

const settings = z.strictObject({
  by: z
    .string()
    .optional()
    .openapi({ description: "A feature, or `y_true`; left out, slices are searched in all features" }),
  score: anyScore.optional(),
  level: numberText.optional(),
  seed: wholeNumberText.optional(),
  correction: z.enum(["holm", "bh"]).optional(),
  min_size: wholeNumberText.optional(),
  bins: wholeNumberText.optional(),
  limit: wholeNumberText.optional(),
});
const pair = settings.extend({
  a: z.string(),
  b: z.string(),
  shared: z.enum(["true", "false"]).optional(),
});

/** How a model does on parts of the test set, and two models on the same parts. */
export function addSliceRoutes(app: OpenAPIHono, { catalog, plots, judging }: JudgeRoutesOptions): void {
  const fileOf = judgedFiles(catalog, plots);
  const options = ({ min_size: minSize, ...query }: z.infer<typeof settings>) => given({ ...query, minSize });

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/experiments/{id}/slices",
      request: { params: z.object({ id: z.string() }), query: settings },
      responses: answersFromPredictions(
        sliceReportSchema,
        "The slices of a column, or those that are worse than the rest",
      ),
    }),
    async (context) => {
      const { id } = context.req.valid("param");
      const { signal } = context.req.raw;
      const file = await fileOf(id, signal);
      return context.json(
        await judging.run("slices", [file], options(context.req.valid("query")), signal),
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/comparison/slices",
      request: { query: pair },
      responses: answersFromPredictions(sliceComparisonSchema, "The same slices of two experiments"),
    }),
    async (context) => {
      const { a, b, shared, ...query } = context.req.valid("query");
      const { signal } = context.req.raw;
      const files = [await fileOf(a, signal), await fileOf(b, signal)] as const;
      const asked = { ...options(query), onSharedSamples: shared === "true" };
      return context.json(await judging.run("sliceComparison", files, asked, signal), 200);
    },
  );
}
