import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Catalog } from "../catalog/catalog.js";
import { given } from "../experiment/given.js";
import { TrackingError } from "../tracking-error.js";
import { answers, completionsSchema, valuesSchema } from "./api-schema.js";
import { count, filterQuery, projectParameter, projectTables } from "./catalog-queries.js";
import { wholeNumberText } from "./query-parameters.js";

/** What is offered while a filter is written: values of a column, and completions. */
export function addValueRoutes(app: OpenAPIHono, { catalog }: { catalog: Catalog }): void {
  for (const { path, rows, table } of projectTables(catalog)) {
    app.openapi(
      createRoute({
        method: "get",
        path: `${path}/values`,
        request: {
          params: projectParameter,
          query: filterQuery.extend({
            column: z.string(),
            prefix: z.string().optional(),
            limit: count,
          }),
        },
        responses: answers(valuesSchema, `Values of a column of the ${rows}, the most frequent first`),
      }),
      async (context) => {
        const { project } = context.req.valid("param");
        const { column, filter, prefix, limit } = context.req.valid("query");
        const query = given({ filter, prefix, limit, signal: context.req.raw.signal });
        return context.json({ column, values: await table.distinctValues(project, column, query) }, 200);
      },
    );

    app.openapi(
      createRoute({
        method: "get",
        path: `${path}/completions`,
        request: {
          params: projectParameter,
          query: z.strictObject({ text: z.string().max(10_000), cursor: wholeNumberText }),
        },
        responses: answers(completionsSchema, `What may stand at the cursor of a filter of ${rows}`),
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
        return context.json({ completions: await table.completions(project, text, cursor, options) }, 200);
      },
    );
  }
}
