import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Catalog } from "../catalog/catalog.js";
import { given } from "../experiment/given.js";
import { TrackingError } from "../tracking-error.js";
import { answers, completionsSchema, valuesSchema } from "./api-schema.js";
import { count, filterQuery, projectParameter } from "./catalog-queries.js";
import { wholeNumberText } from "./query-parameters.js";

/** What is offered while a filter is written: values of a column, and completions. */
export function addValueRoutes(app: OpenAPIHono, { catalog }: { catalog: Catalog }): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/values",
      request: {
        params: projectParameter,
        query: filterQuery.extend({
          column: z.string(),
          prefix: z.string().optional(),
          limit: count,
        }),
      },
      responses: answers(valuesSchema, "Values of a column, the most frequent first"),
    }),
    async (context) => {
      const { project } = context.req.valid("param");
      const { column, filter, prefix, limit } = context.req.valid("query");
      const query = given({ filter, prefix, limit, signal: context.req.raw.signal });
      return context.json({ column, values: await catalog.distinctValues(project, column, query) }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/completions",
      request: {
        params: projectParameter,
        query: z.strictObject({ text: z.string().max(10_000), cursor: wholeNumberText }),
      },
      responses: answers(completionsSchema, "What may stand at the cursor of a filter"),
    }),
    async (context) => {
      const { project } = context.req.valid("param");
      const { text, cursor } = context.req.valid("query");
      if (cursor < 0 || cursor > text.length) {
        throw new TrackingError(
          "INVALID_ARGUMENT",
          `cursor is ${cursor}; give a place from 0 to ${text.length}, the length of the text`,
        );
      }
      const options = { signal: context.req.raw.signal };
      return context.json({ completions: await catalog.completions(project, text, cursor, options) }, 200);
    },
  );
}
