import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Catalog } from "../catalog/catalog.js";
import { experimentTitle } from "../experiment/experiment-title.js";
import { given } from "../experiment/given.js";
import { modelInShort } from "../experiment/model-in-short.js";
import { recordJson } from "../experiment/record-json.js";
import { rankInCatalog } from "../jobs/rank-in-project.js";
import { answers, experimentSchema, experimentsSchema, groupsOfProjectSchema } from "./api-schema.js";
import {
  count,
  filterQuery,
  pageQuery,
  projectParameter,
  projectTables,
  sortKeys,
} from "./catalog-queries.js";
import { listOf, several } from "./query-parameters.js";

/** Experiments: a page of a table, and one by its id; these and runs put together in groups. */
export function addTableRoutes(app: OpenAPIHono, { catalog }: { catalog: Catalog }): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/experiments",
      request: {
        params: projectParameter,
        query: pageQuery,
      },
      responses: answers(experimentsSchema, "One page of a project's experiments"),
    }),
    async (context) => {
      const { project } = context.req.valid("param");
      const { filter, sort, column, limit, offset, cursor } = context.req.valid("query");
      const page = await catalog.experiments(
        project,
        given({
          filter,
          sort: sortKeys(sort),
          columns: listOf(column),
          limit,
          offset,
          cursor,
          signal: context.req.raw.signal,
        }),
      );
      return context.json({ project, ...page }, 200);
    },
  );

  for (const { path, rows, table } of projectTables(catalog)) {
    app.openapi(
      createRoute({
        method: "get",
        path: `${path}/groups`,
        request: {
          params: projectParameter,
          query: filterQuery.extend({ by: several, value: several, limit: count }),
        },
        responses: answers(groupsOfProjectSchema, `The ${rows} put together by equal values`),
      }),
      async (context) => {
        const { project } = context.req.valid("param");
        const { filter, by, value, limit } = context.req.valid("query");
        const found = await table.groups(project, {
          by: listOf(by) ?? [],
          ...given({ filter, values: listOf(value), limit, signal: context.req.raw.signal }),
        });
        return context.json({ project, ...found }, 200);
      },
    );
  }

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/experiments/{id}",
      request: {
        params: z.object({ id: z.string() }),
        query: z.strictObject({ project: z.string().optional() }),
      },
      responses: answers(experimentSchema, "One experiment"),
    }),
    async (context) => {
      const { id } = context.req.valid("param");
      const { project } = context.req.valid("query");
      const record = await catalog.experiment(id, given({ project, signal: context.req.raw.signal }));
      const rank = await rankInCatalog(catalog, record, context.req.raw.signal);
      return context.json(
        {
          ...recordJson(record),
          title: experimentTitle(record.name, record.predictionId),
          model_in_short: modelInShort(record.model, record.modelParameters),
          rank,
        },
        200,
      );
    },
  );
}
